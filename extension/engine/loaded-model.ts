import { fileURLToPath } from 'node:url';
import { toJson } from '../../graph/dimension.ts';
import type { LayerGraph, Tensor, Weights } from '../../graph/index.ts';
import {
  bind, classScores, createSession, findInputs, findWeights, imageLayout, initialize, openCheckpoint, pictureOfTensor, readInput, scoresKind, statistics, validRange,
  type Checkpoint, type Session,
} from '../../runtime/index.ts';
import { attackModel } from '../../symbolic/index.ts';
import type { Picture, Remark, Scores } from '../../webview/messages.ts';
import { bindingReport } from './binding-report.ts';
import type * as protocol from './protocol.ts';
import { windowOf } from './window.ts';

/** Tensors of this many runs are kept for looking at. */
const RUNS_KEPT = 4;

/** One model in the engine: its graph, its weights, its inputs, and the tensors of its last runs. */
export class LoadedModel {
  #weights: Weights | undefined;
  #checkpoint: Checkpoint | undefined;
  #session: Promise<Session> | undefined;
  readonly #inputs = new Map<string, Tensor>();
  readonly #runs = new Map<number, ReadonlyMap<number, Tensor>>();

  constructor(private readonly graph: LayerGraph) {}

  findFiles(source: string): protocol.FindFiles.Result {
    return { weights: findWeights(source), inputs: findInputs(source) };
  }

  describeInputs(): readonly protocol.DescribeInputs.Input[] {
    return this.graph.inputs.map((id) => {
      const { name, type } = this.graph.values[id];
      const layout = imageLayout(this.graph, id);
      const image = layout?.height !== undefined && layout.width !== undefined ? { width: layout.width, height: layout.height, channels: layout.channels, range: layout.range } : undefined;
      return { name, dataType: type.dataType ?? 'float32', shape: (type.shape ?? []).map(toJson), image };
    });
  }

  async bindWeights(source: protocol.WeightsSource): Promise<protocol.BindWeights.Result> {
    this.#forgetWeights();
    if (source.kind === 'initial') {
      this.#weights = initialize(this.graph, source.seed);
      return { report: [{ severity: 'warning', message: `The weights are random (seed ${source.seed}): the scores mean nothing.` }], complete: true };
    }
    this.#checkpoint = await openCheckpoint(source.path);
    const binding = bind(this.graph, this.#checkpoint);
    const complete = binding.missing.length === 0 && binding.mismatched.length === 0;
    if (complete) this.#weights = binding.weights;
    return { report: bindingReport(binding, this.graph.parameters.length), complete };
  }

  async readInput(name: string, source: protocol.ReadInput.Params['source']): Promise<protocol.ReadInput.Result> {
    const id = this.#inputNamed(name);
    const { tensor, label, remarks } = await readInput(source, this.graph, id);
    this.#inputs.set(name, tensor);
    return { label, picture: this.#picture(tensor), remarks: remarks.map((message): Remark => ({ severity: 'information', message })) };
  }

  async run({ job, fetch }: protocol.Run.Params, signal: AbortSignal): Promise<protocol.Run.Result> {
    const session = await this.#open();
    const names = fetch?.map((id) => this.graph.values[id].name);
    const { outputs, tensors, executed, seconds } = await session.run(this.#inputs, { fetch: names, keepAll: true, signal });
    this.#keep(job, tensors);
    return {
      seconds,
      executed,
      outputs: (fetch ?? this.graph.outputs).map((id) => {
        const tensor = tensors.get(id) ?? outputs.get(this.graph.values[id].name);
        if (!tensor) throw new Error(`The tensor ${this.graph.values[id].name} was not computed.`);
        return { value: id, shape: tensor.shape, scores: classScores(this.graph, id, tensor) };
      }),
      available: [...tensors].map(([value, { shape, dataType }]) => ({ value, shape, dataType })),
      remarks: notFinite(this.graph, tensors),
    };
  }

  readWindow({ job, value, start, size, statistics: wanted }: protocol.ReadWindow.Params): protocol.ReadWindow.Result {
    const tensor = this.#runs.get(job)?.get(value);
    if (!tensor) throw new Error('The tensors of that run are not kept any more. Run the model again.');
    return { values: windowOf(tensor, start, size), statistics: wanted ? statistics(tensor) : undefined };
  }

  async attack({ job, norm, epsilon, target }: protocol.Attack.Params, signal: AbortSignal, report: (progress: protocol.Progress.Params) => void): Promise<protocol.Attack.Result> {
    const [id] = this.graph.inputs;
    const input = this.#inputs.get(this.graph.values[id].name);
    if (!input || !this.#weights) throw new Error('Choose weights and an input first.');
    report({ job, phase: 'Descending the gradient', seconds: 0 });
    const answer = await attackModel(this.graph, this.#weights, input, { norm, epsilon, target, ...validRange(input, imageLayout(this.graph, id)) }, {
      signal, worker: fileURLToPath(new URL('./verify-worker.js', import.meta.url)), timeoutSeconds: 600,
      onProgress: ({ bound, open, seconds }) => report({ job, phase: open > 0 ? 'Splitting' : 'Bounding', bound: Number.isFinite(bound) ? bound : undefined, branches: open, seconds }),
    });
    const { verdict, original, adversarial, bound, method, seconds } = answer;
    const kind = scoresKind(this.graph, this.graph.outputs[0]);
    const scores = ({ label, scores: values }: { label: number; scores: readonly number[] }): Scores => ({ top: label, kind, values });
    return {
      verdict, method, seconds, bound: bound ?? undefined, cancelled: signal.aborted,
      original: { scores: scores(original), picture: this.#picture(input) },
      adversarial: adversarial ? { scores: scores(adversarial), distance: adversarial.distance, picture: this.#picture({ ...input, data: Float32Array.from(adversarial.input) }) } : undefined,
    };
  }

  close(): void {
    this.#forgetWeights();
    this.#runs.clear();
  }

  #forgetWeights(): void {
    void this.#session?.then((session) => session.close(), () => undefined);
    this.#session = undefined;
    this.#checkpoint?.close();
    this.#checkpoint = undefined;
    this.#weights = undefined;
  }

  #open(): Promise<Session> {
    if (!this.#weights) throw new Error('Choose weights that fit the model first.');
    this.#session ??= createSession(this.graph, this.#weights);
    return this.#session;
  }

  #keep(job: number, tensors: ReadonlyMap<number, Tensor>): void {
    this.#runs.set(job, tensors);
    for (const old of [...this.#runs.keys()].slice(0, -RUNS_KEPT)) this.#runs.delete(old);
  }

  #inputNamed(name: string): number {
    const id = this.graph.inputs.find((input) => this.graph.values[input].name === name);
    if (id === undefined) throw new Error(`The model has no input ${name}.`);
    return id;
  }

  #picture(tensor: Tensor): Picture | undefined {
    const layout = imageLayout(this.graph, this.graph.inputs[0]);
    return layout && { ...pictureOfTensor(tensor, layout), range: [0, 1] };
  }
}

/** The first operator whose output is not finite explains all the others. */
function notFinite(graph: LayerGraph, tensors: ReadonlyMap<number, Tensor>): Remark[] {
  for (const operator of graph.operators) {
    for (const id of operator.outputs) {
      const tensor = tensors.get(id);
      if (!tensor || !(tensor.data instanceof Float32Array || tensor.data instanceof Float64Array)) continue;
      const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) return [{ severity: 'warning', message: `${operator.type} ${operator.name} is the first to give ${tensor.data[bad]}${operator.location ? ` (line ${operator.location.line})` : ''}.` }];
    }
  }
  return [];
}
