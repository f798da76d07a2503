import { joined, proto, scrambled, text, truncated, type Hostile } from './damage.ts';

const { bytes, integer } = proto;

/** MXNet's `.params`: a list of arrays and a list of names. */
function params(...parts: readonly Uint8Array[]): Uint8Array {
  return joined(u64(0x112), u64(0), ...parts);
}

const u64 = (value: number | bigint) => new Uint8Array(BigUint64Array.of(BigInt.asUintN(64, BigInt(value))).buffer);
const i32 = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);
/** Of float32 on the processor; the layout's second version. */
const array = (shape: readonly (number | bigint)[], data: Uint8Array, type = 0, rank = shape.length) => joined(new Uint8Array(Uint32Array.of(0xf993fac9).buffer), i32(0, rank), ...shape.map(u64), i32(1, 0, type), data);
const name = (content: string, length = content.length) => joined(u64(length), text(content));
const four = new Uint8Array(16);

export function hostileParams(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'more arrays than bytes': params(u64(2 ** 50), array([4], four)),
    'a number of arrays below zero': params(u64(-1n)),
    'fewer names than arrays': params(u64(2), array([4], four), array([4], four), u64(1), name('arg:a')),
    'more names than arrays': params(u64(1), array([4], four), u64(9), name('arg:a')),
    'a name longer than the file': params(u64(1), array([4], four), u64(1), name('arg:a', 2 ** 40)),
    'an array of a thousand axes': params(u64(1), array(Array.from({ length: 1000 }, () => 1), four), u64(1), name('a')),
    'an array of two thousand million axes': params(u64(1), array([], four, 0, 2 ** 31 - 1), u64(1), name('a')),
    'an array of minus five axes': params(u64(1), array([], four, 0, -5), u64(1), name('a')),
    'a gigantic shape': params(u64(1), array([2n ** 40n, 2n ** 40n], four), u64(1), name('a')),
    'a negative shape': params(u64(1), array([-4n], four), u64(1), name('a')),
    'two negative sizes': params(u64(1), array([-2n, -2n], four), u64(1), name('a')),
    'an unknown type': params(u64(1), array([4], four, 99), u64(1), name('a')),
    'a negative type': params(u64(1), array([4], four, -1), u64(1), name('a')),
    'fewer elements than stated': params(u64(1), array([5], four)),
    'another beginning': text('this is no file of parameters, but long enough for a header'),
    'a header alone': params(),
  };
  return [...Object.entries(files).map(([what, content]) => ({ what, bytes: content })), ...truncated(good), ...scrambled(good, 5)];
}

interface SymbolNode { op: string; name: string; inputs: unknown; attrs?: object }
const symbol = (nodes: readonly unknown[], heads: unknown = [[nodes.length - 1, 0, 0]]) => text(JSON.stringify({ nodes, heads, arg_nodes: [] }));
const data: SymbolNode = { op: 'null', name: 'data', inputs: [] };
const relu = (inputs: unknown, attrs?: object): SymbolNode => ({ op: 'relu', name: 'r', inputs, ...(attrs ? { attrs } : {}) });

export function hostileSymbol(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'a node that takes itself': symbol([data, relu([[1, 0, 0]])]),
    'two nodes that take one another': symbol([data, relu([[2, 0, 0]]), { op: 'relu', name: 's', inputs: [[1, 0, 0]] }]),
    'a node that is not there': symbol([data, relu([[7, 0, 0]])]),
    'an output that is not there': symbol([data, relu([[0, 5, 0]])]),
    'a negative node': symbol([data, relu([[-1, 0, 0]])]),
    'an input that is text': symbol([data, relu(['data'])]),
    'inputs that are no list': symbol([data, relu({ length: 1e9 })]),
    'a head that is not there': symbol([data, relu([[0, 0, 0]])], [[9, 0, 0]]),
    'no heads': symbol([data, relu([[0, 0, 0]])], []),
    'heads that are text': symbol([data], 'all'),
    'a node without a name': symbol([{ op: 'null', inputs: [] }]),
    'a node without an operator': symbol([{ name: 'a', inputs: [] }]),
    'a node that is null': symbol([null]),
    'a kernel that is text': symbol([data, { op: 'Convolution', name: 'c', inputs: [[0, 0, 0], [0, 0, 0]], attrs: { kernel: '(three, 3)', num_filter: '4' } }]),
    'a split into two thousand million parts': symbol([data, { op: 'SliceChannel', name: 's', inputs: [[0, 0, 0]], attrs: { num_outputs: '2000000000' } }]),
    'a split into fewer parts than none': symbol([data, { op: 'SliceChannel', name: 's', inputs: [[0, 0, 0]], attrs: { num_outputs: '-3' } }]),
    'parts of a fraction': symbol([data, { op: 'SliceChannel', name: 's', inputs: [[0, 0, 0]], attrs: { num_outputs: '2.5' } }]),
    'no list of nodes': text('{"nodes": {"0": 1}, "heads": []}'),
    'a list': text('[]'),
    'null': text('null'),
    'another JSON': text('{"name": "a package", "version": "1.0.0"}'),
    'brackets, a hundred thousand deep': text('['.repeat(100_000)),
    'no JSON': text('net = gluon.nn.Dense(3)'),
  };
  return [
    ...Object.entries(files).map(([what, content]) => ({ what, bytes: content })),
    { what: 'a parameter named __proto__', bytes: symbol([data, relu([[0, 0, 0]], JSON.parse('{"__proto__": "1"}') as object)]), mayOpen: true },
    ...truncated(good), ...scrambled(good, 6),
  ];
}

