import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { LayerGraph } from '../../graph/graph.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { FinishedMessage, InputSource, PartialMessage, Picture, ProgressMessage, Remark, StartMessage, TensorStatistics } from '../../webview/messages.ts';

/**
 * What the extension host and the engine process say to one another: JSON-RPC over the process's own channel, in structured clones,
 * so typed arrays travel as they are. The engine computes; it knows no editor and opens no dialogue. Every request can be cancelled.
 */

/** A graph is sent once and then named by its key; another text of the program is another key. */
export interface ModelReference {
  readonly key: string;
}

/** host -> engine: keeps the graph under its key until it is released. */
export namespace LoadModel {
  export interface Params extends ModelReference {
    readonly graph: LayerGraph;
  }
  export const type = new RequestType<Params, null, void>('engine/loadModel');
}

/** host -> engine: what a model file or a checkpoint holds. */
export namespace OpenFile {
  export interface Params {
    readonly path: string;
    /** Shapes that the user states of inputs, as they write them: `1,3,224,224`. */
    readonly shapes: readonly { readonly input: string; readonly shape: string }[];
  }
  export type Result =
    | { readonly kind: 'graph'; readonly graph: LayerGraph; readonly remarks: readonly string[] }
    /** Weights alone, and why there is no graph. */
    | {
      readonly kind: 'tensors';
      readonly reason: string;
      readonly format: string;
      readonly tensors: readonly { readonly name: string; readonly shape: readonly number[]; readonly dataType: DataType }[];
      readonly remarks: readonly string[];
    };
  export const type = new RequestType<Params, Result, void>('engine/openFile');
}

/** host -> engine: forgets the graph with its weights, inputs and runs. */
export namespace ReleaseModel {
  export const type = new NotificationType<ModelReference>('engine/releaseModel');
}

/** host -> engine: files beside a source file that may hold the model's weights or an input. */
export namespace FindFiles {
  export interface Params extends ModelReference {
    readonly source: string;
  }
  export interface Result {
    /** Paths, the likeliest first. */
    readonly weights: readonly string[];
    readonly inputs: readonly string[];
  }
  export const type = new RequestType<Params, Result, void>('engine/findFiles');
}

/** host -> engine: opens weights for the model and says how they fit. */
export namespace BindWeights {
  export interface Params extends ModelReference {
    readonly weights: WeightsSource;
  }
  export interface Result {
    readonly report: readonly Remark[];
    /** Whether every parameter has a value. */
    readonly complete: boolean;
  }
  export const type = new RequestType<Params, Result, void>('engine/bindWeights');
}

export type WeightsSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Drawn by the framework's own initialisers from a seed. */
  | { readonly kind: 'initial'; readonly seed: number };

/** host -> engine: the inputs of the model as the panel shows them. */
export namespace DescribeInputs {
  export interface Input {
    readonly name: string;
    readonly dataType: DataType;
    readonly shape: readonly (number | null | string)[];
    readonly image?: { readonly width: number; readonly height: number; readonly channels: 1 | 3; readonly range: readonly [number, number] };
  }
  export const type = new RequestType<ModelReference, readonly Input[], void>('engine/describeInputs');
}

/** host -> engine: pictures are prepared as the program says at this place of the graph's `preprocessing`, or not as it says. */
export namespace ChoosePreprocessing {
  export interface Params extends ModelReference {
    readonly choice: number | 'none';
  }
  export const type = new RequestType<Params, null, void>('engine/choosePreprocessing');
}

/** host -> engine: writes a part of the model as ONNX, with its weights. */
export namespace SaveCut {
  export interface Params extends ModelReference {
    /** Ids of values; the model's own inputs or outputs where there are none. */
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly path: string;
  }
  export interface Result {
    readonly operators: number;
    readonly parameters: number;
    readonly bytes: number;
  }
  export const type = new RequestType<Params, Result, void>('engine/saveCut');
}

