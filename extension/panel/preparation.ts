import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { LayerGraph } from '../../graph/graph.ts';
import { describePreprocessing } from '../../graph/preprocessing.ts';
import type { InputSource, PreparedInput, PreparedMessage, Remark, ToHost, WeightsCandidate } from '../../webview/messages.ts';
import * as protocol from '../engine/protocol.ts';
import type { EngineProcess } from '../engine-process.ts';

const INITIAL: WeightsCandidate = { id: 'initial', label: 'Freshly initialised', detail: 'drawn by the framework\'s own initialisers, seed 0' };
const WEIGHT_FILES = { 'Weights': ['keras', 'h5', 'hdf5', 'safetensors', 'pt', 'pth', 'bin', 'npz', 'onnx'] };
const INPUT_FILES = { 'Inputs': ['png', 'jpg', 'jpeg', 'npy', 'npz', 'json'] };

/** What the panel asks of weights and inputs. */
export type PreparationRequest = 'prepare' | 'chooseWeights' | 'chooseInput' | 'choosePreprocessing';

type EngineSource = protocol.ReadInput.Params['source'];

/**
 * The weights and inputs that one model would be run with: what was found, what was chosen, how it fits.
 * Choices outlive both a new text of the program and a new engine process, which gets them again.
 */
export class Preparation {
  #last: Promise<void> = Promise.resolve();
  #key: string;
  #graph: LayerGraph;
  #generation = -1;
  #candidates: WeightsCandidate[] = [INITIAL];
  #samples: string[] = [];
  #weights: string | undefined;
  #report: readonly Remark[] = [];
  #complete = false;
  #inputs: readonly protocol.DescribeInputs.Input[] = [];
  readonly #sources = new Map<string, EngineSource>();
  #pictures: number | 'none' = 0;
  readonly #read = new Map<string, protocol.ReadInput.Result>();

  constructor(private readonly engine: EngineProcess, private readonly source: string, key: string, graph: LayerGraph) {
    this.#key = key;
    this.#graph = graph;
  }

