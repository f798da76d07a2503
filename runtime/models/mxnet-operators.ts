import type { Attributes } from '../../graph/graph.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { Emitter } from './emitter.ts';
import { activation, adaptivePool, batchNorm, dense, groupNorm, leaky, numberLike, pool, product, reduction, unitLength, upsampling, window, type SymbolOperator } from './mxnet-layers.ts';
import { rearranged } from './mxnet-shapes.ts';

const unary: Readonly<Record<string, string>> = {
  relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh', softsign: 'Softsign', exp: 'Exp', log: 'Log', sqrt: 'Sqrt', abs: 'Abs', negative: 'Neg', _np_copy: 'Identity', _copy: 'Identity', identity: 'Identity', BlockGrad: 'Identity', stop_gradient: 'Identity',
  MakeLoss: 'Identity', make_loss: 'Identity', IdentityAttachKLSparseReg: 'Identity', LinearRegressionOutput: 'Identity', MAERegressionOutput: 'Identity', LogisticRegressionOutput: 'Sigmoid', Dropout: 'Identity', erf: 'Erf', floor: 'Floor', ceil: 'Ceil',
  sign: 'Sign', sin: 'Sin', cos: 'Cos', tan: 'Tan', arcsin: 'Asin', arccos: 'Acos', arctan: 'Atan', sinh: 'Sinh', cosh: 'Cosh', reciprocal: 'Reciprocal', rint: 'Round', _identity_with_attr_like_rhs: 'Identity', amp_cast: 'Identity',
};
const binary: Readonly<Record<string, string>> = {
  elemwise_add: 'Add', _plus: 'Add', _Plus: 'Add', _add: 'Add', broadcast_add: 'Add', broadcast_plus: 'Add', _grad_add: 'Add', elemwise_sub: 'Sub', _minus: 'Sub', _Minus: 'Sub', _sub: 'Sub', broadcast_sub: 'Sub', broadcast_minus: 'Sub',
  elemwise_mul: 'Mul', _mul: 'Mul', _Mul: 'Mul', broadcast_mul: 'Mul', elemwise_div: 'Div', _div: 'Div', _Div: 'Div', broadcast_div: 'Div', _power: 'Pow', _Power: 'Pow', broadcast_power: 'Pow', pow: 'Pow',
  _maximum: 'Max', _Maximum: 'Max', broadcast_maximum: 'Max', _minimum: 'Min', _Minimum: 'Min', broadcast_minimum: 'Min',
};
/** With a number: the operator, and whether the number stands in front. */
const scalars: Readonly<Record<string, readonly [type: string, numberFirst?: boolean]>> = {
  _plus_scalar: ['Add'], _PlusScalar: ['Add'], _minus_scalar: ['Sub'], _MinusScalar: ['Sub'], _rminus_scalar: ['Sub', true], _RMinusScalar: ['Sub', true], _mul_scalar: ['Mul'], _MulScalar: ['Mul'], _div_scalar: ['Div'], _DivScalar: ['Div'],
  _rdiv_scalar: ['Div', true], _RDivScalar: ['Div', true], _power_scalar: ['Pow'], _PowerScalar: ['Pow'], _rpower_scalar: ['Pow', true], _maximum_scalar: ['Max'], _MaximumScalar: ['Max'], _minimum_scalar: ['Min'], _MinimumScalar: ['Min'],
};
/** MXNet's comparisons give numbers, not truth values. */
const comparisons: Readonly<Record<string, string>> = {
  _equal: 'Equal', broadcast_equal: 'Equal', _lesser: 'Less', broadcast_lesser: 'Less', _greater: 'Greater', broadcast_greater: 'Greater', _lesser_equal: 'LessOrEqual', broadcast_lesser_equal: 'LessOrEqual',
  _greater_equal: 'GreaterOrEqual', broadcast_greater_equal: 'GreaterOrEqual', _equal_scalar: 'Equal', _lesser_scalar: 'Less', _greater_scalar: 'Greater', _lesser_equal_scalar: 'LessOrEqual', _greater_equal_scalar: 'GreaterOrEqual',
};
const reductions: Readonly<Record<string, string>> = { mean: 'ReduceMean', sum: 'ReduceSum', sum_axis: 'ReduceSum', max: 'ReduceMax', max_axis: 'ReduceMax', min: 'ReduceMin', min_axis: 'ReduceMin', prod: 'ReduceProd' };

