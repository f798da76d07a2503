import { equal, symbol } from '../../graph/dimension.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { Place, Undecided } from '../python/interpreter-api.ts';
import type { PyInstance, Value } from '../python/values/index.ts';
import { tensorOf } from './conversion.ts';
import type { Run } from './run.ts';
import { wrap } from './tensors.ts';

/** The tensor that holds after both arms of a fork: either one. Undefined where the two are not both tensors of one class. */
export function joinTensors(run: Run, _condition: Undecided, whenTrue: Value, whenFalse: Value, place: Place | undefined): Value | undefined {
  const left = tensorOf(whenTrue);
  const right = tensorOf(whenFalse);
  if (!left || !right) return undefined;
  const { cls } = whenTrue as PyInstance;
  if (cls !== (whenFalse as PyInstance).cls) return undefined;
  if (left === right) return whenTrue;
  const [joined] = run.trace.operator('Join', 'layerscope', [left, right], {}, [joinTypes(run, left.type, right.type)], { place: place?.file.user ? place : left.place });
  return wrap(joined, cls);
}

/** Dimensions that differ become fresh symbols; ranks or data types that differ are not known. */
export function joinTypes(run: Run, left: TensorType, right: TensorType): TensorType {
  const dataType = left.dataType === right.dataType ? left.dataType : undefined;
  if (!left.shape || left.shape.length !== right.shape?.length) return { dataType, shape: undefined };
  const { shape: other } = right;
  return { dataType, shape: left.shape.map((size, axis) => (equal(size, other[axis]) ? size : symbol(run.symbolName('joined'), { minimum: 0 }))) };
}
