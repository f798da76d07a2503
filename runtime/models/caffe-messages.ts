import { decodeMessage, FormatError, type ByteSource, type FieldKind, type MessageSchema, type PackedNumbers, type Range } from '../../graph/onnx/wire.ts';
import { elementCount, tensorFromBytes, tensorOf } from '../../graph/elements.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import type { TextMessage } from './text-format.ts';

/**
 * Caffe's messages by the names and numbers of its published definition. Text and binary files come out alike:
 * each field is the list of its values, enumerations are their names.
 */

export type Fields = Readonly<Record<string, readonly (string | number | Fields)[] | undefined>>;

export interface CaffeLayer {
  readonly name: string;
  readonly type: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  readonly fields: Fields;
  /** Of a binary file. */
  readonly blobs: readonly StoredTensor[];
}

export interface CaffeNet {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] | undefined }[];
  readonly layers: readonly CaffeLayer[];
}

type Kind = 'n' | 'f' | 's' | readonly string[] | Message;
interface Message { readonly [name: string]: readonly [number: number, kind: Kind] }

const flag: Kind = ['false', 'true'];
const shape: Message = { dim: [1, 'n'] };
const pads: Message = { pad: [3, 'n'], pad_h: [9, 'n'], pad_w: [10, 'n'], kernel_size: [4, 'n'], kernel_h: [11, 'n'], kernel_w: [12, 'n'], stride: [6, 'n'], stride_h: [13, 'n'], stride_w: [14, 'n'] };
const pooling: Message = {
  pool: [1, ['MAX', 'AVE', 'STOCHASTIC']], pad: [4, 'n'], pad_h: [9, 'n'], pad_w: [10, 'n'], kernel_size: [2, 'n'], kernel_h: [5, 'n'], kernel_w: [6, 'n'], stride: [3, 'n'], stride_h: [7, 'n'], stride_w: [8, 'n'],
  global_pooling: [12, flag], round_mode: [13, ['CEIL', 'FLOOR']], ceil_mode: [1000, flag],
};
/** What layers are told, by the field of the layer. */
const parameters: Readonly<Record<string, readonly [number: number, message: Message, v1?: number]>> = {
  concat_param: [104, { axis: [2, 'n'], concat_dim: [1, 'n'] }, 9],
  convolution_param: [106, { ...pads, num_output: [1, 'n'], bias_term: [2, flag], group: [5, 'n'], dilation: [18, 'n'], axis: [16, 'n'] }, 10],
  elu_param: [140, { alpha: [1, 'f'] }], batch_norm_param: [139, { use_global_stats: [1, flag], eps: [3, 'f'] }], bias_param: [141, { axis: [1, 'n'] }],
  eltwise_param: [110, { operation: [1, ['PROD', 'SUM', 'MAX']], coeff: [2, 'f'] }, 24], exp_param: [111, { base: [1, 'f'], scale: [2, 'f'], shift: [3, 'f'] }], log_param: [134, { base: [1, 'f'], scale: [2, 'f'], shift: [3, 'f'] }],
  flatten_param: [135, { axis: [1, 'n'], end_axis: [2, 'n'] }], inner_product_param: [117, { num_output: [1, 'n'], bias_term: [2, flag], axis: [5, 'n'], transpose: [6, flag] }, 17],
  input_param: [143, { shape: [1, shape] }], lrn_param: [118, { local_size: [1, 'n'], alpha: [2, 'f'], beta: [3, 'f'], norm_region: [4, ['ACROSS_CHANNELS', 'WITHIN_CHANNEL']], k: [5, 'f'] }, 18],
  pooling_param: [121, pooling, 19], power_param: [122, { power: [1, 'f'], scale: [2, 'f'], shift: [3, 'f'] }, 21], prelu_param: [131, { channel_shared: [2, flag] }], reduction_param: [136, { operation: [1, ['', 'SUM', 'ASUM', 'SUMSQ', 'MEAN']], axis: [2, 'n'], coeff: [3, 'f'] }],
  relu_param: [123, { negative_slope: [1, 'f'] }, 30], reshape_param: [133, { shape: [1, shape], axis: [2, 'n'], num_axes: [3, 'n'] }], scale_param: [142, { axis: [1, 'n'], num_axes: [2, 'n'], bias_term: [4, flag] }],
  slice_param: [126, { axis: [3, 'n'], slice_point: [2, 'n'], slice_dim: [1, 'n'] }, 31], softmax_param: [125, { axis: [2, 'n'] }, 39], tile_param: [138, { axis: [1, 'n'], tiles: [2, 'n'] }], threshold_param: [128, { threshold: [1, 'f'] }, 25],
  crop_param: [144, { axis: [1, 'n'], offset: [2, 'n'] }], argmax_param: [103, { out_max_val: [1, flag], top_k: [2, 'n'], axis: [3, 'n'] }, 23], embed_param: [137, { num_output: [1, 'n'], input_dim: [2, 'n'], bias_term: [3, flag] }],
  permute_param: [202, { order: [1, 'n'] }], mvn_param: [120, { normalize_variance: [1, flag], across_channels: [2, flag], eps: [3, 'f'] }, 34],
};
const phase: Message = { phase: [1, ['TRAIN', 'TEST']] };
const layer: Message = {
  name: [1, 's'], type: [2, 's'], bottom: [3, 's'], top: [4, 's'], include: [8, phase], exclude: [9, phase], phase: [10, ['TRAIN', 'TEST']],
  ...Object.fromEntries(Object.entries(parameters).map(([name, [number, message]]) => [name, [number, message] as const])),
};
/** Kinds of layers in the first format, by their numbers. */
const firstKinds = [
  'NONE', 'ACCURACY', 'BNLL', 'CONCAT', 'CONVOLUTION', 'DATA', 'DROPOUT', 'EUCLIDEAN_LOSS', 'FLATTEN', 'HDF5_DATA', 'HDF5_OUTPUT', 'IM2COL', 'IMAGE_DATA', 'INFOGAIN_LOSS', 'INNER_PRODUCT', 'LRN', 'MULTINOMIAL_LOGISTIC_LOSS', 'POOLING', 'RELU',
  'SIGMOID', 'SOFTMAX', 'SOFTMAX_LOSS', 'SPLIT', 'TANH', 'WINDOW_DATA', 'ELTWISE', 'POWER', 'SIGMOID_CROSS_ENTROPY_LOSS', 'HINGE_LOSS', 'MEMORY_DATA', 'ARGMAX', 'THRESHOLD', 'DUMMY_DATA', 'SLICE', 'MVN', 'ABSVAL', 'SILENCE', 'CONTRASTIVE_LOSS', 'EXP', 'DECONVOLUTION',
] as const;
const firstLayer: Message = {
  bottom: [2, 's'], top: [3, 's'], name: [4, 's'], type: [5, firstKinds], include: [32, phase], exclude: [33, phase],
  ...Object.fromEntries(Object.entries(parameters).flatMap(([name, [, message, number]]) => (number === undefined ? [] : [[name, [number, message] as const]]))),
};
const net: Message = { name: [1, 's'], input: [3, 's'], input_dim: [4, 'n'], input_shape: [8, shape], layer: [100, layer], layers: [2, firstLayer] };
/** What the first format writes otherwise than a plain change of case. */
const modernKinds: Readonly<Record<string, string>> = { RELU: 'ReLU', LRN: 'LRN', TANH: 'TanH', BNLL: 'BNLL', ABSVAL: 'AbsVal', MVN: 'MVN', ARGMAX: 'ArgMax' };