/** host -> engine: reads an input and keeps it. */
export namespace ReadInput {
  export interface Params extends ModelReference {
    readonly input: string;
    /** `browse` and `sample` are the host's: it sends a path. */
    readonly source: Exclude<InputSource, { kind: 'browse' } | { kind: 'sample' }> | { readonly kind: 'path'; readonly path: string };
  }
  export interface Result {
    readonly label: string;
    readonly picture?: Picture;
    readonly remarks: readonly Remark[];
  }
  export const type = new RequestType<Params, Result, void>('engine/readInput');
}

/**
 * host -> engine: a job on the model with the weights and inputs that the engine holds. Cancelling it gives what was found so far, or an error
 * where that is nothing. The answer is what the panel is told.
 */
export namespace StartJob {
  export type Params = ModelReference & Pick<StartMessage, 'job' | 'kind' | 'options'>;
  export const type = new RequestType<Params, FinishedMessage, void>('engine/startJob');
}

/** engine -> host: how far a job is, and what there is of its result. */
export namespace JobNews {
  export const type = new NotificationType<ProgressMessage | PartialMessage>('engine/jobNews');
}

/** host -> engine: a window of a tensor that a run kept or, without a job, of a parameter's weights. */
export namespace ReadWindow {
  export interface Params extends ModelReference {
    readonly job?: number;
    readonly value: number;
    readonly start: readonly number[];
    readonly size: readonly number[];
    readonly statistics: boolean;
  }
  export interface Result {
    readonly values: Float32Array;
    readonly statistics?: TensorStatistics;
  }
  export const type = new RequestType<Params, Result, void>('engine/readWindow');
}

/** host -> engine: decides a VNN-LIB query on an ONNX file. Cancelling it gives the best bound so far. */
export namespace VerifyProperty {
  export interface Params {
    /** Names the news that belong to this request. */
    readonly verification: number;
    /** Path of the ONNX file, gzipped or not. */
    readonly network: string;
    /** The text of the property. */
    readonly property: string;
    readonly timeoutSeconds: number;
  }
  export interface Result {
    readonly verdict: 'sat' | 'unsat' | 'timeout' | 'unknown';
    readonly witness?: { readonly inputs: readonly number[]; readonly outputs: readonly number[] };
    readonly bound?: number;
    readonly method: string;
    readonly branches: number;
    readonly seconds: number;
    readonly cancelled: boolean;
  }
  export const type = new RequestType<Params, Result, void>('engine/verifyProperty');
}

/** engine -> host: how far a verification is. */
export namespace VerifyNews {
  export interface Params {
    readonly verification: number;
    /** A proved lower bound on how far the property is from being met. */
    readonly bound?: number;
    readonly open: number;
    readonly closed: number;
  }
  export const type = new NotificationType<Params>('engine/verifyNews');
}

/** host -> engine: fills a table of robustness over many inputs, on disk; it goes on where an earlier request stopped. */
export namespace RobustnessTable {
  export interface Params {
    /** Names the news that belong to this request. */
    readonly table: number;
    /** A model file with its weights. */
    readonly network: string;
    /** An array of examples or a folder of pictures. */
    readonly examples: string;
    /** The JSON lines that are written; a CSV file stands beside it. */
    readonly output: string;
    readonly norm: 'linf' | 'l2' | 'l0';
    /** The size asked about, or the largest one. */
    readonly epsilon: number;
    /** Whether the smallest adversarial size is bracketed. */
    readonly smallest: boolean;
    readonly secondsEach: number;
  }
  export interface Result {
    readonly done: number;
    readonly of: number;
    readonly csv: string;
    readonly robust: number;
    readonly adversarial: number;
    readonly undecided: number;
  }
  export const type = new RequestType<Params, Result, void>('engine/robustnessTable');
}

/** engine -> host: how far a table is. */
export namespace RobustnessTableNews {
  export interface Params {
    readonly table: number;
    readonly example: number;
    readonly of: number;
    /** A proved lower bound on the example's margin. */
    readonly bound?: number;
    readonly open: number;
  }
  export const type = new NotificationType<Params>('engine/robustnessTableNews');
}
