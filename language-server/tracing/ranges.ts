import { PyFloat, PyTuple, plain } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { native } from '../python/native.ts';
import type { ConstantTensor } from '../../graph/tensor.ts';
import { tensorOf } from './conversion.ts';
import type { TraceOperator, TraceValue } from './trace.ts';

/** Between which numbers the elements lie. `reached`: both ends occur among the elements, for certain. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly reached: boolean;
}

/** What stubs say of data whose elements are not known: the classes of a data set, random numbers. */
const stated = new WeakMap<TraceValue, Range>();

const sources = new WeakMap<TraceValue, TraceValue>();

/** The data that stubs say this data is taken from, as it is: a batch's array. */
export function sourceOf(value: TraceValue): TraceValue | undefined {
  return sources.get(value);
}

/** Operators whose result holds the elements of their first input, all of them. */
const keeping: ReadonlySet<string> = new Set(['Identity', 'Cast', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Transpose', 'Expand', 'Tile']);
/** Those that pick some of them. */
const picking: ReadonlySet<string> = new Set(['Slice', 'Gather', 'GatherND', 'GatherElements', 'Compress']);

/** The range of a tensor's elements, by what it was computed from; undefined where it is not known. */
export function rangeOf(value: TraceValue, depth = 0): Range | undefined {
  const known = stated.get(value) ?? (value.constant && ofConstant(value.constant));
  if (known || depth > 50 || value.source.kind !== 'operator') return known;
  return ofOperator(value.source.operator, depth + 1);
}

function ofConstant({ data, dataType }: ConstantTensor): Range | undefined {
  if (dataType === 'string' || data.length === 0 || data.length > 100_000) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const element of data) {
    const number = Number(element);
    if (!Number.isFinite(number)) return undefined;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return { low, high, reached: true };
}

function ofOperator({ type, inputs }: TraceOperator, depth: number): Range | undefined {
  const [first, second] = inputs;
  const range = first && rangeOf(first, depth);
  if (keeping.has(type)) return range;
  if (picking.has(type)) return range && { ...range, reached: false };
  if (type === 'Sigmoid' || type === 'Softmax') return { low: 0, high: 1, reached: false };
  if (type === 'Tanh') return { low: -1, high: 1, reached: false };
  if (type === 'Relu') return range && { ...range, low: Math.max(range.low, 0), high: Math.max(range.high, 0) };
  const number = second?.constant?.data.length === 1 ? Number(second.constant.data[0]) : undefined;
  if (!range || number === undefined || !Number.isFinite(number)) return undefined;
  const { low, high, reached } = range;
  switch (type) {
    case 'Add': return { low: low + number, high: high + number, reached };
    case 'Sub': return { low: low - number, high: high - number, reached };
    case 'Mul': return number >= 0 ? { low: low * number, high: high * number, reached } : { low: high * number, high: low * number, reached };
    case 'Div': return number > 0 ? { low: low / number, high: high / number, reached } : undefined;
    default: return undefined;
  }
}

/** The primitives of ranges: see library/layerscope.pyi. */
export function rangePrimitives(): Record<string, Value> {
  const asUnknown = { acceptsUnknown: true };

  const stateRange = native('state_range', 'value, low, high, reached=', (interpreter, value: Value, low: Value, high: Value, reached: Value | undefined) => {
    const tensor = tensorOf(value);
    const [from, to] = [numberOf(low), numberOf(high)];
    if (tensor && from !== undefined && to !== undefined && from <= to) stated.set(tensor, { low: from, high: to, reached: reached !== undefined && interpreter.truth(reached) === true });
    return value;
  }, asUnknown);

  const ask = native('range_of', 'value', (_, value: Value) => {
    const tensor = tensorOf(value);
    const range = tensor && rangeOf(tensor);
    return range ? new PyTuple([new PyFloat(range.low), new PyFloat(range.high), range.reached]) : null;
  }, asUnknown);

  const sameRange = native('same_range', 'value, other, all=', (interpreter, value: Value, other: Value, all: Value | undefined) => {
    const [tensor, source] = [tensorOf(value), tensorOf(other)];
    const range = source && rangeOf(source);
    if (tensor && source && tensor !== source) sources.set(tensor, source);
    if (tensor && range) stated.set(tensor, { ...range, reached: range.reached && all !== undefined && interpreter.truth(all) === true });
    return value;
  }, asUnknown);

  return { state_range: stateRange, range_of: ask, same_range: sameRange };
}

function numberOf(value: Value): number | undefined {
  const simple = plain(value);
  return typeof simple === 'number' ? simple : simple instanceof PyFloat ? simple.value : undefined;
}
