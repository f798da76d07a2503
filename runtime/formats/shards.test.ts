import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from './open.ts';

const scratch = mkdtempSync(join(tmpdir(), 'layerscope-shards-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A safetensors file of float32 vectors. */
function safetensors(tensors: Readonly<Record<string, readonly number[]>>): Uint8Array {
  let end = 0;
  const header = JSON.stringify(Object.fromEntries(Object.entries(tensors).map(([name, data]) => [name, { dtype: 'F32', shape: [data.length], data_offsets: [end, end += 4 * data.length] }])));
  const bytes = new Uint8Array(8 + header.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(new Uint8Array(Float32Array.from(Object.values(tensors).flat()).buffer), 8 + header.length);
  return bytes;
}

function folder(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  const path = join(scratch, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

const index = (map: unknown): string => JSON.stringify({ metadata: {}, weight_map: map });

describe('weights in several files', () => {
  test('are one checkpoint by their index, by the folder too', async () => {
    const path = folder('whole', {
      'model-1.safetensors': safetensors({ 'a.weight': [1, 2], unlisted: [9] }), 'model-2.safetensors': safetensors({ 'b.weight': [3] }),
      'model.safetensors.index.json': index({ 'b.weight': 'model-2.safetensors', 'a.weight': 'model-1.safetensors' }),
    });
    for (const given of [path, join(path, 'model.safetensors.index.json')]) {
      const { entries, format, close } = await openCheckpoint(given);
      expect([format, [...entries.keys()]]).toEqual(['safetensors', ['b.weight', 'a.weight']]);
      expect((await entries.get('a.weight')!.read()).data).toEqual(Float32Array.of(1, 2));
      expect((await entries.get('b.weight')!.read()).data).toEqual(Float32Array.of(3));
      close();
    }
  });

  test.each([
    ['no JSON', '{', 'is no JSON'],
    ['no map', '{"metadata": {}}', 'it has no weight_map'],
    ['a list', '[]', 'it has no weight_map'],
    ['an empty map', index({}), 'lists no tensors'],
    ['a number for a file', index({ a: 3 }), "names no file for the tensor 'a'"],
    ['a file above', index({ a: '../other.safetensors' }), 'refused'],
    ['an absolute path', index({ a: '/etc/passwd' }), 'refused'],
    ['a path with backslashes', index({ a: '..\\x.safetensors' }), 'refused'],
    ['itself', index({ a: 'model.safetensors.index.json' }), 'refused'],
    ['a file that is missing', index({ a: 'gone.safetensors' }), 'there is no such file'],
    ['a file without the tensor', index({ a: 'model-1.safetensors' }), "holds the tensor 'a', but it does not"],
    ['a truncated file', index({ b: 'short.safetensors' }), 'short.safetensors'],
  ])('an index with %s is refused', async (name, text, message) => {
    const whole = safetensors({ b: [1, 2, 3] });
    const path = folder(`bad ${name.replaceAll(' ', '-')}`, { 'model-1.safetensors': whole, 'short.safetensors': whole.subarray(0, whole.length - 4), 'model.safetensors.index.json': text });
    await expect(openCheckpoint(path)).rejects.toThrow(message);
  });

  test('a folder without weights says what is looked for', async () => {
    await expect(openCheckpoint(folder('none', { 'readme.txt': 'no' }))).rejects.toThrow('model.safetensors.index.json');
  });
});
