import { joined, proto, scrambled, text, truncated, type Hostile } from './damage.ts';

const { bytes, integer } = proto;
const none = new Uint8Array(0);

interface Node { type: string; inputs: string[]; outputs: string[]; attributes?: Uint8Array[] }
const node = ({ type, inputs, outputs, attributes = [] }: Node) => bytes(1, joined(...inputs.map((one) => bytes(1, one)), ...outputs.map((one) => bytes(2, one)), bytes(4, type), ...attributes.map((one) => bytes(5, one))));
const tensor = (name: string, dims: readonly (number | bigint)[], raw: Uint8Array | undefined, extra: Uint8Array = none) => bytes(5, joined(...dims.map((size) => integer(1, size)), integer(2, 1), bytes(8, name), ...(raw ? [bytes(9, raw)] : []), extra));
const external = (location: string, entries: Readonly<Record<string, string>> = {}) => joined(integer(14, 1), ...Object.entries({ location, ...entries }).map(([key, value]) => bytes(13, joined(bytes(1, key), bytes(2, value)))));
const value = (field: number, name: string, dims: readonly number[]) => bytes(field, joined(bytes(1, name), bytes(2, bytes(1, joined(integer(1, 1), bytes(2, joined(...dims.map((size) => bytes(1, integer(1, size))))))))));
const model = (...graph: Uint8Array[]) => joined(integer(1, 8), bytes(8, integer(2, 17)), bytes(7, joined(...graph, bytes(2, 'g'))));
const x = value(11, 'x', [1, 4]);
const y = value(12, 'y', [1, 4]);
const identity = node({ type: 'Identity', inputs: ['x'], outputs: ['y'] });
/** A model whose one weight is this tensor. */
const weighted = (weight: Uint8Array) => model(weight, node({ type: 'Add', inputs: ['x', 'w'], outputs: ['y'] }), x, y);
const integers = (name: string, values: readonly bigint[]) => bytes(5, joined(integer(1, values.length), integer(2, 7), bytes(8, name), bytes(9, new Uint8Array(BigInt64Array.from(values).buffer))));

function nested(depth: number): Uint8Array {
  let inner = node({ type: 'Identity', inputs: ['x'], outputs: ['y'] });
  for (let level = 0; level < depth; level++) inner = node({ type: 'If', inputs: ['x'], outputs: ['y'], attributes: [joined(bytes(1, 'then_branch'), bytes(6, inner))] });
  return inner;
}

