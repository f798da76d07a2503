import { zipSync } from 'fflate';
import { bomb, hostileArchive } from './archives.ts';
import { joined, scrambled, text, truncated, type Hostile } from './damage.ts';

/** A .npy file of any header. */
function npy(header: string, data = new Uint8Array(16), length = header.length): Uint8Array {
  return joined([0x93], text('NUMPY'), [1, 0, length & 0xff, length >> 8], text(header), data);
}

const arrays: Readonly<Record<string, Uint8Array>> = {
  'Python objects, which only a pickle holds': npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }"),
  'a record': npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }"),
  'text': npy("{'descr': '<U8', 'fortran_order': False, 'shape': (2,), }"),
  'a type that does not exist': npy("{'descr': '<f3', 'fortran_order': False, 'shape': (2,), }"),
  'a gigantic shape': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776, 1099511627776), }"),
  'a shape that overflows to zero': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"),
  'a negative shape': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }"),
  'a shape of NaN': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (nan,), }"),
  'no shape': npy("{'descr': '<f4', 'fortran_order': False}"),
  'no type': npy("{'fortran_order': False, 'shape': (4,)}"),
  'a header that calls': npy("__import__('os').system('touch harm')"),
  'fewer elements than stated': npy("{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }"),
  'a header longer than the file': npy("{'descr': '<f4'}", undefined, 60_000),
  'another beginning': text('NUMPY is not what this is'),
};

export function hostileNpy(good: Uint8Array): Hostile[] {
  return [...Object.entries(arrays).map(([what, bytes]) => ({ what, bytes })), ...truncated(good), ...scrambled(good, 2)];
}

export function hostileNpz(good: Uint8Array): Hostile[] {
  // objects are left out with a remark, as NumPy itself does unless it is told to trust the file
  const leftOut = /objects|record|text|type/;
  return [
    ...Object.entries(arrays).map(([what, bytes]) => ({ what: `an array with ${what}`, bytes: zipSync({ 'a.npy': bytes }), mayOpen: leftOut.test(what) })),
    { what: 'a bomb', bytes: bomb('a.npy') },
    // no arrays at all are a file of arrays too
    ...hostileArchive(good, 3).map((one) => (/^an (archive|end) of/.test(one.what) ? { ...one, mayOpen: true } : one)),
  ];
}

function safetensors(header: unknown, data = new Uint8Array(16), length?: number): Uint8Array {
  const json = text(typeof header === 'string' ? header : JSON.stringify(header));
  const size = new Uint8Array(BigUint64Array.of(BigInt(length ?? json.length)).buffer);
  return joined(size, json, data);
}

const tensor = (shape: readonly unknown[], offsets: readonly unknown[], dtype: unknown = 'F32') => ({ a: { dtype, shape, data_offsets: offsets } });

export function hostileSafetensors(good: Uint8Array): Hostile[] {
  const files: Record<string, Uint8Array> = {
    'a header longer than the file': safetensors({}, undefined, 1e6),
    'a header of more bytes than there are numbers': joined(Array.from({ length: 8 }, () => 0xff), text('{}')),
    'a header that is no JSON': safetensors('{"a": '),
    'a header that is a list': safetensors([1, 2]),
    'a header that is null': safetensors('null'),
    'a tensor that is a number': safetensors({ a: 5 }),
    'a tensor that is null': safetensors('{"a": null}'),
    'a tensor without a shape': safetensors({ a: { dtype: 'F32', data_offsets: [0, 16] } }),
    'a tensor without offsets': safetensors({ a: { dtype: 'F32', shape: [4] } }),
    'offsets behind the end': safetensors(tensor([4], [1000, 1016])),
    'offsets the wrong way round': safetensors(tensor([4], [16, 0])),
    'negative offsets': safetensors(tensor([4], [-16, 0])),
    'offsets into the header': safetensors(tensor([1], [-4, 0])),
    'three offsets': safetensors(tensor([4], [0, 8, 16])),
    'fewer bytes than elements': safetensors(tensor([4], [0, 12])),
    'a gigantic shape': safetensors(tensor([2 ** 52, 2 ** 52], [0, 16])),
    'a shape that overflows': safetensors(tensor([2 ** 32, 2 ** 32], [0, 0])),
    'a negative shape': safetensors(tensor([-4], [0, 16])),
    'a shape of fractions': safetensors(tensor([1.5], [0, 6])),
    'a shape of NaN': safetensors('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}'),
    'a shape of text': safetensors(tensor(['4'], [0, 16])),
    'brackets, ten thousand deep': safetensors(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    'bytes that are no UTF-8': joined(new Uint8Array(BigUint64Array.of(4n).buffer), [0x7b, 0xff, 0xfe, 0x7d]),
    'a web page': text('<!doctype html><html><body>404 not found</body></html>'),
  };
  return [...Object.entries(files).map(([what, bytes]) => ({ what, bytes })), ...truncated(good), ...scrambled(good, 4)];
}
