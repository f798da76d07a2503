import { isKnown } from '../../graph/dimension.ts';
import type { Interpolation, PictureOperation } from '../../graph/preprocessing.ts';
import type { Place } from '../python/interpreter-api.ts';
import { native } from '../python/native.ts';
import { plain, PyDict, PyFloat } from '../python/values/index.ts';
import type { PyObject, Value } from '../python/values/index.ts';
import { itemsOf, tensorOf } from './conversion.ts';
import { placeOf } from './faults.ts';
import { rangeOf, sourceOf } from './ranges.ts';
import type { Preparation, PreparationStep, Tracer } from './run.ts';
import type { TraceOperator, TraceValue } from './trace.ts';

/** What stubs say of tensors that no operator makes: the pictures that they hold, and what was done to these before. */
const stated = new WeakMap<TraceValue, { readonly steps: readonly PreparationStep[]; readonly from: TraceValue | undefined }>();

/** Operators that leave the elements as they are; where they lie is the model's affair. */
const keeping: ReadonlySet<string> = new Set(['Identity', 'Cast', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Transpose', 'Expand', 'Gather', 'GatherND', 'Compress']);
const mostSteps = 50;

/** What was done to a picture to make this tensor of it; undefined where it is not made of pictures for certain. */
export function preparationOf(value: TraceValue): Preparation | undefined {
  const steps: PreparationStep[] = [];
  let at = value;
  for (let count = 0; count < mostSteps; count++) {
    const said = stated.get(at);
    if (said) {
      steps.unshift(...said.steps);
      if (!said.from) return { steps: joined(steps), place: at.place };
      at = said.from;
      continue;
    }
    const taken = sourceOf(at);
    if (taken) {
      at = taken;
      continue;
    }
    const { source } = at;
    if (source.kind === 'data') return holdsBytes(at) ? { steps: joined(steps), place: at.place } : undefined;
    if (source.kind !== 'operator') return undefined;
    const before = stepOf(source.operator);
    if (!before) return undefined;
    if (before.operation) steps.unshift({ operation: before.operation, place: source.operator.place });
    at = before.from;
  }
  return undefined;
}

/** Pictures as they are loaded: numbers that go from 0 to 255. */
function holdsBytes(value: TraceValue): boolean {
  const rank = value.type.shape?.length;
  if (rank === undefined || rank < 2) return false;
  const range = rangeOf(value);
  return range?.low === 0 && range.high === 255;
}

/** What an operator does to a picture, and the tensor that it does it to. */
function stepOf({ type, domain, inputs, attributes, reason }: TraceOperator): { readonly from: TraceValue; readonly operation?: PictureOperation } | undefined {
  const [first, second] = inputs;
  if (!first) return undefined;
  if (keeping.has(type) && !first.constant) return { from: first };
  if (domain === 'layerscope') return type === 'Unknown' ? { from: first, operation: { kind: 'skipped', what: reason ?? 'a step', reason: 'not followed' } } : undefined;
  if (type === 'Slice') return turnsChannels(first, inputs) ? { from: first, operation: { kind: 'reverse' } } : { from: first };
  if (type === 'Resize') return resized(first, inputs, attributes);
  if (!second || !['Add', 'Sub', 'Mul', 'Div'].includes(type)) return undefined;
  const [from, factors, turned] = second.constant ? [first, numbersOf(second), false] : [second, numbersOf(first), true];
  if (!factors || from.constant) return undefined;
  const none = factors.map(() => 0);
  const one = factors.map(() => 1);
  const scale = (factor: readonly number[], offset: readonly number[]) => ({ from, operation: { kind: 'scale', factor, offset } as const });
  switch (type) {
    case 'Add': return factors.every((value) => value === 0) ? { from } : scale(one, factors);
    case 'Sub': return turned ? scale(one.map(() => -1), factors) : factors.every((value) => value === 0) ? { from } : scale(one, factors.map((value) => -value));
    case 'Mul': return factors.every((value) => value === 1) ? { from } : scale(factors, none);
    default: return turned || factors.includes(0) ? undefined : scale(factors.map((value) => 1 / value), none);
  }
}

/** What `x[..., 0] -= 103.9` does: `written` is made of this one channel of three. */
function channelScale(from: TraceValue, written: TraceValue, channel: number): PictureOperation | undefined {
  if (written.source.kind !== 'operator' || from.type.shape?.at(-1) !== 3) return undefined;
  const done = stepOf(written.source.operator);
  if (done?.operation?.kind !== 'scale' || done.operation.factor.length !== 1) return undefined;
  let at = done.from;
  while (at !== from && at.source.kind === 'operator' && ['Squeeze', 'Slice', 'Cast'].includes(at.source.operator.type) && at.source.operator.inputs[0]) at = at.source.operator.inputs[0];
  if (at !== from) return undefined;
  const only = (value: number, others: number): number[] => [0, 1, 2].map((index) => (index === (channel + 3) % 3 ? value : others));
  return { kind: 'scale', factor: only(done.operation.factor[0], 1), offset: only(done.operation.offset[0], 0) };
}

/** Steps on values, one right behind the other in one place of the user's, as one: the channels of `preprocess_input`. */
function joined(steps: readonly PreparationStep[]): PreparationStep[] {
  const made: PreparationStep[] = [];
  for (const step of steps) {
    const before = made.at(-1);
    const [left, right] = [before?.operation, step.operation];
    if (left?.kind !== 'scale' || right.kind !== 'scale' || left.factor.length !== right.factor.length || before?.place?.start !== step.place?.start || before?.place?.file !== step.place?.file) {
      made.push(step);
      continue;
    }
    const factor = left.factor.map((value, index) => value * right.factor[index]);
    const offset = left.offset.map((value, index) => value * right.factor[index] + right.offset[index]);
    made[made.length - 1] = { operation: { kind: 'scale', factor, offset }, place: step.place };
  }
  return made;
}

/** One number, or one for each channel. */
function numbersOf({ constant, type }: TraceValue): readonly number[] | undefined {
  if (!constant || constant.data.length === 0 || constant.data.length > 4) return undefined;
  const numbers = Array.from(constant.data, Number);
  if (numbers.some((number) => !Number.isFinite(number))) return undefined;
  if (numbers.length === 1) return numbers;
  // all along one axis: the channels
  return numbers.length === 3 && type.shape?.filter((size) => size !== 1).length === 1 ? numbers : undefined;
}

/** `x[..., ::-1]`, which makes BGR of RGB. */
function turnsChannels({ type }: TraceValue, [, , , axes, steps]: TraceOperator['inputs']): boolean {
  const along = axes?.constant && Array.from(axes.constant.data, Number);
  const by = steps?.constant && Array.from(steps.constant.data, Number);
  const at = by?.indexOf(-1) ?? -1;
  const rank = type.shape?.length;
  if (at < 0 || !along || rank === undefined) return false;
  const axis = (along[at] + rank) % rank;
  return type.shape![axis] === 3;
}

function resized(from: TraceValue, [, , , sizes]: TraceOperator['inputs'], attributes: TraceOperator['attributes']): { readonly from: TraceValue; readonly operation: PictureOperation } | undefined {
  const shape = sizes?.constant && Array.from(sizes.constant.data, Number);
  if (!shape || shape.length < 3) return undefined;
  const last = from.type.shape?.at(-1);
  const [height, width] = last !== undefined && isKnown(last) && last <= 4 ? shape.slice(-3, -1) : shape.slice(-2);
  const interpolation = attributes.mode === 'linear' ? 'bilinear' : attributes.mode === 'cubic' ? 'bicubic' : 'nearest';
  return { from, operation: { kind: 'resize', size: [height, width], interpolation, smooth: attributes.antialias === 1 } };
}

/** The primitives of preparation: see library/layerscope.pyi. */
export function preparationPrimitives(tracer: Tracer): Record<string, Value> {
  const asUnknown = { acceptsUnknown: true };

  const preparation = native('preparation', 'steps, about=', (interpreter, steps: Value, about: Value | undefined) => {
    const place = placeOf(about) ?? interpreter.userPlace();
    const read = stepsOf(steps, interpreter.userPlace());
    if (read.length > 0 && place?.file.user) tracer.run.preparations.push({ steps: read, place });
    return null;
  }, asUnknown);

  const prepared = native('prepared', 'value, steps=, source=', (interpreter, value: Value, steps: Value | undefined, source: Value | undefined) => {
    const tensor = tensorOf(value);
    const from = tensorOf(source);
    if (tensor && (source === undefined || source === null || (from && from !== tensor))) stated.set(tensor, { steps: stepsOf(steps ?? null, interpreter.userPlace()), from });
    return value;
  }, asUnknown);

  const preparedChannel = native('prepared_channel', 'value, source, channel, written', (interpreter, value: Value, source: Value, channel: Value, written: Value) => {
    const [tensor, from, of] = [tensorOf(value), tensorOf(source), tensorOf(written)];
    const index = numberOf(channel);
      const operation = tensor && from && of && index !== undefined ? channelScale(from, of, index) : undefined;
    if (operation) stated.set(tensor!, { steps: [{ operation, place: interpreter.userPlace() }], from });
    return null;
  }, asUnknown);

  const fed = native('fed', 'layer, value', (_, layer: Value, value: Value) => {
    const tensor = tensorOf(value);
    if (tensor) tracer.run.fed.push({ layer: layer as PyObject, value: tensor });
    return null;
  }, asUnknown);

  return { preparation, prepared, prepared_channel: preparedChannel, fed };
}

function stepsOf(list: Value, here: Place | undefined): PreparationStep[] {
  return (itemsOf(list) ?? []).map((item): PreparationStep => {
    if (!(item instanceof PyDict)) return { operation: { kind: 'skipped', what: 'a step', reason: 'not followed' }, place: here };
    const fields = new Map([...item.entries.values()].map(({ key, value }) => [key, value] as const));
    const place = placeOf(fields.get('about')) ?? here;
    const what = fields.get('what');
    return { operation: operationOf(fields) ?? { kind: 'skipped', what: typeof what === 'string' ? what : 'a step', reason: 'not followed' }, place: place?.file.user ? place : here };
  });
}

/** A step as a stub writes it, `{'kind': 'crop', 'height': 224, 'width': 224}`; undefined where a part of it is not known. */
function operationOf(fields: ReadonlyMap<Value, Value>): PictureOperation | undefined {
  const number = (name: string): number | undefined => numberOf(fields.get(name));
  const list = (name: string): readonly number[] | undefined => {
    const value = fields.get(name);
    const one = numberOf(value);
    if (one !== undefined) return [one];
    const items = (itemsOf(value) ?? []).map(numberOf);
    return items.length > 0 && items.every((item) => item !== undefined) ? (items as number[]) : undefined;
  };
  const kind = fields.get('kind');
  switch (kind) {
    case 'resize': {
      const size = list('size');
      const interpolation = fields.get('interpolation');
      if (!size || size.length > 2 || !size.every(isSize) || typeof interpolation !== 'string' || !interpolations.has(interpolation)) return undefined;
      const longest = number('longest');
      return { kind, size: size.length === 1 ? size[0] : [size[0], size[1]], ...(longest !== undefined && { longest }), interpolation: interpolation as Interpolation, smooth: fields.get('smooth') === true };
    }
    case 'crop': {
      const [height, width] = [number('height'), number('width')];
      return isSize(height) && isSize(width) ? { kind, height, width } : undefined;
    }
    case 'pad': {
      const sides = list('sides');
      if (sides?.length !== 4) return undefined;
      const [left, top, right, bottom] = sides;
      return { kind, left, top, right, bottom, value: number('value') ?? 0 };
    }
    case 'grey': return { kind, channels: number('channels') === 3 ? 3 : 1 };
    case 'colour': case 'reverse': return { kind };
    case 'scale': {
      const [factor, offset] = [list('factor'), list('offset')];
      return factor && offset ? { kind, factor, offset } : undefined;
    }
    case 'skipped': {
      const what = fields.get('what');
      return { kind, what: typeof what === 'string' ? what : 'a step', reason: fields.get('random') === true ? 'random' : 'not followed' };
    }
    default: return undefined;
  }
}

const interpolations: ReadonlySet<string> = new Set<Interpolation>(['nearest', 'bilinear', 'bicubic', 'lanczos', 'box', 'hamming']);

function isSize(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0 && value <= 100_000;
}

function numberOf(value: Value | undefined): number | undefined {
  const simple = value === undefined ? undefined : plain(value);
  return typeof simple === 'number' ? simple : simple instanceof PyFloat ? simple.value : undefined;
}
