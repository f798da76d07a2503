import type { Attributes } from '../graph.ts';
import type { ConstantTensor, DataType, TensorType } from '../tensor.ts';
import { applyUnary, binary, fmod, modulo, unary } from './arithmetic.ts';
import type { Combine } from './arithmetic.ts';
import { broadcastAll, broadcastInto } from './broadcasting.ts';
import { dataTypeOfAttribute, promote } from './data-types.ts';
import { castElement, constantsOf, expandTo, foldable, tensorOf } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { constantOf, dataTypeOf, flag, rule, shapeOf, typeOf } from './reading.ts';

/** Operators that work element by element: one tensor, or several that broadcast to a common shape. */

/** Same shape, same type; with the attributes' defaults. */
const pointwise: Readonly<Record<string, Attributes>> = {
  Abs: {}, Neg: {}, Ceil: {}, Floor: {}, Round: {}, Sqrt: {}, Exp: {}, Log: {}, Reciprocal: {}, Sign: {}, Erf: {},
  Sin: {}, Cos: {}, Tan: {}, Asin: {}, Acos: {}, Atan: {}, Sinh: {}, Cosh: {}, Tanh: {}, Asinh: {}, Acosh: {}, Atanh: {},
  Relu: {}, Sigmoid: {}, Softplus: {}, Softsign: {}, Mish: {}, HardSwish: {}, BitwiseNot: {},
  LeakyRelu: { alpha: 0.01 }, Elu: { alpha: 1 }, Celu: { alpha: 1 }, ThresholdedRelu: { alpha: 1 },
  Selu: { alpha: 1.67326319217681884765625, gamma: 1.05070102214813232421875 },
  HardSigmoid: { alpha: 0.2, beta: 0.5 }, Shrink: { lambd: 0.5, bias: 0 }, Gelu: { approximate: 'none' }, Swish: { alpha: 1 },
};

function pointwiseRule(type: string, defaults: Attributes): OperatorRule {
  return rule(type, defaults, (context) => [typeOf(context, 0)], type in unary ? (context) => {
    const source = constantOf(context, 0);
    const folded = source && tensorOf(source.dataType, source.shape, source.data.map((element) => applyUnary(type, element, source.dataType)));
    return folded && [folded];
  } : undefined);
}

/** The common type of all inputs: ONNX wants one type; where a framework mixed them, the promoted one. */
function commonType(context: Inference): DataType | undefined {
  let common: DataType | undefined;
  for (const input of context.inputs) {
    const type = input?.type.dataType;
    if (input && type === undefined) return undefined;
    if (type) common = common ? promote(common, type) : type;
  }
  return common;
}

function broadcastType(context: Inference, dataType: DataType | undefined): TensorType[] {
  return [{ dataType, shape: broadcastAll(context, context.inputs.filter((input) => input !== undefined).map((input) => input.type.shape)) }];
}

function foldBroadcast(context: Inference, combine: Combine, result?: DataType): ConstantTensor[] | undefined {
  const constants = constantsOf(context) as ConstantTensor[] | undefined;
  if (!constants || constants.length === 0) return undefined;
  const shape = foldable(broadcastAll(context, constants.map((constant) => constant.shape)));
  const type = commonType(context);
  if (!shape || !type) return undefined;
  let folded = expandTo(constants[0], shape);
  for (const next of constants.slice(1)) {
    const right = expandTo(next, shape);
    const data = folded.data.map((element, i) => combine(element, right.data[i], type));
    const combined = tensorOf(result ?? type, shape, data);
    if (!combined) return undefined;
    folded = combined;
  }
  return [folded];
}

const sameType = ['Add', 'Sub', 'Mul', 'Div', 'Min', 'Max'];
const comparisons = ['Equal', 'Less', 'Greater', 'LessOrEqual', 'GreaterOrEqual', 'And', 'Or', 'Xor'];

const where: OperatorRule = rule('Where', {}, (context) => {
  const [left, right] = [dataTypeOf(context, 1), dataTypeOf(context, 2)];
  return broadcastType(context, left && right ? promote(left, right) : left ?? right);
}, (context) => {
  const constants = constantsOf(context) as ConstantTensor[] | undefined;
  const shape = constants && foldable(broadcastAll(context, constants.map((constant) => constant.shape)));
  if (!shape) return undefined;
  const [condition, left, right] = constants.map((constant) => expandTo(constant, shape));
  return [{ dataType: left.dataType, shape, data: condition.data.map((chosen, i) => (chosen ? left.data[i] : right.data[i])) }];
});

