import { convolution, depthwise, pool, resize, stridedSlice, transposedConvolution, type WindowOptions } from './channels-last.ts';
import type { Emitter } from './emitter.ts';
import { dataTypeOf, type AttributeMessage } from './tensorflow-messages.ts';

/** A node with its attributes by name. */
export interface FlowNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  attribute(name: string): AttributeMessage | undefined;
}

const unary: Readonly<Record<string, string>> = {
  Relu: 'Relu', Sigmoid: 'Sigmoid', Tanh: 'Tanh', Elu: 'Elu', Selu: 'Selu', Softplus: 'Softplus', Softsign: 'Softsign', Exp: 'Exp', Log: 'Log', Sqrt: 'Sqrt', Neg: 'Neg', Abs: 'Abs', Sin: 'Sin', Cos: 'Cos', Tan: 'Tan',
  Erf: 'Erf', Floor: 'Floor', Ceil: 'Ceil', Round: 'Round', Sign: 'Sign', Reciprocal: 'Reciprocal', Inv: 'Reciprocal', LogicalNot: 'Not', IsNan: 'IsNaN', Atan: 'Atan', Asin: 'Asin', Acos: 'Acos', Sinh: 'Sinh', Cosh: 'Cosh',
};
const binary: Readonly<Record<string, string>> = {
  Add: 'Add', AddV2: 'Add', BiasAddV1: 'Add', Sub: 'Sub', Mul: 'Mul', RealDiv: 'Div', Div: 'Div', Pow: 'Pow', Maximum: 'Max', Minimum: 'Min', Less: 'Less', LessEqual: 'LessOrEqual', Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual', Equal: 'Equal', LogicalAnd: 'And', LogicalOr: 'Or',
};
const reductions: Readonly<Record<string, string>> = { Mean: 'ReduceMean', Sum: 'ReduceSum', Max: 'ReduceMax', Min: 'ReduceMin', Prod: 'ReduceProd' };

