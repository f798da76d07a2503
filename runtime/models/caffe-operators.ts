import { isKnown, type Dimension } from '../../graph/dimension.ts';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import type { Attributes } from '../../graph/graph.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import type { Fields } from './caffe-messages.ts';
import type { Emitter } from './emitter.ts';
import { pooling } from './windows.ts';

/** A layer with the tensors that it takes and makes. */
export interface CaffeOperator {
  readonly name: string;
  readonly type: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  readonly fields: Fields;
  /** The layer's parameter; `shape` where it should have another one than the file gives. */
  weight(index: number, part: string, shape?: readonly Dimension[]): string;
  blob(index: number): StoredTensor | undefined;
}

const plain: Readonly<Record<string, string>> = { Sigmoid: 'Sigmoid', TanH: 'Tanh', AbsVal: 'Abs', BNLL: 'Softplus', Dropout: 'Identity' };

/** What a layer is told, with Caffe's defaults where it is left out. */
class Told {
  readonly #fields: Fields;

  constructor(layer: CaffeOperator, name: string) {
    this.#fields = (layer.fields[name]?.[0] as Fields | undefined) ?? {};
  }

  number(name: string, otherwise: number): number {
    const value = this.#fields[name]?.[0];
    return typeof value === 'number' ? value : otherwise;
  }

