import { format, formatShape, isKnown, soleSymbol, substitute } from '../../graph/dimension.ts';
import type { LayerGraph, Value } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { RunError } from './errors.ts';

export type Feeds = Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>;

/** Feeds by ids of inputs, checked against their types, and the sizes of symbols that they settle. */
export interface CheckedFeeds {
  readonly tensors: ReadonlyMap<number, Tensor>;
  readonly sizes: ReadonlyMap<string, number>;
}

/** Checks that the needed inputs are there and that shapes, element types and shared sizes agree. */
export function checkFeeds(graph: LayerGraph, feeds: Feeds, needed: ReadonlySet<number>): CheckedFeeds {
  const given = new Map(feeds instanceof Map ? feeds : Object.entries(feeds as Record<string, Tensor>));
  const tensors = new Map<number, Tensor>();
  const sizes = new Map<string, number>();
  for (const input of graph.inputs) {
    const value = graph.values[input];
    const tensor = given.get(value.name);
    given.delete(value.name);
    if (!tensor) {
      if (needed.has(input)) throw new RunError(`The input ${value.name} of shape ${formatShape(value.type.shape)} is missing`);
      continue;
    }
    checkType(value, tensor);
    settleSizes(value, tensor, sizes);
    tensors.set(input, tensor);
  }
  const [stranger] = given.keys();
  if (stranger !== undefined) {
    throw new RunError(`The model has no input ${stranger}; its inputs are ${graph.inputs.map((input) => graph.values[input].name).join(', ')}`);
  }
  for (const [input, tensor] of tensors) recheck(graph.values[input], tensor, sizes);
  return { tensors, sizes };
}

function checkType({ name, type }: Value, tensor: Tensor): void {
  if (type.dataType !== undefined && tensor.dataType !== type.dataType) {
    throw new RunError(`The input ${name} takes ${type.dataType}, but is given ${tensor.dataType}`);
  }
  if (type.shape && type.shape.length !== tensor.shape.length) throw new RunError(`The input ${name} takes shape ${formatShape(type.shape)}, but is given ${formatShape(tensor.shape)}`);
}

/** An axis whose size is exactly a symbol settles it. */
function settleSizes({ name, type }: Value, tensor: Tensor, sizes: Map<string, number>): void {
  type.shape?.forEach((dimension, axis) => {
    const symbol = soleSymbol(dimension);
    if (symbol === undefined) return;
    const known = sizes.get(symbol.name);
    if (known === undefined) sizes.set(symbol.name, tensor.shape[axis]);
    else if (known !== tensor.shape[axis]) {
      throw new RunError(`The input ${name} has size ${tensor.shape[axis]} in axis ${axis}, where another input gives ${format(dimension)} the size ${known}`);
    }
  });
}

function recheck({ name, type }: Value, tensor: Tensor, sizes: ReadonlyMap<string, number>): void {
  const misfit = type.shape?.some((dimension, axis) => {
    const size = substitute(dimension, sizes);
    return isKnown(size) && size !== tensor.shape[axis];
  });
  if (misfit) throw new RunError(`The input ${name} takes shape ${formatShape(type.shape)}, but is given ${formatShape(tensor.shape)}`);
}