/** Writes an operator of TensorFlow in ours; false where it is not known. */
export function translate(emitter: Emitter, node: FlowNode): boolean {
  const { op, inputs, outputs } = node;
  const [x, second, third] = inputs;
  const [y] = outputs;
  const text = (name: string) => node.attribute(name)?.s ?? '';
  const flag = (name: string) => (node.attribute(name)?.b ?? 0) !== 0;
  const integers = (name: string) => node.attribute(name)?.list?.integers ?? [];
  const channelsFirst = text('data_format').startsWith('NC');
  /** The spatial entries of a list for all axes. */
  const spatial = (list: readonly number[]) => (channelsFirst ? list.slice(2) : list.slice(1, -1));
  const window = (): WindowOptions => {
    const explicit = integers('explicit_paddings');
    const padding = text('padding') === 'EXPLICIT' ? (channelsFirst ? explicit.slice(4) : explicit.slice(2, -2)) : text('padding') === 'SAME' ? 'SAME' as const : 'VALID' as const;
    const dilations = integers('dilations');
    return { padding, strides: spatial(integers('strides')), channelsFirst, ...(dilations.length > 0 ? { dilations: spatial(dilations) } : {}) };
  };
  const emit = (type: string, from: readonly string[], attributes: Parameters<Emitter['emit']>[2] = {}): true => {
    emitter.emit(type, from, attributes, y);
    return true;
  };
  if (unary[op]) return emit(unary[op], [x]);
  if (binary[op]) return emit(binary[op], [x, second]);
  if (reductions[op]) return emit(reductions[op], [x, emitter.axes(second)], { keepdims: flag('keep_dims') ? 1 : 0 });
  switch (op) {
    case 'Conv2D': case 'Conv3D': case 'Conv1D': {
      const options = window();
      const count = options.strides.length;
      const shape = emitter.typeOf(second)?.shape;
      const channels = emitter.typeOf(x)?.shape?.at(channelsFirst ? 1 : -1);
      const inner = shape?.[count];
      const group = typeof channels === 'number' && typeof inner === 'number' && inner > 0 && channels % inner === 0 ? channels / inner : 1;
      convolution(emitter, x, emitter.transpose(second, [count + 1, count, ...Array.from({ length: count }, (_, axis) => axis)]), undefined, options, y, group);
      return true;
    }
    case 'DepthwiseConv2dNative': {
      const shape = emitter.typeOf(second)?.shape;
      if (!shape?.every((size) => typeof size === 'number')) return false;
      const [height, width, channels, multiplier] = shape as number[];
      depthwise(emitter, x, second, undefined, window(), [height, width], channels, multiplier, y);
      return true;
    }
    case 'Conv2DBackpropInput': {
      const size = (emitter.numbersOf(x) ?? emitter.packed.get(x))?.slice(...(channelsFirst ? [2, 4] : [1, 3]));
      if (!size?.every((one) => one !== undefined)) return false;
      transposedConvolution(emitter, third, emitter.transpose(second, [3, 2, 0, 1]), undefined, window(), size as number[], y);
      return true;
    }
    case 'BiasAdd': {
      const rank = emitter.rankOf(x) ?? 4;
      return emit('Add', [x, channelsFirst && rank > 2 ? emitter.emit('Unsqueeze', [second, emitter.integers(...Array.from({ length: rank - 2 }, (_, axis) => axis + 1))]) : second]);
    }
    case 'MaxPool': case 'AvgPool': case 'MaxPool3D': case 'AvgPool3D':
      pool(emitter, op.startsWith('Max') ? 'MaxPool' : 'AveragePool', x, spatial(integers('ksize')), window(), y);
      return true;
    case 'FusedBatchNorm': case 'FusedBatchNormV2': case 'FusedBatchNormV3': {
      if (flag('is_training')) return false;
      const norm = (input: string, output: string | undefined) => emitter.emit('BatchNormalization', [input, ...inputs.slice(1, 5)], { epsilon: node.attribute('epsilon')?.f ?? 1e-4 }, output);
      if (channelsFirst) norm(x, y);
      else emitter.transpose(norm(emitter.transpose(x, [0, 3, 1, 2]), undefined), [0, 2, 3, 1], y);
      return true;
    }
    case 'MatMul': case 'BatchMatMul': case 'BatchMatMulV2': case 'BatchMatMulV3': {
      const adjoint = op === 'MatMul' ? [flag('transpose_a'), flag('transpose_b')] : [flag('adj_x'), flag('adj_y')];
      const [a, b] = [x, second].map((name, index) => {
        if (!adjoint[index]) return name;
        const rank = emitter.rankOf(name) ?? 2;
        const axes = Array.from({ length: rank }, (_, axis) => axis);
        return emitter.transpose(name, [...axes.slice(0, -2), rank - 1, rank - 2]);
      });
      return emit('MatMul', [a, b]);
    }
    case 'Einsum': return emit('Einsum', inputs, { equation: text('equation') });
    case 'Softmax': return emit('Softmax', [x], { axis: -1 });
    case 'LogSoftmax': return emit('LogSoftmax', [x], { axis: -1 });
    case 'Relu6': return emit('Clip', [x, emitter.scalar(0), emitter.scalar(6)]);
    case 'LeakyRelu': return emit('LeakyRelu', [x], { alpha: node.attribute('alpha')?.f ?? 0.2 });
    case 'ClipByValue': return emit('Min', [emitter.emit('Max', [x, second]), third]);
    case 'Rsqrt': return emit('Reciprocal', [emitter.emit('Sqrt', [x])]);
    case 'Square': return emit('Mul', [x, x]);
    case 'Erfc': return emit('Sub', [emitter.scalar(1), emitter.emit('Erf', [x])]);
    case 'SquaredDifference': {
      const difference = emitter.emit('Sub', [x, second]);
      return emit('Mul', [difference, difference]);
    }
    case 'NotEqual': return emit('Not', [emitter.emit('Equal', [x, second])]);
    case 'FloorDiv': {
      const { dataType } = emitter.typeOf(x) ?? {};
      return dataType?.startsWith('float') ? emit('Floor', [emitter.emit('Div', [x, second])]) : emit('Div', [x, second]);
    }
    case 'FloorMod': return emit('Mod', [x, second]);
    case 'AddN': return emit('Sum', inputs);
    case 'ConcatV2': return emit('Concat', inputs.slice(0, -1), { axis: emitter.numbersOf(inputs.at(-1)!)?.[0] ?? 0 });
    case 'Concat': return emit('Concat', inputs.slice(1), { axis: emitter.numbersOf(x)?.[0] ?? 0 });
    case 'Reshape': return emit('Reshape', [x, emitter.asInt64(second)]);
    case 'Squeeze': {
      const axes = integers('squeeze_dims');
      return emit('Squeeze', [x, ...(axes.length > 0 ? [emitter.integers(...axes)] : [])]);
    }
    case 'ExpandDims': return emit('Unsqueeze', [x, emitter.axes(second)]);
    case 'Transpose': {
      const perm = emitter.numbersOf(second);
      if (!perm) return false;
      emitter.transpose(x, perm, y);
      return true;
    }
    case 'Pad': case 'PadV2': case 'MirrorPad': {
      const pads = emitter.numbersOf(second);
      if (!pads || (op === 'MirrorPad' && text('mode') !== 'REFLECT')) return false;
      const amounts = emitter.integers(...pads.filter((_, index) => index % 2 === 0), ...pads.filter((_, index) => index % 2 === 1));
      return emit('Pad', [x, amounts, ...(op === 'PadV2' ? [third] : [])], op === 'MirrorPad' ? { mode: 'reflect' } : {});
    }
    case 'ResizeBilinear': case 'ResizeNearestNeighbor': case 'ResizeBicubic':
      resize(emitter, x, second, { method: op === 'ResizeBilinear' ? 'linear' : op === 'ResizeBicubic' ? 'cubic' : 'nearest', alignCorners: flag('align_corners'), halfPixels: flag('half_pixel_centers') }, y);
      return true;
    case 'StridedSlice': {
      const mask = (name: string) => node.attribute(name)?.i ?? 0;
      return stridedSlice(emitter, x, second, third, inputs[3], { begin: mask('begin_mask'), end: mask('end_mask'), ellipsis: mask('ellipsis_mask'), newAxis: mask('new_axis_mask'), shrink: mask('shrink_axis_mask') }, y);
    }
    case 'Slice': {
      const [begin, size] = [emitter.numbersOf(second), emitter.numbersOf(third)];
      if (!begin || !size) return false;
      return emit('Slice', [x, emitter.integers(...begin), emitter.integers(...size.map((count, axis) => (count < 0 ? 2 ** 31 - 1 : begin[axis] + count)))]);
    }
    case 'Split': emitter.emitMany('Split', [second], outputs, { axis: emitter.numbersOf(x)?.[0] ?? 0, num_outputs: outputs.length }); return true;
    case 'SplitV': emitter.emitMany('Split', [x, emitter.asInt64(second)], outputs, { axis: emitter.numbersOf(third)?.[0] ?? 0 }); return true;
    case 'Pack': {
      const axis = node.attribute('axis')?.i ?? 0;
      emitter.packed.set(y, inputs.map((input) => emitter.numbersOf(input)?.[0]));
      return emit('Concat', inputs.map((input) => emitter.emit('Unsqueeze', [input, emitter.integers(axis)])), { axis });
    }
    case 'Unpack': {
      const axis = node.attribute('axis')?.i ?? 0;
      const parts = outputs.map((_, index) => emitter.assembler.fresh(`${y}_part${index}`));
      emitter.emitMany('Split', [x], parts, { axis, num_outputs: outputs.length });
      parts.forEach((part, index) => emitter.emit('Squeeze', [part, emitter.integers(axis)], {}, outputs[index]));
      return true;
    }
    case 'GatherV2': return (node.attribute('batch_dims')?.i ?? 0) === 0 && emit('Gather', [x, second], { axis: emitter.numbersOf(third)?.[0] ?? 0 });
    case 'Gather': case 'ResourceGather': return emit('Gather', [x, second], { axis: 0 });
    case 'GatherNd': return emit('GatherND', [x, emitter.asInt64(second)]);
    case 'Tile': return emit('Tile', [x, emitter.asInt64(second)]);
    case 'BroadcastTo': return emit('Expand', [x, emitter.asInt64(second)]);
    case 'Fill': return emit('Expand', [second, emitter.asInt64(x)]);
    case 'ZerosLike': return emit('Sub', [x, x]);
    case 'Shape': return emit('Cast', [emitter.emit('Shape', [x])], { to: dataTypeOf(node.attribute('out_type')?.type) ?? 'int32' });
    case 'Cast': return emit('Cast', [x], { to: dataTypeOf(node.attribute('DstT')?.type) ?? 'float32' });
    case 'Range': return emit('Range', [x, second, third]);
    case 'Select': case 'SelectV2': return emit('Where', [x, second, third]);
    case 'ArgMax': case 'ArgMin':
      return emit('Cast', [emitter.emit(op, [x], { axis: emitter.numbersOf(second)?.[0] ?? 0, keepdims: 0 })], { to: dataTypeOf(node.attribute('output_type')?.type) ?? 'int64' });
    case 'Cumsum': return emit('CumSum', [x, second], { exclusive: flag('exclusive') ? 1 : 0, reverse: flag('reverse') ? 1 : 0 });
    case 'TopKV2': emitter.emitMany('TopK', [x, emitter.axes(second)], outputs, { axis: -1 }); return true;
    case 'DepthToSpace': case 'SpaceToDepth': {
      if (channelsFirst) return emit(op, [x], { blocksize: node.attribute('block_size')?.i ?? 1 });
      emitter.transpose(emitter.emit(op, [emitter.transpose(x, [0, 3, 1, 2])], { blocksize: node.attribute('block_size')?.i ?? 1 }), [0, 2, 3, 1], y);
      return true;
    }
    default: return false;
  }
}
