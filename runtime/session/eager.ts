import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { instantiate } from '../../graph/instantiate.ts';
import { encodeModel, tensorOfConstant } from '../../graph/onnx/encode.ts';
import { tensorOf } from '../../graph/elements.ts';
import { dataTypeOfAttribute, isFloating } from '../../graph/operators/data-types.ts';
import { usedValues } from '../../graph/subgraph.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import type { Weights } from '../../graph/weights.ts';
import type { Backend } from './backend.ts';
import { RunError, runtimeMessage } from './errors.ts';
import type { CheckedFeeds } from './feeds.ts';
import type { Execution } from './execution.ts';

/**
 * Runs operators one after the other, each as a program of its own, as imperative frameworks do. Operators that are
 * alike (same type, attributes and element types) share a program.
 */
export class EagerMode implements Execution {
  readonly #graph: LayerGraph;
  readonly #weights: Weights;
  readonly #backend: Backend;
  readonly #threads: number | undefined;
  readonly #used: ReadonlySet<number>;
  readonly #programs = new Map<string, Promise<InferenceSession>>();
  readonly #loaded = new Map<number, OrtTensor>();

  constructor(graph: LayerGraph, weights: Weights, backend: Backend, threads?: number) {
    this.#threads = threads;
    this.#graph = graph;
    this.#weights = weights;
    this.#backend = backend;
    this.#used = usedValues(graph);
  }

  async run(operators: readonly Operator[], wanted: readonly number[], feeds: CheckedFeeds, signal: AbortSignal | undefined): Promise<{ tensors: Map<number, Tensor>; times: Map<number, number> }> {
    const { values } = instantiate(this.#graph, feeds.sizes);
    const known = new Map<number, OrtTensor>();
    for (const [id, tensor] of feeds.tensors) known.set(id, this.#backend.toRuntime(tensor, `The input ${values[id].name}`));
    const provide = async (id: number): Promise<OrtTensor> => {
      const present = known.get(id) ?? this.#loaded.get(id);
      if (present) return present;
      const value = values[id];
      const weight = value.parameter === undefined ? undefined : this.#weights.get(this.#graph.parameters[value.parameter].name);
      // a buffer may be known from the code and lie in the checkpoint too: the checkpoint's counts
      if (!weight && value.constant) {
        const symbolic = value.constant.data.find((element) => typeof element === 'object');
        if (symbolic) throw new RunError(`The model cannot be run: the size ${String((symbolic as { key: string }).key)} is not settled by the inputs`);
        const tensor = this.#backend.toRuntime(tensorOfConstant(value.constant), `The constant ${value.name}`);
        known.set(id, tensor);
        return tensor;
      }
      if (value.parameter === undefined) throw new RunError(`The model cannot be run: the tensor ${value.name} is data that the program makes; its elements are not known`);
      const { name } = this.#graph.parameters[value.parameter];
      if (!weight) throw new RunError(`The model cannot be run: there are no weights for the parameter ${name}`);
      const tensor = this.#backend.toRuntime(await weight.read(), `The parameter ${name}`);
      this.#loaded.set(id, tensor);
      return tensor;
    };

    const times = new Map<number, number>();
    for (const operator of operators) {
      signal?.throwIfAborted();
      const widened = await this.#widened(operator);
      if (widened) {
        known.set(operator.outputs[0], widened);
        continue;
      }
      const inputs: (OrtTensor | undefined)[] = [];
      for (const input of operator.inputs) inputs.push(input === undefined ? undefined : await provide(input));
      const program = await this.#program(operator, inputs);
      const start = performance.now();
      let results;
      try {
        results = await program.run(Object.fromEntries(inputs.flatMap((tensor, index) => (tensor ? [[`input_${index}`, tensor]] : []))));
      } catch (error) {
        throw failure(error, operator);
      }
      times.set(operator.id, performance.now() - start);
      operator.outputs.forEach((output, index) => {
        const result = results[`output_${index}`];
        if (result) known.set(output, result);
      });
    }
    const tensors = new Map<number, Tensor>();
    for (const id of wanted) tensors.set(id, this.#backend.fromRuntime(await provide(id)));
    return { tensors, times };
  }

  /** What a Cast makes of weights in bfloat16, which are held as float32 and which ONNX Runtime is not given by itself. */
  async #widened({ type, inputs, attributes }: Operator): Promise<OrtTensor | undefined> {
    const value = type === 'Cast' && inputs[0] !== undefined ? this.#graph.values[inputs[0]] : undefined;
    if (value?.type.dataType !== 'bfloat16' || value.parameter === undefined) return undefined;
    const to = dataTypeOfAttribute(attributes.to);
    const weight = this.#weights.get(this.#graph.parameters[value.parameter].name);
    if (!weight || !to || !isFloating(to)) return undefined;
    const { shape, data } = await weight.read();
    return this.#backend.toRuntime(tensorOf(to, shape, data as ArrayLike<number>), `The parameter ${value.name}`);
  }

  async close(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    this.#loaded.clear();
    for (const program of programs) await program.then((session) => session.release(), () => undefined);
  }

  #program(operator: Operator, inputs: readonly (OrtTensor | undefined)[]): Promise<InferenceSession> {
    const types = inputs.map((tensor) => tensor?.type as DataType | undefined);
    const outputs = operator.outputs.map((id) => this.#used.has(id));
    const key = JSON.stringify([operator.domain, operator.type, operator.attributes, types, outputs]);
    let program = this.#programs.get(key);
    if (!program) {
      const names = operator.inputs.map((input, index) => (input === undefined ? '' : `input_${index}`));
      while (names.at(-1) === '') names.pop();
      const model = encodeModel({
        name: operator.type, initializers: [],
        nodes: [{ type: operator.type, domain: operator.domain, name: operator.type, inputs: names, outputs: outputs.map((_, index) => `output_${index}`), attributes: { ...operator.attributes } }],
        inputs: types.flatMap((dataType, index) => (dataType ? [{ name: `input_${index}`, dataType, shape: undefined }] : [])),
        outputs: outputs.flatMap((used, index) => (used ? [{ name: `output_${index}`, dataType: undefined, shape: undefined }] : [])),
      });
      program = this.#backend.open(model, this.#threads).catch((error: unknown) => {
        throw failure(error, operator);
      });
      this.#programs.set(key, program);
      program.catch(() => this.#programs.delete(key));
    }
    return program;
  }

}

function failure(error: unknown, operator: Operator): RunError {
  const place = operator.location ? ` (line ${operator.location.line})` : '';
  return new RunError(`ONNX Runtime cannot run ${operator.type} ${operator.name}${place}: ${runtimeMessage(error)}`, operator);
}