interface Blob { num?: number; channels?: number; height?: number; width?: number; data?: PackedNumbers; doubles?: PackedNumbers; shape?: { dims: number[] } }
const blobs: MessageSchema[number] = ['blobs', 'message[]', () => ({
  1: ['num', 'integer'], 2: ['channels', 'integer'], 3: ['height', 'integer'], 4: ['width', 'integer'], 5: ['data', 'packed-float'], 7: ['shape', 'message', () => ({ 1: ['dims', 'integer[]'] })], 8: ['doubles', 'packed-double'],
})];

function schemaOf(message: Message): MessageSchema {
  return Object.fromEntries(Object.entries(message).map(([name, [number, kind]]) => {
    if (kind === 's') return [number, [name, 'string[]' as FieldKind]];
    if (kind === 'f') return [number, [name, 'float[]' as FieldKind]];
    if (kind === 'n' || Array.isArray(kind)) return [number, [name, 'integer[]' as FieldKind]];
    const inner = kind as Message;
    const extra = inner === layer ? { 7: blobs } : inner === firstLayer ? { 6: blobs } : {};
    return [number, [name, 'message[]' as const, () => ({ ...schemaOf(inner), ...extra })]];
  })) as unknown as MessageSchema;
}

/** A `.caffemodel`; its weights stay in the file until they are read. */
export function decodeNet(source: ByteSource): CaffeNet {
  return netOf(named(decodeMessage<Record<string, unknown>>(source, schemaOf(net)), net), source);
}

/** Enumerations by their names, everything else as it is. */
function named(fields: Record<string, unknown>, message: Message): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => {
    const kind = message[name]?.[1];
    if (Array.isArray(kind)) return [name, (values as number[]).map((value) => kind[value] ?? String(value))];
    if (kind !== undefined && typeof kind === 'object') return [name, (values as Record<string, unknown>[]).map((inner) => named(inner, kind as Message))];
    return [name, values];
  }));
}