/** Writes an operator of MXNet's in ours; false where it is not known. */
export function translate(emitter: Emitter, node: SymbolOperator): boolean {
  const { op, inputs, outputs, parameters: p } = node;
  const [x, second, third] = inputs;
  const [y] = outputs;
  const emit = (type: string, from: readonly string[], attributes: Attributes = {}): true => {
    emitter.emit(type, from, attributes, y);
    return true;
  };
  const like = (value: number) => numberLike(emitter, x, value);
  if (unary[op]) return emit(unary[op], [x]);
  if (binary[op]) return emit(binary[op], [x, second]);
  if (scalars[op]) {
    const [type, numberFirst] = scalars[op];
    const number = like(p.number('scalar', 1));
    return emit(type, numberFirst ? [number, x] : [x, number]);
  }
  if (comparisons[op]) return emit('Cast', [emitter.emit(comparisons[op], [x, second ?? like(p.number('scalar', 1))])], { to: 'float32' });
  if (reductions[op]) return reduction(emitter, node, reductions[op]);
  switch (op) {
    case 'Convolution': case 'Convolution_v1': {
      const kernel = p.numbers('kernel') ?? [];
      if ((p.text('layout') ?? 'NC').slice(0, 2) !== 'NC') return false;
      return emit('Conv', p.flag('no_bias') ? [x, second] : inputs, window(p, kernel));
    }
    case 'Deconvolution': {
      const kernel = p.numbers('kernel') ?? [];
      if ((p.text('layout') ?? 'NC').slice(0, 2) !== 'NC' || (p.numbers('target_shape') ?? []).some((size) => size > 0)) return false;
      const adjust = p.numbers('adj') ?? [];
      return emit('ConvTranspose', p.flag('no_bias', true) ? [x, second] : inputs, { ...window(p, kernel), ...(adjust.some((one) => one > 0) ? { output_padding: adjust } : {}) });
    }
    case 'FullyConnected': return dense(emitter, node);
    case 'BatchNorm': case 'BatchNorm_v1': case 'CuDNNBatchNorm': return batchNorm(emitter, node);
    case 'LayerNorm': {
      const axis = p.number('axis', -1);
      if (axis !== -1 && axis !== (emitter.rankOf(x) ?? 0) - 1) return false;
      return emit('LayerNormalization', inputs, { axis: -1, epsilon: p.number('eps', 1e-5) });
    }
    case 'InstanceNorm': return emit('InstanceNormalization', inputs, { epsilon: p.number('eps', 1e-3) });
    case 'GroupNorm': return groupNorm(emitter, node);
    case 'LRN': return emit('LRN', [x], { size: p.number('nsize', 5), alpha: p.number('alpha', 1e-4), beta: p.number('beta', 0.75), bias: p.number('knorm', 2) });
    case 'L2Normalization': return unitLength(emitter, node);
    case 'Activation': return activation(emitter, p.text('act_type') ?? 'relu', x, y);
    case 'LeakyReLU': return leaky(emitter, node);
    case 'log_sigmoid': case 'mish': case 'softrelu': return activation(emitter, op, x, y);
    case 'hard_sigmoid': return emit('HardSigmoid', [x], { alpha: p.number('alpha', 0.2), beta: p.number('beta', 0.5) });
    case 'Pooling': case 'Pooling_v1': return pool(emitter, node);
    case '_contrib_AdaptiveAvgPooling2D': return adaptivePool(emitter, node);
    case 'softmax': case 'log_softmax': case 'softmin': {
      if (p.flag('use_length')) return false;
      const temperature = p.number('temperature', 1);
      const scaled = op === 'softmin' ? emitter.emit('Neg', [x]) : temperature === 1 ? x : emitter.emit('Div', [x, like(temperature)]);
      return emit(op === 'log_softmax' ? 'LogSoftmax' : 'Softmax', [scaled], { axis: p.number('axis', -1) });
    }
    case 'SoftmaxActivation': return emit('Softmax', [x], { axis: p.text('mode') === 'channel' ? 1 : -1 });
    case 'SoftmaxOutput': case 'Softmax': return emit('Softmax', [x], { axis: p.flag('multi_output') ? 1 : -1 });
    case 'Flatten': case 'flatten': return emit('Flatten', [x], { axis: 1 });
    case 'Concat': case 'concat': case '_rnn_param_concat': return emit('Concat', inputs, { axis: p.number('dim', 1) });
    case 'add_n': case 'ElementWiseSum': case '_sum': return emit('Sum', inputs);
    case 'square': return emit('Mul', [x, x]);
    case 'rsqrt': return emit('Reciprocal', [emitter.emit('Sqrt', [x])]);
    case 'cbrt': return emit('Mul', [emitter.emit('Sign', [x]), emitter.emit('Pow', [emitter.emit('Abs', [x]), like(1 / 3)])]);
    case 'expm1': return emit('Sub', [emitter.emit('Exp', [x]), like(1)]);
    case 'log1p': return emit('Log', [emitter.emit('Add', [x, like(1)])]);
    case 'log2': case 'log10': return emit('Div', [emitter.emit('Log', [x]), like(op === 'log2' ? Math.LN2 : Math.LN10)]);
    case 'trunc': case 'fix': return emit('Mul', [emitter.emit('Sign', [x]), emitter.emit('Floor', [emitter.emit('Abs', [x])])]);
    case 'clip': return emit('Clip', [x, like(p.number('a_min', -Infinity)), like(p.number('a_max', Infinity))]);
    case 'dot': case 'linalg_gemm2': case '_linalg_gemm2': case 'batch_dot': return product(emitter, node);
    case 'where': return emit('Where', [emitter.emit('Cast', [x], { to: 'bool' }), second, third]);
    case 'Cast': case 'cast': {
      const to = p.text('dtype') ?? 'float32';
      return emit('Cast', [x], { to: to as DataType });
    }
    case 'zeros_like': return emit('Mul', [x, like(0)]);
    case 'ones_like': return emit('Add', [emitter.emit('Mul', [x, like(0)]), like(1)]);
    case 'Embedding': return emit('Gather', [second, emitter.emit('Cast', [x], { to: 'int64' })], { axis: 0 });
    case 'take': return p.text('mode') !== 'wrap' && emit('Gather', [x, emitter.emit('Cast', [second], { to: 'int64' })], { axis: p.number('axis', 0) });
    case 'argmax': case 'argmin': {
      const axis = p.optional('axis');
      return axis !== undefined && emit('Cast', [emitter.emit(op === 'argmax' ? 'ArgMax' : 'ArgMin', [x], { axis, keepdims: p.flag('keepdims') ? 1 : 0 })], { to: 'float32' });
    }
    case 'UpSampling': return upsampling(emitter, node);
    case '_contrib_BilinearResize2D': {
      const size = [p.optional('height'), p.optional('width')];
      const scale = [p.optional('scale_height'), p.optional('scale_width')];
      const attributes = { mode: 'linear', coordinate_transformation_mode: p.flag('align_corners', true) ? 'align_corners' : 'half_pixel' };
      if (scale.every((one) => one !== undefined)) return emit('Resize', [x, '', emitter.constant('float32', [4], [1, 1, ...scale as number[]])], attributes);
      if (p.text('mode') !== undefined && p.text('mode') !== 'size') return false;
      const front = emitter.emit('Shape', [x], { start: 0, end: 2 });
      return emit('Resize', [x, '', '', emitter.emit('Concat', [front, emitter.integers(...size.map((one) => one ?? 1))], { axis: 0 })], attributes);
    }
    default: return rearranged(emitter, node);
  }
}