  /** Another text of the same model: what is under way ends with the old one first. An edit that leaves the network as it is keeps its runs. */
  replace(key: string, graph: LayerGraph): void {
    void this.#inTurn(async () => {
      if (key === this.#key || networkOf(graph) === networkOf(this.#graph)) return;
      this.engine.notify(protocol.ReleaseModel.type, { key: this.#key });
      this.#key = key;
      this.#graph = graph;
      this.#generation = -1;
    });
  }

  /** Makes the engine hold the graph, its weights and inputs as they are chosen now; returns the key under which it does. */
  ensure(): Promise<string> {
    return this.#inTurn(async () => {
      await this.#load();
      return this.#key;
    });
  }

  /** Does what the panel asks about weights and inputs. */
  async answer(message: Extract<ToHost, { type: PreparationRequest }>): Promise<void> {
    if (message.type === 'prepare') await this.ensure();
    else if (message.type === 'chooseWeights') await this.chooseWeights(message.weights);
    else if (message.type === 'choosePreprocessing') await this.choosePictures(message.choice);
    else await this.chooseInput(message.input, message.source);
  }

  /** Prepares pictures as the code says at this place, and reads the input again. */
  choosePictures(choice: number | 'none'): Promise<void> {
    return this.#inTurn(async () => {
      this.#pictures = choice;
      await this.#load();
      await this.#tellPictures();
      this.#inputs = await this.engine.request(protocol.DescribeInputs.type, { key: this.#key });
      const first = this.#inputs[0]?.name;
      const source = first === undefined ? undefined : this.#sources.get(first);
      if (first !== undefined && source) await this.#readInput(first, source);
    });
  }

  async #tellPictures(): Promise<void> {
    await this.engine.request(protocol.ChoosePreprocessing.type, { key: this.#key, choice: this.#pictures });
  }

  /** @returns false where the user chose no file */
  async chooseWeights(id: string): Promise<boolean> {
    const chosen = id === 'browse' ? await choose('Weights of the model', WEIGHT_FILES) : id;
    if (chosen === undefined) return false;
    return this.#inTurn(async () => {
      await this.#load();
      if (!this.#candidates.some((candidate) => candidate.id === chosen)) this.#candidates.unshift({ id: chosen, label: basename(chosen), detail: chosen });
      await this.#bind(chosen);
      return true;
    });
  }

  /** @returns false where the user chose no file */
  async chooseInput(input: string, source: InputSource): Promise<boolean> {
    const resolved = await this.#resolve(source);
    if (!resolved) return false;
    return this.#inTurn(async () => {
      await this.#load();
      await this.#readInput(input, resolved);
      return true;
    });
  }

  /** One step after the other: an edit, a choice and a run may come while an earlier step waits for the engine. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(step);
    this.#last = turn.then(() => undefined, () => undefined);
    return turn;
  }

  async #load(): Promise<void> {
    if (this.#generation === this.engine.generation) return;
    await this.engine.request(protocol.LoadModel.type, { key: this.#key, graph: this.#graph });
    this.#generation = this.engine.generation;
    const ways = this.#graph.preprocessing?.length ?? 0;
    if (this.#pictures !== 'none' && this.#pictures >= ways) this.#pictures = 0;
    if (ways > 0) await this.#tellPictures();
    this.#inputs = await this.engine.request(protocol.DescribeInputs.type, { key: this.#key });
    const found = await this.engine.request(protocol.FindFiles.type, { key: this.#key, source: this.source });
    this.#samples = [...found.inputs];
    const chosen = this.#weights !== undefined && this.#weights !== INITIAL.id && !found.weights.includes(this.#weights) ? [this.#weights] : [];
    this.#candidates = [...[...found.weights, ...chosen].map((path) => ({ id: path, label: basename(path), detail: path })), INITIAL];
    await this.#bind(this.#weights ?? found.weights[0]);
    for (const input of this.#inputs) {
      const source = this.#sources.get(input.name) ?? (this.#samples.length > 0 ? { kind: 'path' as const, path: this.#samples[0] } : undefined);
      if (source) await this.#readInput(input.name, source);
    }
  }

  message(version: number, model: number): PreparedMessage {
    return {
      type: 'prepared', version, model,
      weights: { candidates: this.#candidates, chosen: this.#weights, report: this.#report },
      inputs: this.#inputs.map((input, index): PreparedInput => {
        const read = this.#read.get(input.name);
        const refused = read !== undefined && read.remarks.some((remark) => remark.severity === 'error');
        return {
          ...input,
          samples: this.#samples.map((path) => ({ id: path, label: basename(path) })),
          chosen: read && !refused ? { label: read.label, picture: read.picture } : undefined,
          remarks: read?.remarks ?? [],
          ...(index === 0 && this.#ways()),
        };
      }),
      missing: this.#missing(),
    };
  }

  /** What the code says of how pictures are prepared. */
  #ways(): Pick<PreparedInput, 'pictures'> {
    const { preprocessing = [] } = this.#graph;
    if (preprocessing.length === 0) return {};
    const choices = preprocessing.map((way) => ({ label: way.location ? `As line ${way.location.line} says` : 'As the code says', steps: describePreprocessing(way), ...(way.location && { location: way.location }) }));
    return { pictures: { choices, chosen: this.#pictures } };
  }

  #missing(): string | undefined {
    if (this.#weights === undefined) return 'Choose the weights first.';
    if (!this.#complete) return 'The weights do not fit the model: see the report, choose other weights, or take freshly initialised ones.';
    const open = this.#inputs.filter((input) => this.#read.get(input.name)?.remarks.some((remark) => remark.severity === 'error') ?? true);
    return open.length > 0 ? `Choose an input for ${open.map((input) => input.name).join(', ')}.` : undefined;
  }

  async #bind(id: string | undefined): Promise<void> {
    this.#weights = id;
    this.#report = [];
    this.#complete = false;
    if (id === undefined) return;
    const weights: protocol.WeightsSource = id === INITIAL.id ? { kind: 'initial', seed: 0 } : { kind: 'file', path: id };
    try {
      const { report, complete } = await this.engine.request(protocol.BindWeights.type, { key: this.#key, weights });
      this.#report = report;
      this.#complete = complete;
    } catch (error) {
      this.#report = [{ severity: 'error', message: sentence(error) }];
    }
  }

  async #readInput(input: string, source: EngineSource): Promise<void> {
    this.#sources.set(input, source);
    try {
      this.#read.set(input, await this.engine.request(protocol.ReadInput.type, { key: this.#key, input, source }));
    } catch (error) {
      this.#read.set(input, { label: '', remarks: [{ severity: 'error', message: sentence(error) }] });
    }
  }

  async #resolve(source: InputSource): Promise<EngineSource | undefined> {
    if (source.kind === 'sample') return { kind: 'path', path: source.id };
    if (source.kind !== 'browse') return source;
    const path = await choose('Input of the model', INPUT_FILES);
    return path === undefined ? undefined : { kind: 'path', path };
  }
}

/** The graph without the places of its lines. */
function networkOf(graph: LayerGraph): string {
  return JSON.stringify(graph, (name, value: unknown) => (name === 'location' ? undefined : value));
}

async function choose(title: string, filters: Record<string, string[]>): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title, filters: { ...filters, 'All files': ['*'] } })) ?? [];
  return uri?.fsPath;
}

/** What an error says to the user. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