  numbers(name: string): number[] {
    return (this.#fields[name] ?? []).filter((value) => typeof value === 'number');
  }

  text(name: string, otherwise: string): string {
    const value = this.#fields[name]?.[0];
    return typeof value === 'string' ? value : otherwise;
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.text(name, String(otherwise)) === 'true';
  }

  /** The sizes of a shape that is a message of its own. */
  shape(): number[] {
    const [shape] = this.#fields.shape ?? [];
    return typeof shape === 'object' ? (shape.dim ?? []).filter((size) => typeof size === 'number') : [];
  }

  /** One number for each spatial axis: `kernel_h` and `kernel_w`, or `kernel_size` once or once for each. */
  spatial(name: string, whole: string, count: number, otherwise: number): number[] {
    const [height, width] = [this.numbers(`${name}_h`)[0], this.numbers(`${name}_w`)[0]];
    if (height !== undefined || width !== undefined) return [height ?? otherwise, width ?? otherwise];
    const given = this.numbers(whole);
    return Array.from({ length: count }, (_, axis) => given[given.length === 1 ? 0 : axis] ?? otherwise);
  }
}

/** Writes a layer of Caffe's in our operators; false where it is not known. */
export function translate(emitter: Emitter, layer: CaffeOperator): boolean {
  const { bottoms, tops, type } = layer;
  const [x] = bottoms;
  const [y] = tops;
  const rank = emitter.rankOf(x);
  const emit = (operator: string, inputs: readonly string[], attributes: Attributes = {}): true => {
    emitter.emit(operator, inputs, attributes, y);
    return true;
  };
  if (plain[type]) return emit(plain[type], [x]);
  switch (type) {
    case 'Convolution': case 'ConvolutionDepthwise': case 'DepthwiseConvolution': case 'Deconvolution': return convolution(emitter, layer);
    case 'InnerProduct': return dense(emitter, layer);
    case 'Pooling': return pool(emitter, layer);
    case 'BatchNorm': return batchNorm(emitter, layer);
    case 'Scale': case 'Bias': return scale(emitter, layer);
    case 'ReLU': {
      const slope = new Told(layer, 'relu_param').number('negative_slope', 0);
      return slope === 0 ? emit('Relu', [x]) : emit('LeakyRelu', [x], { alpha: slope });
    }
    case 'ReLU6': return emit('Clip', [x, emitter.scalar(0), emitter.scalar(6)]);
    case 'PReLU': {
      const shared = new Told(layer, 'prelu_param').flag('channel_shared', false);
      const slopes = layer.blob(0)?.shape;
      const count = slopes && elementCount(slopes);
      return emit('PRelu', [x, layer.weight(0, 'slope', shared || count === undefined ? undefined : [count, ...Array.from({ length: (rank ?? 4) - 2 }, () => 1)])]);
    }
    case 'ELU': return emit('Elu', [x], { alpha: new Told(layer, 'elu_param').number('alpha', 1) });
    case 'Power': {
      const told = new Told(layer, 'power_param');
      return affine(emitter, x, told, (line, output) => {
        const power = told.number('power', 1);
        return power === 1 ? line : emitter.emit('Pow', [line, emitter.scalar(power)], {}, output);
      }, y);
    }
    case 'Exp': {
      const told = new Told(layer, 'exp_param');
      const base = told.number('base', -1);
      return affine(emitter, x, told, (line, output) => (base <= 0 ? emitter.emit('Exp', [line], {}, output) : emitter.emit('Pow', [emitter.scalar(base), line], {}, output)), y);
    }
    case 'Log': {
      const told = new Told(layer, 'log_param');
      const base = told.number('base', -1);
      return affine(emitter, x, told, (line, output) => {
        if (base <= 0) return emitter.emit('Log', [line], {}, output);
        return emitter.emit('Div', [emitter.emit('Log', [line]), emitter.scalar(Math.log(base))], {}, output);
      }, y);
    }
    case 'LRN': {
      const told = new Told(layer, 'lrn_param');
      if (told.text('norm_region', 'ACROSS_CHANNELS') !== 'ACROSS_CHANNELS') return false;
      return emit('LRN', [x], { size: told.number('local_size', 5), alpha: told.number('alpha', 1), beta: told.number('beta', 0.75), bias: told.number('k', 1) });
    }
    case 'Eltwise': {
      const told = new Told(layer, 'eltwise_param');
      const kind = told.text('operation', 'SUM');
      const coefficients = told.numbers('coeff');
      if (kind !== 'SUM') return folded(emitter, kind === 'PROD' ? 'Mul' : 'Max', bottoms, y);
      return folded(emitter, 'Add', bottoms.map((bottom, index) => ((coefficients[index] ?? 1) === 1 ? bottom : emitter.emit('Mul', [bottom, emitter.scalar(coefficients[index])]))), y);
    }
    case 'Concat': {
      const told = new Told(layer, 'concat_param');
      return emit('Concat', bottoms, { axis: told.number('axis', told.number('concat_dim', 1)) });
    }
    case 'Slice': {
      const told = new Told(layer, 'slice_param');
      const axis = told.number('axis', told.number('slice_dim', 1));
      const points = told.numbers('slice_point');
      if (points.length === 0) emitter.emitMany('Split', [x], tops, { axis, num_outputs: tops.length });
      else {
        const size = emitter.typeOf(x)?.shape?.at(axis);
        if (size === undefined || !isKnown(size)) return false;
        const ends = [...points, size as number];
        emitter.emitMany('Split', [x, emitter.integers(...ends.map((end, index) => end - (ends[index - 1] ?? 0)))], tops, { axis });
      }
      return true;
    }
    case 'Softmax': return emit('Softmax', [x], { axis: new Told(layer, 'softmax_param').number('axis', 1) });
    case 'Flatten': {
      const told = new Told(layer, 'flatten_param');
      return told.number('axis', 1) === 1 && told.number('end_axis', -1) === -1 && emit('Flatten', [x], { axis: 1 });
    }
    case 'Reshape': {
      const told = new Told(layer, 'reshape_param');
      return told.number('axis', 0) === 0 && told.number('num_axes', -1) === -1 && emit('Reshape', [x, emitter.integers(...told.shape())]);
    }
    case 'Permute': return emit('Transpose', [x], { perm: new Told(layer, 'permute_param').numbers('order') });
    case 'Tile': {
      const told = new Told(layer, 'tile_param');
      const axis = told.number('axis', 1);
      return rank !== undefined && emit('Tile', [x, emitter.integers(...Array.from({ length: rank }, (_, index) => (index === axis ? told.number('tiles', 1) : 1)))]);
    }
    case 'Crop': {
      const told = new Told(layer, 'crop_param');
      if (rank === undefined) return false;
      const axes = Array.from({ length: rank }, (_, axis) => axis).slice(told.number('axis', 2));
      const given = told.numbers('offset');
      const starts = emitter.integers(...axes.map((_, index) => given[given.length === 1 ? 0 : index] ?? 0));
      const sizes = emitter.emit('Gather', [emitter.emit('Shape', [bottoms[1]]), emitter.integers(...axes)], { axis: 0 });
      return emit('Slice', [x, starts, emitter.emit('Add', [starts, sizes]), emitter.integers(...axes)]);
    }
    case 'Reduction': return reduction(emitter, layer);
    case 'ArgMax': {
      const told = new Told(layer, 'argmax_param');
      return told.number('top_k', 1) === 1 && !told.flag('out_max_val', false) && told.numbers('axis').length > 0
        && emit('Cast', [emitter.emit('ArgMax', [x], { axis: told.number('axis', 1), keepdims: 1 })], { to: 'float32' });
    }
    case 'Threshold': return emit('Cast', [emitter.emit('Greater', [x, emitter.scalar(new Told(layer, 'threshold_param').number('threshold', 0))])], { to: 'float32' });
    case 'Embed': {
      const table = emitter.emit('Gather', [layer.weight(0, 'weight'), emitter.emit('Cast', [x], { to: 'int64' })], { axis: 0 }, new Told(layer, 'embed_param').flag('bias_term', true) ? undefined : y);
      return table === y || emit('Add', [table, layer.weight(1, 'bias')]);
    }
    default: return false;
  }
}

function convolution(emitter: Emitter, layer: CaffeOperator): boolean {
  const told = new Told(layer, 'convolution_param');
  const [x] = layer.bottoms;
  const space = Math.max(1, (emitter.rankOf(x) ?? 4) - 2);
  const kernel = told.spatial('kernel', 'kernel_size', space, 1);
  const pads = told.spatial('pad', 'pad', space, 0);
  const dilations = told.spatial('dilation', 'dilation', space, 1);
  const channels = emitter.typeOf(x)?.shape?.[1];
  const filters = told.number('num_output', layer.blob(0)?.shape[0] ?? 0);
  const group = layer.type === 'ConvolutionDepthwise' || layer.type === 'DepthwiseConvolution' ? filters : told.number('group', 1);
  const transposed = layer.type === 'Deconvolution';
  const known = channels !== undefined && isKnown(channels) && filters > 0;
  const shape = known ? (transposed ? [channels as number, filters / group, ...kernel] : [filters, (channels as number) / group, ...kernel]) : undefined;
  const weight = layer.weight(0, 'weight', shape);
  const bias = told.flag('bias_term', true) ? [layer.weight(1, 'bias', [filters])] : [];
  emitter.emit(transposed ? 'ConvTranspose' : 'Conv', [x, weight, ...bias], {
    kernel_shape: kernel, strides: told.spatial('stride', 'stride', space, 1), pads: [...pads, ...pads], ...(dilations.some((one) => one !== 1) ? { dilations } : {}), ...(group === 1 ? {} : { group }),
  }, layer.tops[0]);
  return true;
}

function dense(emitter: Emitter, layer: CaffeOperator): boolean {
  const told = new Told(layer, 'inner_product_param');
  const axis = told.number('axis', 1);
  if (axis !== 1) return false;
  const [x] = layer.bottoms;
  const filters = told.number('num_output', 0);
  const blob = layer.blob(0);
  const inner = blob && filters > 0 ? elementCount(blob.shape) / filters : undefined;
  const transposed = told.flag('transpose', false);
  const flat = emitter.rankOf(x) === 2 ? x : emitter.emit('Flatten', [x], { axis: 1 });
  const weight = layer.weight(0, 'weight', inner === undefined ? undefined : transposed ? [inner, filters] : [filters, inner]);
  emitter.emit('Gemm', [flat, weight, ...(told.flag('bias_term', true) ? [layer.weight(1, 'bias', [filters])] : [])], transposed ? {} : { transB: 1 }, layer.tops[0]);
  return true;
}

/** Caffe counts a last window that reaches over the end, unless it lies behind the input altogether. */
function pool(emitter: Emitter, layer: CaffeOperator): boolean {
  const told = new Told(layer, 'pooling_param');
  const kind = told.text('pool', 'MAX');
  if (kind === 'STOCHASTIC' || layer.tops.length > 1) return false;
  const [x] = layer.bottoms;
  if (told.flag('global_pooling', false)) {
    emitter.emit(kind === 'MAX' ? 'GlobalMaxPool' : 'GlobalAveragePool', [x], {}, layer.tops[0]);
    return true;
  }
  const floor = told.text('round_mode', 'CEIL') === 'FLOOR' || !told.flag('ceil_mode', true);
  pooling(emitter, x, {
    type: kind === 'MAX' ? 'max' : 'average', kernel: told.spatial('kernel', 'kernel_size', 2, 1), strides: told.spatial('stride', 'stride', 2, 1), pads: told.spatial('pad', 'pad', 2, 0), last: floor ? 'floor' : 'inside', countPadding: kind !== 'MAX',
  }, layer.tops[0]);
  return true;
}

/** Caffe keeps sums over the training with the factor that they grew by, and scales in a layer of its own. */
function batchNorm(emitter: Emitter, layer: CaffeOperator): boolean {
  const [mean, variance, factor] = [0, 1, 2].map((index) => layer.blob(index));
  const normalised = (name: string, blob: StoredTensor | undefined, fallback: string): string => {
    if (!blob) return layer.weight(fallback === 'mean' ? 0 : 1, fallback);
    const shape = [elementCount(blob.shape)];
    const read = async () => {
      const divisor = factor ? Number((await factor.read()).data[0]) : 1;
      const { data } = await blob.read();
      return tensorOf('float32', shape, Float64Array.from(data as Float32Array, (value) => (divisor === 0 ? 0 : value / divisor)));
    };
    emitter.tensor(name, { dataType: 'float32', shape, read });
    return name;
  };
  const place = layer.name;
  const [middle, spread] = [normalised(`${place}.mean`, mean, 'mean'), normalised(`${place}.variance`, variance, 'variance')];
  const channels = mean ? elementCount(mean.shape) : undefined;
  const constant = (name: string, value: number): string => {
    const shape = [channels ?? 1];
    emitter.tensor(name, { dataType: 'float32', shape, read: async () => tensorOf('float32', shape, new Float32Array(shape[0]).fill(value)) }, false);
    return name;
  };
  if (channels === undefined) {
    emitter.assembler.parameter(`${place}.scale`, { dataType: 'float32', shape: undefined });
    emitter.assembler.parameter(`${place}.shift`, { dataType: 'float32', shape: undefined });
  }
  const [gain, shift] = channels === undefined ? [`${place}.scale`, `${place}.shift`] : [constant(`${place}.scale`, 1), constant(`${place}.shift`, 0)];
  emitter.emit('BatchNormalization', [layer.bottoms[0], gain, shift, middle, spread], { epsilon: new Told(layer, 'batch_norm_param').number('eps', 1e-5) }, layer.tops[0]);
  return true;
}

/** `Scale` multiplies and may add, `Bias` adds: by a parameter or by a second input, from an axis on. */
function scale(emitter: Emitter, layer: CaffeOperator): boolean {
  const multiplies = layer.type === 'Scale';
  const told = new Told(layer, multiplies ? 'scale_param' : 'bias_param');
  const [x, other] = layer.bottoms;
  const rank = emitter.rankOf(x) ?? 4;
  const axis = told.number('axis', 1);
  const first = axis < 0 ? axis + rank : axis;
  const spread = (name: string, own: number): string => {
    const missing = rank - first - own;
    return missing > 0 ? emitter.emit('Unsqueeze', [name, emitter.integers(...Array.from({ length: missing }, (_, index) => own + index))]) : name;
  };
  const operand = (index: number, part: string): string => spread(layer.weight(index, part), layer.blob(index)?.shape.length ?? 1);
  const factor = other === undefined ? operand(0, multiplies ? 'weight' : 'bias') : spread(other, emitter.rankOf(other) ?? 1);
  const biased = multiplies && told.flag('bias_term', false);
  const product = emitter.emit(multiplies ? 'Mul' : 'Add', [x, factor], {}, biased ? undefined : layer.tops[0]);
  if (biased) emitter.emit('Add', [product, operand(other === undefined ? 1 : 0, 'bias')], {}, layer.tops[0]);
  return true;
}

function reduction(emitter: Emitter, layer: CaffeOperator): boolean {
  const told = new Told(layer, 'reduction_param');
  const [x] = layer.bottoms;
  const rank = emitter.rankOf(x);
  if (rank === undefined) return false;
  const axes = emitter.integers(...Array.from({ length: rank }, (_, axis) => axis).slice(told.number('axis', 0)));
  const kind = told.text('operation', 'SUM');
  const from = kind === 'ASUM' ? emitter.emit('Abs', [x]) : kind === 'SUMSQ' ? emitter.emit('Mul', [x, x]) : x;
  const coefficient = told.number('coeff', 1);
  const sum = emitter.emit(kind === 'MEAN' ? 'ReduceMean' : 'ReduceSum', [from, axes], { keepdims: 0 }, coefficient === 1 ? layer.tops[0] : undefined);
  if (coefficient !== 1) emitter.emit('Mul', [sum, emitter.scalar(coefficient)], {}, layer.tops[0]);
  return true;
}

/** shift + scale * x, then a function. */
function affine(emitter: Emitter, x: string, told: Told, then: (line: string, output: string) => string, y: string): true {
  const [factor, shift] = [told.number('scale', 1), told.number('shift', 0)];
  const scaled = factor === 1 ? x : emitter.emit('Mul', [x, emitter.scalar(factor)]);
  const line = shift === 0 ? scaled : emitter.emit('Add', [scaled, emitter.scalar(shift)]);
  if (then(line, y) !== y) emitter.emit('Identity', [line], {}, y);
  return true;
}

/** One operator of two inputs over several. */
function folded(emitter: Emitter, type: string, inputs: readonly string[], y: string): true {
  let result = inputs[0];
  inputs.slice(1).forEach((input, index) => { result = emitter.emit(type, [result, input], {}, index === inputs.length - 2 ? y : undefined); });
  if (inputs.length < 2) emitter.emit('Identity', [result], {}, y);
  return true;
}