/** A `.prototxt`. */
export function netOfText(text: TextMessage, file: string): CaffeNet {
  return netOf(typed(text, net, file), undefined, file);
}

function typed(text: TextMessage, message: Message, file: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.fromEntries(Object.keys(message).map((name) => [name, []]));
  for (const [name, values] of text) {
    const kind = message[name]?.[1];
    // what computing needs nothing of (learning rates, fillers, data sources) is passed over
    if (kind === undefined) continue;
    fields[name] = values.map((value) => {
      const isMessage = typeof kind === 'object' && !Array.isArray(kind);
      if (isMessage !== (typeof value !== 'string')) throw new FormatError(`${file}: the field ${name} ${isMessage ? 'is a message, but has a plain value' : 'is a plain value, but has a message'}`);
      if (typeof value !== 'string') return typed(value, kind as Message, file);
      if (kind !== 'n' && kind !== 'f') return value;
      const number = Number(value.replace(/f$/, ''));
      if (Number.isNaN(number)) throw new FormatError(`${file}: ${name} is ${value.slice(0, 40)}, which is no number`);
      return number;
    });
  }
  return fields;
}

function netOf(fields: Record<string, unknown>, source: ByteSource | undefined, file = source?.name ?? ''): CaffeNet {
  const list = <T>(from: Record<string, unknown>, name: string) => (from[name] ?? []) as T[];
  const layers = [...list<Record<string, unknown>>(fields, 'layer'), ...list<Record<string, unknown>>(fields, 'layers').map((one) => ({ ...one, type: list<string>(one, 'type').map(modern) }))].filter(deployed);
  const shapes = list<{ dim: number[] }>(fields, 'input_shape').map(({ dim }) => dim);
  const sizes = list<number>(fields, 'input_dim');
  return {
    name: list<string>(fields, 'name')[0] ?? '',
    inputs: list<string>(fields, 'input').map((name, index) => ({ name, shape: shapes[index] ?? (sizes.length >= 4 * (index + 1) ? sizes.slice(4 * index, 4 * index + 4) : undefined) })),
    layers: layers.map((one, index) => {
      const name = list<string>(one, 'name')[0] ?? `layer_${index}`;
      const type = list<string>(one, 'type')[0];
      if (!type) throw new FormatError(`${file}: the layer ${name} has no type`);
      return { name, type, bottoms: list<string>(one, 'bottom'), tops: list<string>(one, 'top'), fields: one as Fields, blobs: source ? list<Blob>(one, 'blobs').map((blob, place) => storedBlob(source, blob, `blob ${place} of ${name}`)) : [] };
    }),
  };
}

function modern(kind: string): string {
  return modernKinds[kind] ?? kind.toLowerCase().replace(/(^|_)([a-z])/g, (_match, _bar, letter: string) => letter.toUpperCase());
}

/** Whether a layer belongs to the net that is used, not only to the one that is trained. */
function deployed(fields: Record<string, unknown>): boolean {
  const phases = (name: string) => ((fields[name] ?? []) as { phase: string[] }[]).flatMap((rule) => rule.phase);
  const included = phases('include');
  return (included.length === 0 || included.includes('TEST')) && !phases('exclude').includes('TEST') && (fields.phase as string[] | undefined)?.[0] !== 'TRAIN';
}

function storedBlob(source: ByteSource, blob: Blob, what: string): StoredTensor {
  const stated = blob.shape?.dims ?? [blob.num, blob.channels, blob.height, blob.width].map((size) => size ?? 1);
  const packed = blob.data ?? blob.doubles;
  const held = packed?.ranges.reduce((sum: number, range: Range) => sum + range.length, 0) ?? 0;
  const count = held / (packed?.element === 'double' ? 8 : 4);
  if (stated.some((size) => size < 0) || elementCount(stated) !== count) throw new FormatError(`${source.name}: ${what} of shape (${stated.join(', ')}) needs ${elementCount(stated)} numbers, but the file holds ${count}`);
  const read = async () => {
    const bytes = new Uint8Array(held);
    let at = 0;
    for (const { offset, length } of packed?.ranges ?? []) {
      bytes.set(source.read(offset, length), at);
      at += length;
    }
    const { data } = tensorFromBytes(packed?.element === 'double' ? 'float64' : 'float32', stated, bytes);
    return packed?.element === 'double' ? tensorOf('float32', stated, data as Float64Array) : { dataType: 'float32' as const, shape: stated, data };
  };
  return { dataType: 'float32', shape: stated, read };
}