const not: OperatorRule = rule('Not', {}, (context) => [{ dataType: 'bool', shape: shapeOf(context, 0) }], (context) => {
  const source = constantOf(context, 0);
  return source && [{ ...source, data: source.data.map((element) => !element) }];
});

const cast: OperatorRule = rule('Cast', { saturate: 1 }, (context) => {
  const dataType = dataTypeOfAttribute(context.attributes.to);
  if (!dataType) throw new ShapeFault(`Cast needs the attribute \`to\`, an ONNX data type; it is ${JSON.stringify(context.attributes.to)}`);
  return [{ dataType, shape: shapeOf(context, 0) }];
}, (context) => {
  const source = constantOf(context, 0);
  const dataType = dataTypeOfAttribute(context.attributes.to);
  const folded = source && dataType && tensorOf(dataType, source.shape, source.data.map((element) => castElement(element, dataType)));
  return folded ? [folded] : undefined;
});

const clip: OperatorRule = rule('Clip', {}, (context) => [typeOf(context, 0)], (context) => {
  const constants = constantsOf(context);
  const [source, low, high] = constants ?? [];
  if (!source) return undefined;
  const bounded = source.data.map((element) => {
    const above = low ? binary.Max(element, low.data[0], source.dataType) : element;
    return high && above !== undefined ? binary.Min(above, high.data[0], source.dataType) : above;
  });
  const folded = tensorOf(source.dataType, source.shape, bounded);
  return folded && [folded];
});

/** The slope broadcasts to the input, not the other way round. */
const prelu: OperatorRule = rule('PRelu', {}, (context) => {
  const [input, slope] = [shapeOf(context, 0), shapeOf(context, 1)];
  if (input && slope) broadcastInto(context, slope, input, 'PRelu\'s slope');
  return [typeOf(context, 0)];
});

/** ratio and training_mode are inputs since operator set 12; ratio was an attribute before. */
const dropout: OperatorRule = rule('Dropout', {}, (context) => [typeOf(context, 0), { dataType: 'bool', shape: shapeOf(context, 0) }]);

const identity: OperatorRule = rule('Identity', {}, (context) => [typeOf(context, 0)], (context) => {
  const source = constantOf(context, 0);
  return source && [source];
});

const alongAxis = ['Softmax', 'LogSoftmax', 'Hardmax'].map((type) => rule(type, { axis: -1 }, (context) => {
  const shape = shapeOf(context, 0);
  const axis = Number(context.attributes.axis);
  if (shape && (axis >= Math.max(shape.length, 1) || axis < -Math.max(shape.length, 1))) {
    throw new ShapeFault(`${type} along axis ${axis} of a tensor of rank ${shape.length}`);
  }
  return [typeOf(context, 0)];
}));

export const elementwise: readonly OperatorRule[] = [
  ...Object.entries(pointwise).map(([type, defaults]) => pointwiseRule(type, defaults)),
  ...sameType.map((type) => rule(type, {}, (context) => broadcastType(context, commonType(context)), (context) => foldBroadcast(context, binary[type]))),
  ...['Sum', 'Mean'].map((type) => rule(type, {}, (context) => broadcastType(context, commonType(context)))),
  ...comparisons.map((type) => rule(type, {}, (context) => broadcastType(context, 'bool'), (context) => foldBroadcast(context, binary[type], 'bool'))),
  ...['IsNaN', 'IsInf'].map((type) => rule(type, {}, (context) => [{ dataType: 'bool', shape: shapeOf(context, 0) }])),
  ...['BitwiseAnd', 'BitwiseOr', 'BitwiseXor', 'BitShift'].map((type) => rule(type, {}, (context) => broadcastType(context, commonType(context)))),
  rule('Pow', {}, (context) => broadcastType(context, dataTypeOf(context, 0)), (context) => foldBroadcast(context, binary.Pow)),
  rule('Mod', { fmod: 0 }, (context) => broadcastType(context, commonType(context)), (context) => foldBroadcast(context, flag(context, 'fmod') ? fmod : modulo)),
  where, not, cast, clip, prelu, dropout, identity, ...alongAxis,
  rule('CastLike', { saturate: 1 }, (context) => [{ dataType: dataTypeOf(context, 1), shape: shapeOf(context, 0) }]),
];
