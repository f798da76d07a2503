import { isKnown, toJson, type Dimension } from '../dimension.ts';
import type { LayerGraph } from '../graph.ts';
import { describePreprocessing } from '../preprocessing.ts';
import type { TensorType } from '../tensor.ts';
import { countParameters, listLayers, type ListedLayer } from './layers.ts';

/** One model as `layerscope graph --format json` prints it. */
export interface ModelJson {
  readonly name: string;
  readonly type: string;
  readonly framework: string;
  readonly line: number | null;
  readonly inputs: readonly TensorJson[];
  readonly outputs: readonly TensorJson[];
  readonly parameters: { readonly total: Size; readonly trainable: Size; readonly nonTrainable: Size };
  readonly layers: readonly LayerJson[];
  readonly operators: number;
  /** What the program does to pictures before the model sees them, the likeliest first; where it says something. */
  readonly preprocessing?: readonly { readonly line: number | null; readonly steps: readonly string[] }[];
  readonly assumptions: readonly { readonly text: string; readonly line: number | null }[];
  readonly gaps: readonly { readonly reason: string; readonly file: string | null; readonly line: number | null }[];
}

/** A number, a symbolic size, or null for one that prints as None. */
type Size = number | string | null;

export interface TensorJson {
  readonly name: string;
  readonly shape: readonly Size[] | null;
  readonly dtype: string | null;
}

export interface LayerJson {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  /** Null where the output is not one tensor or its rank is not known. */
  readonly shape: readonly Size[] | null;
  /** Where there are several outputs. */
  readonly outputs?: readonly (readonly Size[] | null)[];
  readonly parameters: Size;
  readonly line: number | null;
  readonly calls: number;
  /** Of layers that hold layers. */
  readonly layers?: readonly LayerJson[];
}

export function modelJson(graph: LayerGraph): ModelJson {
  const { total, trainable, nonTrainable } = countParameters(graph);
  return {
    name: graph.name,
    type: graph.type,
    framework: graph.framework,
    line: graph.location?.line ?? null,
    inputs: graph.inputs.map((id) => tensorJson(graph, id)),
    outputs: graph.outputs.map((id) => tensorJson(graph, id)),
    parameters: { total: toJson(total), trainable: toJson(trainable), nonTrainable: toJson(nonTrainable) },
    layers: listLayers(graph).map(layerJson),
    operators: graph.operators.length,
    ...(graph.preprocessing ? { preprocessing: graph.preprocessing.map((one) => ({ line: one.location?.line ?? null, steps: describePreprocessing(one) })) } : {}),
    assumptions: graph.assumptions.map(({ text, location }) => ({ text, line: location?.line ?? null })),
    gaps: graph.gaps.map(({ reason, location }) => ({ reason, file: location?.file ?? null, line: location?.line ?? null })),
  };
}

function layerJson({ layer, outputs, parameters, calls, layers }: ListedLayer): LayerJson {
  return {
    name: layer.name,
    path: layer.path,
    type: layer.type,
    shape: outputs.length === 1 ? shapeJson(outputs[0]) : null,
    ...(outputs.length > 1 ? { outputs: outputs.map(shapeJson) } : {}),
    parameters: toJson(parameters),
    line: layer.location?.line ?? null,
    calls,
    ...(layers.length > 0 ? { layers: layers.map(layerJson) } : {}),
  };
}

function tensorJson(graph: LayerGraph, id: number): TensorJson {
  const { name, type } = graph.values[id];
  return { name, shape: shapeJson(type), dtype: type.dataType ?? null };
}

function shapeJson({ shape }: TensorType): Size[] | null {
  return shape ? shape.map((size: Dimension) => (isKnown(size) ? size : toJson(size))) : null;
}