/** Models that hold what no model should. */
export function hostileOnnx(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'two nodes that take one another': model(node({ type: 'Relu', inputs: ['b'], outputs: ['a'] }), node({ type: 'Relu', inputs: ['a'], outputs: ['b'] }), x, value(12, 'b', [1, 4])),
    'a node that takes itself': model(node({ type: 'Add', inputs: ['x', 'y'], outputs: ['y'] }), x, y),
    'a tensor that nothing makes': model(node({ type: 'Relu', inputs: ['nothing'], outputs: ['y'] }), x, y),
    'an output that nothing makes': model(identity, x, value(12, 'z', [1])),
    'two tensors of one name': model(identity, node({ type: 'Relu', inputs: ['x'], outputs: ['y'] }), x, y),
    'no operator set': bytes(7, joined(identity, x, y)),
    'no graph': joined(integer(1, 8), bytes(8, integer(2, 17))),
    'an operator set of the first days': joined(integer(1, 3), bytes(8, integer(2, 1)), bytes(7, joined(identity, x, y))),
    'a weight with fewer bytes than elements': weighted(tensor('w', [1, 4], new Uint8Array(12))),
    'a weight with more bytes than elements': weighted(tensor('w', [1, 4], new Uint8Array(20))),
    'a weight of a negative size': weighted(tensor('w', [1, -4n], new Uint8Array(16))),
    'a weight of a gigantic size': weighted(tensor('w', [2n ** 40n, 2n ** 40n], new Uint8Array(16))),
    'a weight whose size overflows to zero': weighted(tensor('w', [2n ** 32n, 2n ** 32n], none)),
    'a weight without elements': weighted(tensor('w', [1, 4], undefined)),
    'a weight of an unknown type': weighted(bytes(5, joined(integer(1, 4), integer(2, 99), bytes(8, 'w'), bytes(9, new Uint8Array(16))))),
    'weights above its folder': weighted(tensor('w', [1, 4], undefined, external('../../../../etc/passwd'))),
    'weights at an absolute place': weighted(tensor('w', [1, 4], undefined, external('/etc/passwd'))),
    'weights behind a link out of its folder': weighted(tensor('w', [1, 4], undefined, external('link.bin'))),
    'weights in its own folder': weighted(tensor('w', [1, 4], undefined, external('.'))),
    'weights in a file that is not there': weighted(tensor('w', [1, 4], undefined, external('nothing.bin'))),
    'weights at a negative place': weighted(tensor('w', [1, 4], undefined, external('beside.bin', { offset: '-8' }))),
    'weights behind the end of their file': weighted(tensor('w', [1, 4], undefined, external('beside.bin', { offset: '99999999' }))),
    'weights of a length that is no number': weighted(tensor('w', [1, 4], undefined, external('beside.bin', { length: 'all' }))),
    'weights without a place': weighted(tensor('w', [1, 4], undefined, external(''))),
    'a place with a zero byte': weighted(tensor('w', [1, 4], undefined, external('beside.bin\u0000.txt'))),
    'graphs in graphs, a thousand deep': model(nested(1000), x, y),
    'a field of wire type 3': joined([0x0b], good),
    'a field without a number': joined([0x00], good),
    'a number of eleven bytes': joined([0x08], Array.from({ length: 11 }, () => 0xff), good),
    'a length behind the end': joined(proto.varint((7 << 3) | 2), proto.varint(2 ** 31), good),
    'inputs that do not fit': model(tensor('w', [3], new Uint8Array(12)), node({ type: 'Add', inputs: ['x', 'w'], outputs: ['y'] }), x, y),
    'a sparse weight that is made dense': model(bytes(15, joined(bytes(1, joined(integer(1, 1), integer(2, 1), bytes(8, 'w'), bytes(9, new Uint8Array(4)))), bytes(2, joined(integer(1, 1), integer(2, 7), bytes(9, new Uint8Array(8)))), integer(3, 2 ** 28))), node({ type: 'Add', inputs: ['x', 'w'], outputs: ['y'] }), x, y),
    'a sparse element outside of its shape': model(bytes(15, joined(bytes(1, joined(integer(1, 1), integer(2, 1), bytes(8, 'w'), bytes(9, new Uint8Array(4)))), bytes(2, joined(integer(1, 1), integer(2, 7), bytes(9, new Uint8Array(BigInt64Array.of(77n).buffer)))), integer(3, 4))), node({ type: 'Add', inputs: ['x', 'w'], outputs: ['y'] }), x, y),
    'a web page': text('<!doctype html><html><body>404</body></html>'),
    'a pointer of Git LFS': text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
  };
  // these hold nothing wrong, but would be gigantic if anybody made them
  const growing: Record<string, Uint8Array> = {
    'a constant of a terabyte': model(integers('n', [2n ** 40n]), node({ type: 'ConstantOfShape', inputs: ['n'], outputs: ['c'] }), node({ type: 'Add', inputs: ['x', 'c'], outputs: ['y'] }), x, y),
    'a range of a trillion': model(integers('from', [0n]), integers('to', [10n ** 12n]), integers('by', [1n]), node({ type: 'Range', inputs: ['from', 'to', 'by'], outputs: ['c'] }), node({ type: 'Identity', inputs: ['c'], outputs: ['y'] }), x, y),
    'a constant that doubles forty times': model(integers('c0', [1n, 2n]), ...Array.from({ length: 40 }, (_, level) => node({ type: 'Concat', inputs: [`c${level}`, `c${level}`], outputs: [`c${level + 1}`], attributes: [joined(bytes(1, 'axis'), integer(3, 0), integer(20, 2))] })), node({ type: 'Identity', inputs: ['c40'], outputs: ['y'] }), x, y),
    'a tile of a billion': model(integers('n', [1n, 2n ** 30n]), node({ type: 'Tile', inputs: ['x', 'n'], outputs: ['y'] }), x, y),
  };
  const beside = { 'beside.bin': new Uint8Array(64) };
  return [
    ...Object.entries(files).map(([what, content]) => ({ what, bytes: content, beside })),
    ...Object.entries(growing).map(([what, content]) => ({ what, bytes: content, mayOpen: true })),
    ...truncated(good), ...scrambled(good, 1),
  ];
}