const layer = (content: string) => text(`layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 2 dim: 3 dim: 3 } } }\n${content}`);

export function hostilePrototxt(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'messages, ten thousand deep': text('layer {'.repeat(10_000)),
    'a message that is not closed': text('layer { name: "a"'),
    'a message that is closed twice': text('name: "a" } }'),
    'a text that is not closed': text('name: "a'),
    'a field without a value': text('name:'),
    'a value without a field': text(': "a"'),
    'a layer without a type': text('layer { name: "a" }'),
    'a layer that takes what nothing makes': layer('layer { name: "r" type: "ReLU" bottom: "nothing" top: "r" }'),
    'a layer that takes itself': layer('layer { name: "r" type: "ReLU" bottom: "r" top: "r" }'),
    'no layers': text('name: "empty"'),
    'nothing but data': layer(''),
    'a size that is text': layer('layer { name: "c" type: "Convolution" bottom: "data" top: "c" convolution_param { num_output: many kernel_size: 3 } }'),
    'a window larger than the input': layer('layer { name: "c" type: "Pooling" bottom: "data" top: "c" pooling_param { kernel_size: 1000000 } }'),
    'a message where a number stands': layer('layer { name: "c" type: "Pooling" bottom: "data" top: "c" pooling_param { kernel_size { a: 1 } } }'),
    'a number where a message stands': layer('layer { name: "c" type: "Pooling" bottom: "data" top: "c" pooling_param: 3 }'),
    'a reshape that does not fit': layer('layer { name: "c" type: "Reshape" bottom: "data" top: "c" reshape_param { shape { dim: 7 dim: -1 } } }'),
    'another language': text('import caffe\nnet = caffe.Net("deploy.prototxt")\n'),
    'bytes': Uint8Array.from({ length: 200 }, (_, index) => (index * 37) & 0xff),
    'nothing but blanks': text(' \n\t '),
    'nothing but a comment': text('# layer { }'),
  };
  const end = good.length;
  return [
    ...Object.entries(files).map(([what, content]) => ({ what, bytes: content })),
    // text that is cut between two layers is a shorter net
    ...truncated(good, 20, (length) => length < end && /^[^{}]*(\{([^{}]|\{([^{}]|\{[^{}]*\})*\})*\}[^{}]*)*$/.test(new TextDecoder().decode(good.subarray(0, length)))), ...scrambled(good, 7),
  ];
}

const blob = (dims: readonly (number | bigint)[], data = four) => bytes(7, joined(bytes(7, bytes(1, joined(...dims.map((size) => proto.varint(size))))), bytes(5, data)));
const net = (...blobs: Uint8Array[]) => bytes(100, joined(bytes(1, 'ip'), bytes(2, 'InnerProduct'), bytes(3, 'data'), bytes(4, 'ip'), ...blobs));

export function hostileCaffemodel(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'fewer numbers than stated': net(blob([2, 4])),
    'more numbers than stated': net(blob([2])),
    'a gigantic shape': net(blob([2n ** 40n, 2n ** 40n])),
    'a negative shape': net(blob([-2n, -2n])),
    'numbers that do not end': net(blob([4], new Uint8Array(15))),
    'a layer without a type': bytes(100, bytes(1, 'ip')),
    'no layers': bytes(1, 'empty'),
    'a length behind the end': joined(proto.varint((100 << 3) | 2), proto.varint(2 ** 31), good),
    'a field of wire type 4': joined([0x0c], good),
    'a field without a number': joined([0x00], good),
    'a number of eleven bytes': joined([0x08], Array.from({ length: 11 }, () => 0xff), good),
    'a text as a number': joined(integer(1, 3), good),
    'a web page': text('<!doctype html><html><body>404</body></html>'),
    'its own text': text('name: "net"\nlayer { name: "a" type: "ReLU" }'),
  };
  return [...Object.entries(files).map(([what, content]) => ({ what, bytes: content })), ...truncated(good), ...scrambled(good, 8)];
}
