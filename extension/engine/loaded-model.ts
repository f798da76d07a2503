import { toJson } from '../../graph/dimension.ts';
import type { LayerGraph, Tensor, Weights } from '../../graph/index.ts';
import {
  bind, createSession, findInputs, findWeights, imageLayout, initialize, openWeights, pictureOfTensor, readInput, statistics,
  type Checkpoint, type Session,
} from '../../runtime/index.ts';
import type { Picture, Remark } from '../../webview/messages.ts';
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
  readonly #given: LayerGraph;
  #graph: LayerGraph;

  constructor(graph: LayerGraph) {
    this.#given = this.#graph = graph;
  }

  /** With the way to prepare pictures that is chosen, the code's likeliest at first. */
  get graph(): LayerGraph {
    return this.#graph;
  }

  /** By its place among those that the program says; `none` leaves pictures as they are but for their scale. */
  choosePreprocessing(choice: number | 'none'): void {
    const chosen = choice === 'none' ? undefined : this.#given.preprocessing?.[choice];
    this.#graph = { ...this.#given, preprocessing: chosen ? [chosen] : [] };
  }

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
    this.#checkpoint = await openWeights(source.path);
    const binding = bind(this.graph, this.#checkpoint);
    const complete = binding.missing.length === 0 && binding.mismatched.length === 0;
    if (complete) this.#weights = binding.weights;
    return { report: bindingReport(binding, this.graph.parameters.length), complete };
  }

  async readInput(name: string, source: protocol.ReadInput.Params['source']): Promise<protocol.ReadInput.Result> {
    const id = this.#inputNamed(name);
    const { tensor, label, remarks } = await readInput(source, this.graph, id);
    this.#inputs.set(name, tensor);
    return { label, picture: this.picture(tensor), remarks: remarks.map((message): Remark => ({ severity: 'information', message })) };
  }

  /** The tensors that a run computed, for windows; `also` is an earlier run that stays, however many follow. */
  keep(job: number, tensors: ReadonlyMap<number, Tensor>, also?: number): void {
    this.#runs.set(job, tensors);
    for (const old of [...this.#runs.keys()].slice(0, -RUNS_KEPT)) if (old !== also) this.#runs.delete(old);
  }

  /** @throws Error where the tensors are not kept any more */
  kept(job: number): ReadonlyMap<number, Tensor> {
    const tensors = this.#runs.get(job);
    if (!tensors) throw new Error('The tensors of that run are not kept any more. Run the model again.');
    return tensors;
  }

  /** The tensors of the newest run before that one, where they are still kept. */
  keptBefore(job: number): ReadonlyMap<number, Tensor> | undefined {
    const earlier = [...this.#runs.keys()].filter((other) => other < job).at(-1);
    return earlier === undefined ? undefined : this.#runs.get(earlier);
  }

  /** The tensors of a run, where they are still kept. */
  keptOf(job: number): ReadonlyMap<number, Tensor> | undefined {
    return this.#runs.get(job);
  }

  async readWindow({ job, value, start, size, statistics: wanted }: protocol.ReadWindow.Params): Promise<protocol.ReadWindow.Result> {
    const tensor = job === undefined ? await this.#weight(value) : this.kept(job).get(value);
    if (!tensor) throw new Error('That run did not compute this tensor. Run the model again.');
    return { values: windowOf(tensor, start, size), statistics: wanted ? statistics(tensor) : undefined };
  }

  async #weight(value: number): Promise<Tensor> {
    const { parameter } = this.graph.values[value];
    const name = parameter === undefined ? undefined : this.graph.parameters[parameter].name;
    const stored = name === undefined ? undefined : this.weights.get(name);
    if (!stored) throw new Error('The weights hold no such parameter.');
    return stored.read();
  }

  /** @throws Error where no weights that fit were chosen */
  get weights(): Weights {
    if (!this.#weights) throw new Error('Choose weights that fit the model first.');
    return this.#weights;
  }

  /** By the names of the graph's inputs. */
  get inputs(): ReadonlyMap<string, Tensor> {
    return this.#inputs;
  }

  /**
   * The input of a model that has one.
   * @throws Error where none was chosen
   */
  get input(): Tensor {
    const tensor = this.#inputs.get(this.graph.values[this.graph.inputs[0]].name);
    if (!tensor) throw new Error('Choose an input first.');
    return tensor;
  }

  /** The session with the weights as they are now; opened at the first run. */
  session(): Promise<Session> {
    this.#session ??= createSession(this.graph, this.weights);
    return this.#session;
  }

  /** The input as the panel shows it; undefined where it is no picture. */
  picture(tensor: Tensor): Picture | undefined {
    const layout = imageLayout(this.graph, this.graph.inputs[0]);
    return layout && { ...pictureOfTensor(tensor, layout), range: [0, 1] };
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

  #inputNamed(name: string): number {
    const id = this.graph.inputs.find((input) => this.graph.values[input].name === name);
    if (id === undefined) throw new Error(`The model has no input ${name}.`);
    return id;
  }
}
