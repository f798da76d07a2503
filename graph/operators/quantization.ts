import { dataTypeOfAttribute } from './data-types.ts';
import type { OperatorRule } from './operator.ts';
import { dataTypeOf, has, rule, shapeOf } from './reading.ts';

/** Integers that stand for real numbers by a scale and a zero point. */
export const quantization: readonly OperatorRule[] = [
  rule('QuantizeLinear', { axis: 1, block_size: 0, output_dtype: 0, saturate: 1, precision: 0 }, (context) => [{
    dataType: has(context, 2) ? dataTypeOf(context, 2) : dataTypeOfAttribute(context.attributes.output_dtype) ?? 'uint8',
    shape: shapeOf(context, 0),
  }]),
  rule('DequantizeLinear', { axis: 1, block_size: 0, output_dtype: 0 }, (context) => [{
    dataType: dataTypeOfAttribute(context.attributes.output_dtype) ?? dataTypeOf(context, 1),
    shape: shapeOf(context, 0),
  }]),
  rule('DynamicQuantizeLinear', {}, (context) => [
    { dataType: 'uint8', shape: shapeOf(context, 0) }, { dataType: 'float32', shape: [] }, { dataType: 'uint8', shape: [] },
  ]),
];
