import type { InferenceSession } from 'onnxruntime-common';
import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { NotExportable, writeOnnx } from '../../graph/onnx/write.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Weights } from '../../graph/weights.ts';
import type { Backend } from './backend.ts';
import { operatorNamed, RunError, runtimeMessage } from './errors.ts';
import type { CheckedFeeds } from './feeds.ts';
import type { Execution } from './execution.ts';

/** Runs all operators as one program of ONNX Runtime; one program for each set of tensors that is asked for. */
export class GraphMode implements Execution {
  readonly #graph: LayerGraph;
  readonly #weights: Weights;
  readonly #backend: Backend;
  readonly #threads: number | undefined;
  readonly #programs = new Map<string, Promise<InferenceSession>>();

  constructor(graph: LayerGraph, weights: Weights, backend: Backend, threads?: number) {
    this.#threads = threads;
    this.#graph = graph;
    this.#weights = weights;
    this.#backend = backend;
  }

  async run(operators: readonly Operator[], wanted: readonly number[], feeds: CheckedFeeds): Promise<{ tensors: Map<number, Tensor> }> {
    const { values } = this.#graph;
    const program = await this.#program(operators, wanted);
    const inputs = new Set(program.inputNames);
    const given = [...feeds.tensors].filter(([id]) => inputs.has(values[id].name)).map(([id, tensor]) => [values[id].name, this.#backend.toRuntime(tensor, `The input ${values[id].name}`)]);
    let results;
    try {
      const named = wanted.map((id) => values[id]).map(({ name, producer }) => (producer === undefined ? `${name}_output` : name));
      results = await program.run(Object.fromEntries(given), [...new Set(named)]);
    } catch (error) {
      throw failure(error, operators);
    }
    const tensors = new Map<number, Tensor>();
    for (const id of wanted) {
      const result = results[values[id].name] ?? results[`${values[id].name}_output`];
      if (result) tensors.set(id, this.#backend.fromRuntime(result));
    }
    return { tensors };
  }

  async close(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await program.then((session) => session.release(), () => undefined);
  }

  #program(operators: readonly Operator[], wanted: readonly number[]): Promise<InferenceSession> {
    const key = wanted.join(',');
    let program = this.#programs.get(key);
    if (!program) {
      program = this.#compile(operators, wanted);
      this.#programs.set(key, program);
      program.catch(() => this.#programs.delete(key));
    }
    return program;
  }

  async #compile(operators: readonly Operator[], wanted: readonly number[]): Promise<InferenceSession> {
    let model;
    try {
      model = await writeOnnx(this.#graph, this.#weights, { outputs: [...new Set([...wanted, ...paddedForMaximum(operators)])], describe: false });
    } catch (error) {
      if (error instanceof NotExportable) throw new RunError(`The model cannot be run: ${error.message}`, error.operator);
      throw error;
    }
    try {
      return await this.#backend.open(model, this.#threads);
    } catch (error) {
      throw failure(error, operators);
    }
  }
}

/**
 * Padding in front of a maximum. ONNX Runtime moves padding into the pooling behind it, which pads with minus infinity
 * instead of zero; a tensor that the program returns stays as it is.
 */
function paddedForMaximum(operators: readonly Operator[]): number[] {
  const layouts = new Set(['Transpose', 'Identity', 'Reshape']);
  return operators.filter(({ type }) => type === 'Pad').flatMap(({ outputs: [output] }) => {
    let value = output;
    for (;;) {
      const next = operators.filter(({ inputs }) => inputs.includes(value));
      if (next.length !== 1) return [];
      if (next[0].type === 'MaxPool') return [output];
      if (!layouts.has(next[0].type)) return [];
      [value] = next[0].outputs;
    }
  });
}

function failure(error: unknown, operators: readonly Operator[]): RunError {
  const operator = operatorNamed(error, operators);
  const place = operator ? ` at ${operator.type} ${operator.name}${operator.location ? ` (line ${operator.location.line})` : ''}` : '';
  return new RunError(`ONNX Runtime cannot run the model${place}: ${runtimeMessage(error)}`, operator);
}
