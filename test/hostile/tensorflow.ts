import { joined, proto, scrambled, text, truncated, type Hostile } from './damage.ts';

const { bytes, integer } = proto;
const attribute = (key: string, value: Uint8Array) => bytes(5, joined(bytes(1, key), bytes(2, value)));
const node = (name: string, op: string, inputs: readonly string[], ...attributes: Uint8Array[]) => bytes(1, joined(bytes(1, name), bytes(2, op), ...inputs.map((one) => bytes(3, one)), ...attributes));
const placeholder = node('x', 'Placeholder', [], attribute('dtype', integer(6, 1)), attribute('shape', bytes(7, joined(bytes(2, integer(1, 1)), bytes(2, integer(1, 4))))));
const constant = (dims: readonly (number | bigint)[], content: Uint8Array, type = 1) => node('w', 'Const', [], attribute('value', bytes(8, joined(integer(1, type), bytes(2, joined(...dims.map((size) => bytes(2, integer(1, size))))), bytes(4, content)))));
const sum = node('y', 'AddV2', ['x', 'w']);
const sixteen = new Uint8Array(16);
const call = (name: string) => node('y', 'PartitionedCall', ['x'], attribute('f', bytes(10, bytes(1, name))));
/** A function that calls itself. */
const recursive = bytes(2, bytes(1, joined(bytes(1, joined(bytes(1, 'f'), bytes(2, bytes(1, 'a')), bytes(3, bytes(1, 'r')))), bytes(3, joined(bytes(1, 'again'), bytes(2, 'PartitionedCall'), bytes(3, 'a'), attribute('f', bytes(10, bytes(1, 'f'))))), bytes(4, joined(bytes(1, 'r'), bytes(2, 'again:output:0'))))));

export function hostileFrozen(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'two nodes that take one another': joined(placeholder, node('a', 'Relu', ['b']), node('b', 'Relu', ['a']), node('y', 'Relu', ['a'])),
    'a node that takes itself': joined(placeholder, node('a', 'AddV2', ['x', 'a']), node('y', 'Relu', ['a'])),
    'a tensor that nothing makes': joined(placeholder, node('y', 'Relu', ['nothing'])),
    'an output that is not there': joined(placeholder, node('y', 'Relu', ['x:7'])),
    'a function that is not there': joined(placeholder, call('nothing')),
    'a function that calls itself': joined(placeholder, call('f'), recursive),
    'a constant without a value': joined(placeholder, node('w', 'Const', []), sum),
    'a constant with fewer bytes than elements': joined(placeholder, constant([5], sixteen), sum),
    'a constant with more bytes than elements': joined(placeholder, constant([3], sixteen), sum),
    'a constant of a gigantic shape': joined(placeholder, constant([2n ** 40n, 2n ** 40n], sixteen), sum),
    'a constant of a negative shape': joined(placeholder, constant([-4n], sixteen), sum),
    'a constant of an unknown type': joined(placeholder, constant([4], sixteen, 99), sum),
    'inputs that do not fit': joined(placeholder, constant([3], new Uint8Array(12)), sum),
    'a node without an operator': joined(placeholder, bytes(1, bytes(1, 'y'))),
    'a node without a name': joined(placeholder, bytes(1, bytes(2, 'Relu'))),
    'nothing but an input': placeholder,
    'a length behind the end': joined(proto.varint((1 << 3) | 2), proto.varint(2 ** 31), good),
    'a field of wire type 3': joined([0x0b], good),
    'a web page': text('<!doctype html><html><body>404</body></html>'),
    'a constant that states two gigabytes of one number': joined(placeholder, node('w', 'Const', [], attribute('value', bytes(8, joined(integer(1, 1), bytes(2, bytes(2, integer(1, 2 ** 31 + 1))), bytes(5, new Uint8Array(4)))))), sum),
  };
  return [
    ...Object.entries(files).map(([what, content]) => ({ what, bytes: content })),
    // nodes in front of a cut may make a smaller graph of their own
    ...truncated(good, 20).map((one) => ({ ...one, mayOpen: true })), ...scrambled(good, 9),
  ];
}

/** A flatbuffer with the number at a place replaced. */
function patched(good: Uint8Array, place: number, value: number): Uint8Array {
  const changed = Uint8Array.from(good);
  new DataView(changed.buffer).setInt32(place, value, true);
  return changed;
}

export function hostileTflite(good: Uint8Array): Hostile[] {
  const view = new DataView(good.buffer, good.byteOffset, good.byteLength);
  const root = view.getUint32(0, true);
  const files: Record<string, Uint8Array> = {
    'another beginning': joined(good.subarray(0, 4), text('TFL9'), good.subarray(8)),
    'a root behind the end': patched(good, 0, 0x7fffffff),
    'a root in front of the beginning': patched(good, 0, -8),
    'a root in the header': patched(good, 0, 0),
    'a table of fields behind the end': patched(good, root, -0x7fffffff),
    'a table of fields in front of the beginning': patched(good, root, 0x7fffffff),
    'a web page': text('<!doctype html><html><body>404</body></html>'),
    'zeros': new Uint8Array(1000),
    'ones': new Uint8Array(1000).fill(0xff),
    'a header alone': joined([28, 0, 0, 0], text('TFL3')),
  };
  // each word in turn as large and as small as it can be: offsets, lengths and numbers of every table
  const words = Array.from({ length: 60 }, (_, index) => 8 + 4 * Math.floor((index * (good.length - 16)) / 240));
  return [
    ...Object.entries(files).map(([what, content]) => ({ what, bytes: content })),
    ...words.map((place, index) => ({ what: `the word at ${place} made ${index % 2 ? 'negative' : 'huge'}`, bytes: patched(good, place, index % 2 ? -1 : 0x7ffffff0), mayOpen: true })),
    // tensors' names and the buffers' ends stand at the end
    ...truncated(good).map((one, index) => ({ ...one, mayOpen: index > 12 })), ...scrambled(good, 10),
  ];
}
