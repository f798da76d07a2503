import { symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { DataType } from '../../graph/tensor.ts';
import { InputLearnt } from './run.ts';
import type { Run } from './run.ts';
import type { FreeInput, TraceValue } from './trace.ts';

/** Operators whose result has the shape of their input, so that what is learnt of the one holds of the other. */
const shapeKeeping: ReadonlySet<string> = new Set([
  'Identity', 'Cast', 'Relu', 'LeakyRelu', 'Elu', 'Selu', 'Gelu', 'Sigmoid', 'Tanh', 'Softplus', 'HardSigmoid', 'HardSwish', 'Mish', 'Clip', 'Neg', 'Abs', 'Exp', 'Log', 'Sqrt',
  'Dropout', 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'LayerNormalization', 'BatchNormalization',
]);

/**
 * A function needs `value` to have this rank, these sizes (undefined: any) or this data type. Where that is not known
 * yet because an input is not, the attempt ends, and the next one begins with the input as it was learnt here.
 */
export function expectShape(run: Run, value: TraceValue, shape: readonly (Dimension | undefined)[] | undefined, dataType: DataType | undefined): void {
  const found = freeInputBehind(value, shape !== undefined && value.type.shape === undefined);
  if (!found) return;
  const known = run.known(found);
  const newShape = shape !== undefined && known.shape === undefined ? learntShape(found, shape) : undefined;
  const newType = dataType !== undefined && known.dataType === undefined ? dataType : undefined;
  if (newShape || newType) throw new InputLearnt(found.index, { shape: newShape ?? known.shape, dataType: newType ?? known.dataType });
}

/** The free input that `value` is, or was made of by operators that keep the shape. */
function freeInputBehind(value: TraceValue, throughOperators: boolean): FreeInput | undefined {
  if (value.source.kind === 'input') return value.source.free;
  if (!throughOperators || value.source.kind !== 'operator' || !shapeKeeping.has(value.source.operator.type)) return undefined;
  for (const input of value.source.operator.inputs) {
    const found = input && input.type.shape === undefined ? freeInputBehind(input, true) : undefined;
    if (found) return found;
  }
  return undefined;
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
