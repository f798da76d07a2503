import { symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { DataType } from '../../graph/tensor.ts';
import { InputLearnt } from './run.ts';
import type { Run } from './run.ts';
import type { FreeInput, TraceValue } from './trace.ts';

/** Operators whose result has the shape of their input, so that what is learnt of the one holds of the other. */
const shapeKeeping: ReadonlySet<string> = new Set([
  'Identity', 'Cast', 'Relu', 'LeakyRelu', 'Elu', 'Selu', 'Gelu', 'Sigmoid', 'Tanh', 'Softplus', 'HardSigmoid', 'HardSwish', 'Mish', 'Clip', 'Neg', 'Abs', 'Exp', 'Log', 'Sqrt',
  'Dropout', 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'LayerNormalization', 'BatchNormalization', 'Equal', 'Less',
  'LessOrEqual', 'Greater', 'GreaterOrEqual', 'Not',
]);

/**
 * A function needs `value` to have this rank, these sizes (undefined: any) or this data type. Where that is not known
 * yet because an input is not, the attempt ends, and the next one begins with the input as it was learnt here.
 */
export function expectShape(run: Run, value: TraceValue, shape: readonly (Dimension | undefined)[] | undefined, dataType: DataType | undefined): void {
  if (dataType !== undefined && value.source.kind === 'operator') expectDataType(run, value, dataType);
  const behind = freeInputBehind(value, value.type.shape === undefined ? shape : undefined);
  if (!behind) return;
  const { input: found } = behind;
  const known = run.known(found);
  const wanted = value.source.kind === 'input' ? shape : behind.shape;
  const newShape = wanted !== undefined && known.shape === undefined ? learntShape(found, wanted) : undefined;
  const newType = dataType !== undefined && known.dataType === undefined ? dataType : undefined;
  if (newShape || newType) throw new InputLearnt(found.index, { shape: newShape ?? known.shape, dataType: newType ?? known.dataType });
}

/** Operators that give elements of their first input. */
const choosing: ReadonlySet<string> = new Set(['Identity', 'Gather', 'GatherElements', 'Slice', 'Squeeze', 'Unsqueeze', 'Reshape', 'Flatten', 'Transpose', 'Expand', 'Split']);

/** What is looked up in a table of vectors is whole numbers, also where it is a part of an input. */
function expectDataType(run: Run, value: TraceValue, dataType: DataType): void {
  let at: TraceValue | undefined = value;
  while (at?.source.kind === 'operator' && choosing.has(at.source.operator.type)) [at] = at.source.operator.inputs;
  if (at?.source.kind !== 'input' || !at.source.free) return;
  const { free } = at.source;
  const known = run.known(free);
  if (known.dataType === undefined) throw new InputLearnt(free.index, { shape: known.shape, dataType });
}

type Wanted = readonly (Dimension | undefined)[];

/** The free input that `value` is, or was made of by operators whose shape says the input's: with what `shape` means for the input. */
function freeInputBehind(value: TraceValue, shape: Wanted | undefined): { input: FreeInput; shape: Wanted | undefined } | undefined {
  if (value.source.kind === 'input') return value.source.free && { input: value.source.free, shape };
  if (shape === undefined || value.source.kind !== 'operator') return undefined;
  const { operator } = value.source;
  if (shapeKeeping.has(operator.type)) {
    for (const input of operator.inputs) {
      const found = input && input.type.shape === undefined ? freeInputBehind(input, shape) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  const [first, second] = operator.inputs;
  switch (operator.type) {
    case 'Unsqueeze': {
      const axes = second?.constant?.data.map((axis) => (Number(axis) < 0 ? Number(axis) + shape.length : Number(axis)));
      return first && axes && freeInputBehind(first, shape.filter((_, axis) => !axes.includes(axis)));
    }
    case 'Transpose': {
      const order = operator.attributes.perm;
      if (!first || !Array.isArray(order) || order.length !== shape.length) return undefined;
      return freeInputBehind(first, shape.map((_, axis) => shape[(order as readonly number[]).indexOf(axis)]));
    }
    case 'Gather': {
      // a table of vectors, looked up by what the input holds
      const table = first?.type.shape;
      if (!second || !table || (operator.attributes.axis ?? 0) !== 0 || shape.length < table.length) return undefined;
      return freeInputBehind(second, shape.slice(0, shape.length - table.length + 1).map(() => undefined));
    }
    default: return undefined;
  }
}

/** Symbols for the sizes that are not given, under the names that people use for them. */
function learntShape(input: FreeInput, shape: readonly (Dimension | undefined)[]): readonly Dimension[] {
  const names = axisNames(shape);
  return shape.map((size, axis) => size ?? symbol(axis === 0 ? names[0] : input.index === 0 ? names[axis] : `${input.name}_${names[axis]}`));
}

function axisNames(shape: readonly (Dimension | undefined)[]): readonly string[] {
  const channelsLast = shape.at(-1) !== undefined && shape[1] === undefined;
  switch (shape.length) {
    case 1: return ['batch'];
    case 2: return ['batch', 'features'];
    case 3: return channelsLast ? ['batch', 'length', 'features'] : ['batch', 'channels', 'length'];
    case 4: return channelsLast ? ['batch', 'height', 'width', 'channels'] : ['batch', 'channels', 'height', 'width'];
    case 5: return channelsLast ? ['batch', 'depth', 'height', 'width', 'channels'] : ['batch', 'channels', 'depth', 'height', 'width'];
    default: return shape.map((_, axis) => (axis === 0 ? 'batch' : `axis${axis}`));
  }
}
