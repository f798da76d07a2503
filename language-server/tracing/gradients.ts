import type { DataType } from '../../graph/tensor.ts';
import { classes } from '../python/values/builtin-classes.ts';
import { PyInstance } from '../python/values/index.ts';
import type { TraceValue } from './trace.ts';

/** Whether operators are recorded for a backward pass: the payload is a boolean, undefined where it is not known. */
export const mode = new PyInstance(classes.object, true);

/** What was cut off what it was computed from: gradients do not flow through it. */
export const cut = new WeakSet<TraceValue>();
/** What was computed while nothing was recorded: it needs no gradient; undefined where it is not known whether anything was recorded. */
const unrecorded = new WeakMap<TraceValue, false | undefined>();
/** What stands for the result of a call that was not followed again: as that of the call that was. */
const inherited = new WeakMap<TraceValue, boolean | undefined>();
/** Tensors that the program said of whether they need a gradient. */
const stated = new WeakMap<TraceValue, boolean>();

/** What `needsGradient` answered, as long as nothing more is said of tensors: loops ask it at every step of a long chain. */
let answers = new WeakMap<TraceValue, { readonly needs: boolean | undefined }>();

/** Says of a tensor whether it needs a gradient. */
export function stateGradient(value: TraceValue, needs: boolean): void {
  if (stated.get(value) === needs) return;
  stated.set(value, needs);
  answers = new WeakMap();
}

/** What was said of a tensor is true of the one that takes its place. */
export function passGradient(before: TraceValue, after: TraceValue): void {
  const needs = stated.get(before);
  if (needs !== undefined) stateGradient(after, needs);
}

/** Of a result of a call that was not followed again: what went into that call and reaches the result by what was computed. */
const passedOn = new WeakMap<TraceValue, readonly TraceValue[]>();

/** `copy` stands for a further result of the call that gave `original`: of `given` this time, of `before` then. */
export function inheritGradient(copy: TraceValue, original: TraceValue, given: readonly TraceValue[], before: readonly TraceValue[]): void {
  inherited.set(copy, mode.payload === true ? needsGradient(original) : undefined);
  if (mode.payload !== true || !given.some((value) => needsGradient(value) === true)) return;
  const above = new Set<TraceValue>();
  for (const value of recorded(original)) above.add(value);
  passedOn.set(copy, given.filter((_, index) => above.has(before[index])));
}

/** Operators that keep tensors for the backward pass, whichever of their inputs is trained. */
const keeping: ReadonlySet<string> = new Set(['Gemm', 'MatMul', 'Conv', 'ConvTranspose', 'Relu', 'Sigmoid', 'Tanh', 'Exp', 'Softmax', 'LogSoftmax', 'LSTM', 'GRU', 'RNN', 'LayerNormalization']);

/** Operators whose backward pass needs their result as it was. */
const keepingResults: ReadonlySet<string> = new Set(['Relu', 'Sigmoid', 'Tanh', 'Exp', 'Softmax', 'LogSoftmax']);

/** The number of the operator that made this tensor and needs it again for its backward pass; undefined where there is none for certain. */
export function keptResult(value: TraceValue): number | undefined {
  const { source } = value;
  return source.kind === 'operator' && keepingResults.has(source.operator.type) && needsGradient(value) === true ? source.operator.serial : undefined;
}

/** What a backward pass from this tensor goes through for certain: values that need a gradient, by what they were computed from. */
function* recorded(value: TraceValue): Generator<TraceValue> {
  const seen = new Set<TraceValue>([value]);
  const pending = [value];
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield next;
    const inputs = passedOn.get(next) ?? (next.source.kind === 'operator' && ownGradient(next) === 'inputs' ? next.source.operator.inputs : []);
    for (const input of inputs) {
      if (!input || seen.has(input)) continue;
      seen.add(input);
      pending.push(input);
    }
  }
}

/** The numbers of the operators whose kept tensors a backward pass from this value uses, and then lets go of. */
export function usedByBackward(value: TraceValue): number[] {
  const values = [...recorded(value)].sort((a, b) => a.serial - b.serial);
  // a value needs a gradient where an input of it does; inputs come first
  const needs = new Set<TraceValue>();
  const used: number[] = [];
  for (const each of values) {
    const own = ownGradient(each);
    const inputs = passedOn.get(each) ?? (each.source.kind === 'operator' ? each.source.operator.inputs : []);
    if (own !== true && !inputs.some((input) => input && (needs.has(input) || ownGradient(input) === true))) continue;
    needs.add(each);
    if (own === 'inputs' && each.source.kind === 'operator' && keeping.has(each.source.operator.type)) used.push(each.source.operator.serial);
  }
  return used;
}

/** Marks what was just computed, where nothing is recorded. */
export function markUnrecorded(values: readonly TraceValue[]): void {
  if (mode.payload === true) return;
  for (const value of values) unrecorded.set(value, mode.payload === false ? false : undefined);
}

/**
 * Whether a backward pass from this tensor would reach anything that needs a gradient, by what it was computed from; undefined where
 * that is not known.
 */
export function needsGradient(value: TraceValue): boolean | undefined {
  const answered = answers.get(value);
  if (answered) return answered.needs;
  const needs = searchGradient(value);
  answers.set(value, { needs });
  return needs;
}

function searchGradient(value: TraceValue): boolean | undefined {
  let known = true;
  const seen = new Set<TraceValue>([value]);
  const pending = [value];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const answered = answers.get(next);
    const own = answered ? answered.needs : ownGradient(next);
    if (own === true) return true;
    if (own === undefined) known = false;
    if (own !== 'inputs' || next.source.kind !== 'operator') continue;
    for (const input of next.source.operator.inputs) {
      if (!input || seen.has(input)) continue;
      seen.add(input);
      pending.push(input);
    }
  }
  return known ? false : undefined;
}

/** Whether the program said of this tensor itself that it needs a gradient. */
export function isGradientLeaf(value: TraceValue): boolean {
  return stated.get(value) === true;
}

/** Whether a tensor is where gradients end up: the program said so, or it is a trained parameter of which nothing was said. */
export function isLeaf(value: TraceValue): boolean {
  return stated.get(value) ?? (value.source.kind === 'parameter' && value.source.trainable);
}

/** What is settled by the tensor alone, or that its inputs say. */
function ownGradient(value: TraceValue): boolean | undefined | 'inputs' {
  const said = stated.get(value);
  if (said !== undefined) return said;
  if (inherited.has(value)) return inherited.get(value);
  if (cut.has(value) || isCounting(value.type.dataType)) return false;
  if (unrecorded.has(value)) return unrecorded.get(value);
  const { source } = value;
  switch (source.kind) {
    case 'parameter': return source.trainable;
    case 'operator': return source.operator.type === 'Unknown' ? undefined : 'inputs';
    case 'constant': return false;
    // what stands for a value that is not known may be anything
    case 'data': return value.type.shape === undefined || value.type.shape.length === 0 ? undefined : false;
    case 'input': return undefined;
  }
}

function isCounting(type: DataType | undefined): boolean {
  return type !== undefined && !/^(float|bfloat|complex)/.test(type);
}
