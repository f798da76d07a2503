import type { DataType } from '../../graph/tensor.ts';
import { convolution, depthwise, pool, resize, stridedSlice, transposedConvolution } from './channels-last.ts';
import type { Emitter } from './emitter.ts';
import type { Table } from './flatbuffer.ts';

/** One operator of a TFLite file. */
export interface LiteOperator {
  readonly type: string;
  /** Its options; fields are numbered as in TFLite's schema. */
  readonly options: Table | undefined;
  /** Names of tensors of real numbers; '' where one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly shapes: readonly (readonly number[] | undefined)[];
  readonly outputShapes: readonly (readonly number[])[];
  readonly types: readonly (DataType | undefined)[];
}

/** TFLite's operators by their codes. */
export const operatorNames: readonly string[] = `ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE EMBEDDING_LOOKUP FLOOR FULLY_CONNECTED HASHTABLE_LOOKUP
L2_NORMALIZATION L2_POOL_2D LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM MAX_POOL_2D MUL RELU RELU_N1_TO_1 RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH
CONCAT_EMBEDDINGS SKIP_GRAM CALL CUSTOM EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER BATCH_TO_SPACE_ND SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV SQUEEZE UNIDIRECTIONAL_SEQUENCE_LSTM
STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN EXP TOPK_V2 SPLIT LOG_SOFTMAX DELEGATE BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG PADV2 GREATER GREATER_EQUAL LESS_EQUAL SELECT
SLICE SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE EXPAND_DIMS EQUAL NOT_EQUAL LOG SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT REDUCE_PROD REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT UNPACK
REDUCE_MIN FLOOR_DIV REDUCE_ANY SQUARE ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL REVERSE_V2 ADD_N GATHER_ND COS WHERE RANK
ELU REVERSE_SEQUENCE MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH IF WHILE NON_MAX_SUPPRESSION_V4 NON_MAX_SUPPRESSION_V5 SCATTER_ND SELECT_V2 DENSIFY SEGMENT_SUM BATCH_MATMUL PLACEHOLDER CUMSUM
CALL_ONCE BROADCAST_TO RFFT2D CONV_3D IMAG REAL COMPLEX_ABS HASHTABLE HASHTABLE_FIND HASHTABLE_IMPORT HASHTABLE_SIZE REDUCE_ALL CONV_3D_TRANSPOSE VAR_HANDLE READ_VARIABLE ASSIGN_VARIABLE BROADCAST_ARGS
RANDOM_STANDARD_NORMAL BUCKETIZE RANDOM_UNIFORM MULTINOMIAL GELU DYNAMIC_UPDATE_SLICE RELU_0_TO_1`.split(/\s+/);

/** Element types by their numbers. */
export const tensorTypes: Readonly<Record<number, DataType>> = {
  0: 'float32', 1: 'float16', 2: 'int32', 3: 'uint8', 4: 'int64', 5: 'string', 6: 'bool', 7: 'int16', 8: 'complex64', 9: 'int8', 10: 'float64', 11: 'complex128', 12: 'uint64', 15: 'uint32', 16: 'uint16',
};

const unary: Readonly<Record<string, string>> = {
  LOGISTIC: 'Sigmoid', TANH: 'Tanh', RELU: 'Relu', FLOOR: 'Floor', CEIL: 'Ceil', ROUND: 'Round', EXP: 'Exp', LOG: 'Log', SQRT: 'Sqrt', NEG: 'Neg', ABS: 'Abs', SIN: 'Sin', COS: 'Cos', ELU: 'Elu', HARD_SWISH: 'HardSwish', LOGICAL_NOT: 'Not',
};
const binary: Readonly<Record<string, string>> = {
  ADD: 'Add', SUB: 'Sub', MUL: 'Mul', DIV: 'Div', POW: 'Pow', MAXIMUM: 'Max', MINIMUM: 'Min', LESS: 'Less', LESS_EQUAL: 'LessOrEqual', GREATER: 'Greater', GREATER_EQUAL: 'GreaterOrEqual', EQUAL: 'Equal', LOGICAL_AND: 'And', LOGICAL_OR: 'Or',
};
const reductions: Readonly<Record<string, string>> = { MEAN: 'ReduceMean', SUM: 'ReduceSum', REDUCE_MAX: 'ReduceMax', REDUCE_MIN: 'ReduceMin', REDUCE_PROD: 'ReduceProd' };

/** Writes an operator of TFLite in ours; false where it is not known. */
export function translate(emitter: Emitter, operator: LiteOperator): boolean {
  const { type, options, inputs, outputs, shapes } = operator;
  const [x, second, third] = inputs;
  const [y] = outputs;
  const whole = (field: number) => options?.int32(field) ?? 0;
  /** What an activation that is fused in leaves as the name of the result before it. */
  const fused = (field: number, body: (output: string | undefined) => string): boolean => {
    const activation = options?.int8(field) ?? 0;
    if (activation === 0) {
      body(y);
      return true;
    }
    const before = body(undefined);
    return activate(emitter, activation, before, y);
  };
  const padding = (field: number): 'SAME' | 'VALID' => ((options?.int8(field) ?? 0) === 0 ? 'SAME' : 'VALID');
  const simple = unary[type];
  if (simple) {
    emitter.emit(simple, [x], {}, y);
    return true;
  }
  if (binary[type]) return ['ADD', 'SUB', 'MUL', 'DIV'].includes(type) ? fused(0, (output) => emitter.emit(binary[type], [x, second], {}, output)) : (emitter.emit(binary[type], [x, second], {}, y), true);
  if (reductions[type]) {
    emitter.emit(reductions[type], [x, emitter.axes(second)], { keepdims: options?.int8(0) ?? 0 }, y);
    return true;
  }
  switch (type) {
    case 'CONV_2D':
      return fused(3, (output) => convolution(emitter, x, emitter.transpose(second, [0, 3, 1, 2]), third || undefined, { padding: padding(0), strides: [whole(2), whole(1)], dilations: [options?.int32(5) ?? 1, options?.int32(4) ?? 1] }, output));
    case 'DEPTHWISE_CONV_2D': {
      const [, height, width, all] = shapes[1] ?? [];
      const channels = shapes[0]?.at(-1);
      if (!all || !channels) return false;
      return fused(4, (output) => depthwise(emitter, x, second, third || undefined, { padding: padding(0), strides: [whole(2), whole(1)], dilations: [options?.int32(6) ?? 1, options?.int32(5) ?? 1] }, [height, width], channels, all / channels, output));
    }
    case 'TRANSPOSE_CONV': {
      const size = operator.outputShapes[0];
      if (size.length !== 4) return false;
      return fused(3, (output) => transposedConvolution(emitter, third, emitter.transpose(second, [3, 0, 1, 2]), inputs[3] || undefined, { padding: padding(0), strides: [whole(2), whole(1)] }, [size[1], size[2]], output));
    }
    case 'MAX_POOL_2D': case 'AVERAGE_POOL_2D':
      return fused(5, (output) => pool(emitter, type === 'MAX_POOL_2D' ? 'MaxPool' : 'AveragePool', x, [whole(4), whole(3)], { padding: padding(0), strides: [whole(2), whole(1)] }, output));
    case 'FULLY_CONNECTED': {
      const [, width] = shapes[1] ?? [];
      if (!width) return false;
      const keep = (options?.int8(2) ?? 0) !== 0;
      const input = keep || shapes[0]?.length === 2 ? x : emitter.emit('Reshape', [x, emitter.integers(-1, width)]);
      return fused(0, (output) => {
        const product = emitter.emit('MatMul', [input, emitter.transpose(second, [1, 0])], {}, third ? undefined : output);
        return third ? emitter.emit('Add', [product, third], {}, output) : product;
      });
    }
    case 'SOFTMAX': {
      const beta = options?.float(0) ?? 1;
      emitter.emit('Softmax', [beta === 1 || beta === 0 ? x : emitter.emit('Mul', [x, emitter.scalar(beta)])], { axis: -1 }, y);
      return true;
    }
    case 'LOG_SOFTMAX': emitter.emit('LogSoftmax', [x], { axis: -1 }, y); return true;
    case 'RELU6': case 'RELU_N1_TO_1': case 'RELU_0_TO_1': {
      const [low, high] = type === 'RELU6' ? [0, 6] : type === 'RELU_0_TO_1' ? [0, 1] : [-1, 1];
      emitter.emit('Clip', [x, emitter.scalar(low), emitter.scalar(high)], {}, y);
      return true;
    }
    case 'LEAKY_RELU': emitter.emit('LeakyRelu', [x], { alpha: options?.float(0) ?? 0 }, y); return true;
    case 'PRELU': emitter.emit('PRelu', [x, second], {}, y); return true;
    case 'GELU': emitter.emit('Gelu', [x], { approximate: (options?.int8(0) ?? 0) === 0 ? 'none' : 'tanh' }, y); return true;
    case 'RSQRT': emitter.emit('Reciprocal', [emitter.emit('Sqrt', [x])], {}, y); return true;
    case 'SQUARE': emitter.emit('Mul', [x, x], {}, y); return true;
    case 'SQUARED_DIFFERENCE': {
      const difference = emitter.emit('Sub', [x, second]);
      emitter.emit('Mul', [difference, difference], {}, y);
      return true;
    }
    case 'NOT_EQUAL': emitter.emit('Not', [emitter.emit('Equal', [x, second])], {}, y); return true;
    case 'FLOOR_DIV': emitter.emit('Floor', [emitter.emit('Div', [x, second])], {}, y); return true;
    case 'ADD_N': emitter.emit('Sum', inputs, {}, y); return true;
    case 'CONCATENATION': return fused(1, (output) => emitter.emit('Concat', inputs, { axis: whole(0) }, output));
    case 'RESHAPE': {
      // a batch of any size is written as the size it was converted with: the file's own target, if it is given as a constant, tells
      const target = second ? emitter.asInt64(second) : emitter.integers(...options?.int32s(0) ?? operator.outputShapes[0]);
      emitter.emit('Reshape', [x, target], {}, y);
      return true;
    }
    case 'SQUEEZE': {
      const axes = options?.int32s(0);
      emitter.emit('Squeeze', [x, ...(axes && axes.length > 0 ? [emitter.integers(...axes)] : [])], {}, y);
      return true;
    }
    case 'EXPAND_DIMS': emitter.emit('Unsqueeze', [x, emitter.axes(second)], {}, y); return true;
    case 'TRANSPOSE': {
      const perm = emitter.numbersOf(second);
      if (!perm) return false;
      emitter.transpose(x, perm, y);
      return true;
    }
    case 'PAD': case 'PADV2': case 'MIRROR_PAD': {
      const pads = emitter.numbersOf(second);
      if (!pads) return false;
      const amounts = emitter.integers(...pads.filter((_, index) => index % 2 === 0), ...pads.filter((_, index) => index % 2 === 1));
      if (type === 'MIRROR_PAD') {
        if ((options?.int8(0) ?? 0) !== 0) return false;
        emitter.emit('Pad', [x, amounts], { mode: 'reflect' }, y);
      } else emitter.emit('Pad', [x, amounts, ...(type === 'PADV2' ? [third] : [])], {}, y);
      return true;
    }
    case 'RESIZE_BILINEAR': resize(emitter, x, second, { method: 'linear', alignCorners: (options?.int8(2) ?? 0) !== 0, halfPixels: (options?.int8(3) ?? 0) !== 0 }, y); return true;
    case 'RESIZE_NEAREST_NEIGHBOR': resize(emitter, x, second, { method: 'nearest', alignCorners: (options?.int8(0) ?? 0) !== 0, halfPixels: (options?.int8(1) ?? 0) !== 0 }, y); return true;
    case 'STRIDED_SLICE': return stridedSlice(emitter, x, second, third, inputs[3], { begin: whole(0), end: whole(1), ellipsis: whole(2), newAxis: whole(3), shrink: whole(4) }, y);
    case 'SLICE': {
      const [begin, size] = [emitter.numbersOf(second), emitter.numbersOf(third)];
      if (!begin || !size) return false;
      emitter.emit('Slice', [x, emitter.integers(...begin), emitter.integers(...size.map((count, axis) => (count < 0 ? 2 ** 31 - 1 : begin[axis] + count)))], {}, y);
      return true;
    }
    case 'SPLIT': emitter.emitMany('Split', [second], outputs, { axis: emitter.numbersOf(x)?.[0] ?? 0, num_outputs: outputs.length }); return true;
    case 'SPLIT_V': emitter.emitMany('Split', [x, emitter.asInt64(second)], outputs, { axis: emitter.numbersOf(third)?.[0] ?? 0 }); return true;
    case 'PACK': {
      const axis = whole(1);
      emitter.emit('Concat', inputs.map((input) => emitter.emit('Unsqueeze', [input, emitter.integers(axis)])), { axis }, y);
      return true;
    }
    case 'UNPACK': {
      const axis = whole(1);
      const parts = outputs.map((_, index) => emitter.assembler.fresh(`${y}_${index}`));
      emitter.emitMany('Split', [x], parts, { axis, num_outputs: outputs.length });
      parts.forEach((part, index) => emitter.emit('Squeeze', [part, emitter.integers(axis)], {}, outputs[index]));
      return true;
    }
    case 'GATHER':
      if (whole(1) !== 0) return false;
      emitter.emit('Gather', [x, second], { axis: whole(0) }, y);
      return true;
    case 'EMBEDDING_LOOKUP': emitter.emit('Gather', [second, x], { axis: 0 }, y); return true;
    case 'GATHER_ND': emitter.emit('GatherND', [x, emitter.asInt64(second)], {}, y); return true;
    case 'TILE': emitter.emit('Tile', [x, emitter.asInt64(second)], {}, y); return true;
    case 'BROADCAST_TO': emitter.emit('Expand', [x, emitter.asInt64(second)], {}, y); return true;
    case 'SHAPE': emitter.emit('Cast', [emitter.emit('Shape', [x])], { to: operator.types[0] ?? 'int32' }, y); return true;
    case 'CAST': emitter.emit('Cast', [x], { to: operator.types[0] ?? 'float32' }, y); return true;
    case 'SELECT': case 'SELECT_V2': emitter.emit('Where', [x, second, third], {}, y); return true;
    case 'ARG_MAX': case 'ARG_MIN': {
      const axis = emitter.numbersOf(second)?.[0] ?? -1;
      emitter.emit('Cast', [emitter.emit(type === 'ARG_MAX' ? 'ArgMax' : 'ArgMin', [x], { axis, keepdims: 0 })], { to: operator.types[0] ?? 'int64' }, y);
      return true;
    }
    case 'BATCH_MATMUL': {
      const swap = (name: string, shape: readonly number[] | undefined, adjoint: boolean): string => {
        if (!adjoint || !shape) return name;
        const axes = shape.map((_, axis) => axis);
        return emitter.transpose(name, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
      };
      emitter.emit('MatMul', [swap(x, shapes[0], (options?.int8(0) ?? 0) !== 0), swap(second, shapes[1], (options?.int8(1) ?? 0) !== 0)], {}, y);
      return true;
    }
    case 'CUMSUM': emitter.emit('CumSum', [x, second], { exclusive: options?.int8(0) ?? 0, reverse: options?.int8(1) ?? 0 }, y); return true;
    case 'L2_NORMALIZATION': emitter.emit('LpNormalization', [x], { axis: -1, p: 2 }, y); return true;
    case 'DEPTH_TO_SPACE': case 'SPACE_TO_DEPTH': {
      const turned = emitter.transpose(x, [0, 3, 1, 2]);
      emitter.transpose(emitter.emit(type === 'DEPTH_TO_SPACE' ? 'DepthToSpace' : 'SpaceToDepth', [turned], { blocksize: whole(0) }), [0, 2, 3, 1], y);
      return true;
    }
    default: return false;
  }
}

function activate(emitter: Emitter, activation: number, x: string, y: string): boolean {
  switch (activation) {
    case 1: emitter.emit('Relu', [x], {}, y); return true;
    case 2: emitter.emit('Clip', [x, emitter.scalar(-1), emitter.scalar(1)], {}, y); return true;
    case 3: emitter.emit('Clip', [x, emitter.scalar(0), emitter.scalar(6)], {}, y); return true;
    case 4: emitter.emit('Tanh', [x], {}, y); return true;
    default: return false;
  }
}
