import { add, equals, floorDivide, formatShape, subtract } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import { ShapeFault } from './operator.ts';
import type { OperatorRule } from './operator.ts';
import { dataTypeOf, dimensionsOf, flag, has, normalAxis, numberAttribute, numbersOf, rule, shapeOf } from './reading.ts';
import { runtimeSize } from './slicing.ts';

/** Fourier transforms: the last dimension is 1 for real numbers, 2 for complex ones. */

const dft: OperatorRule = rule('DFT', { inverse: 0, onesided: 0 }, (context) => {
  const dataType = dataTypeOf(context, 0);
  const shape = shapeOf(context, 0);
  if (!shape) return [{ dataType, shape: undefined }];
  if (shape.length < 2 || [1, 2].every((parts) => equals(shape[shape.length - 1], parts) === false)) {
    throw new ShapeFault(`DFT needs a last dimension of 1 (real) or 2 (complex), but the shape is ${formatShape(shape)}`);
  }
  // the axis is an input since operator set 20, an attribute before
  const axis = has(context, 2) ? numbersOf(context, 2)?.[0] : numberAttribute(context, 'axis') ?? -2;
  if (axis === undefined) return [{ dataType, shape: undefined }];
  const along = normalAxis(axis, shape.length);
  const inverse = flag(context, 'inverse');
  const onesided = flag(context, 'onesided');
  const given: Dimension | undefined = has(context, 1) ? dimensionsOf(context, 1)?.[0] ?? runtimeSize('dft') : undefined;
  const length = given ?? (inverse && onesided ? subtract(add(shape[along], shape[along]), 2) : shape[along]);
  const result = [...shape];
  result[along] = onesided && !inverse ? add(floorDivide(length, 2), 1) : length;
  result[result.length - 1] = onesided && inverse ? 1 : 2;
  return [{ dataType, shape: result }];
});

const stft: OperatorRule = rule('STFT', { onesided: 1 }, (context) => {
  const dataType = dataTypeOf(context, 0);
  const [signal, step, window] = [shapeOf(context, 0), dimensionsOf(context, 1)?.[0], shapeOf(context, 2)];
  const frame = dimensionsOf(context, 3)?.[0] ?? window?.[0];
  if (!signal || step === undefined || frame === undefined) return [{ dataType, shape: undefined }];
  const frames = add(floorDivide(subtract(signal[1], frame), step), 1);
  return [{ dataType, shape: [signal[0], frames, flag(context, 'onesided') ? add(floorDivide(frame, 2), 1) : frame, 2] }];
});

const melWeights: OperatorRule = rule('MelWeightMatrix', { output_datatype: 1 }, (context) => {
  const [bins, length] = [dimensionsOf(context, 0)?.[0], dimensionsOf(context, 1)?.[0]];
  const rows = length === undefined ? runtimeSize('bins') : add(floorDivide(length, 2), 1);
  return [{ dataType: 'float32', shape: [rows, bins ?? runtimeSize('bins')] }];
});

export const signals: readonly OperatorRule[] = [dft, stft, melWeights];

