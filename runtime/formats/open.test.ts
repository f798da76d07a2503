import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { generator } from '../initialize.ts';
import { CheckpointError } from './file.ts';
import { findWeights, openCheckpoint, openOnnx } from './open.ts';

const folder = fileURLToPath(new URL('../../test/golden/runtime/checkpoints/', import.meta.url));
interface Expected { format: string; entries: Record<string, { shape: number[]; dataType: string; data: number[] }> }
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('checkpoints hold what the libraries wrote', () => {
  test.each(Object.entries(expected))('%s', async (file, { format, entries }) => {
    const checkpoint = await openCheckpoint(join(folder, file));
    expect(checkpoint.format).toBe(format);
    expect([...checkpoint.entries.keys()].sort()).toEqual(Object.keys(entries).sort());
    for (const [name, { shape, dataType, data }] of Object.entries(entries)) {
      const stored = checkpoint.entries.get(name)!;
      expect({ name, shape: stored.shape, dataType: stored.dataType }).toEqual({ name, shape, dataType });
      const tensor = await stored.read();
      expect(tensor.data.length).toBe(shape.reduce((product, size) => product * size, 1));
      data.forEach((value, index) => expect(Number(tensor.data[index])).toBeCloseTo(value, 5));
    }
    checkpoint.close();
  });
});

describe('what is refused, and why', () => {
  const refused = (file: string) => openCheckpoint(join(folder, file)).then(() => 'opened', (error: Error) => `${error.name}: ${error.message}`);

  test('a pickle that calls is named and not executed', async () => {
    expect(await refused('hostile.pkl')).toBe('CheckpointError: hostile.pkl is refused: when loaded in Python it would call posix.system, which no checkpoint needs. Nothing was executed');
    expect(await refused('hostile.pt')).toContain('it would call __builtin__.eval');
  });

  test('a callable that is merely unknown is listed beside the weights', async () => {
    const { remarks } = await openCheckpoint(join(folder, 'strange.pt'));
    expect(remarks.join()).toContain('collections.namedtuple');
  });

  test('HDF5 data that the library would read wrongly', async () => {
    const { entries, remarks } = await openCheckpoint(join(folder, 'filters.h5'));
    expect((await entries.get('gzip')!.read()).data.slice(0, 3)).toEqual(Float32Array.of(0, 1, 2));
    expect((await entries.get('big')!.read()).data.slice(0, 3)).toEqual(Float32Array.of(0, 1, 2));
    await expect(entries.get('lzf')!.read()).rejects.toThrow(/compressed by .*lzf.* cannot be read here/);
    expect(entries.has('half')).toBe(false);
    expect(remarks).toEqual(["'half' is left out: its element type cannot be read"]);
  });

  test('files that are no checkpoints', async () => {
    const write = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(scratch, name), content);
      return openCheckpoint(join(scratch, name)).then(() => 'opened', (error: Error) => error.message);
    };
    expect(await write('empty.pt', '')).toBe('empty.pt is empty');
    expect(await write('text.h5', 'hello')).toContain('does not begin like one');
    expect(await write('notes.txt', 'hello')).toContain('of no known format');
    expect(await write('page.safetensors', '<html>0123456789')).toContain('is not a safetensors file');
    expect(await openCheckpoint(join(scratch, 'none.pt')).catch((error: Error) => error.message)).toContain('there is no such file');
  });

  test('external data outside of the model\'s folder', async () => {
    const bytes = readFileSync(join(folder, 'external.onnx'));
    writeFileSync(join(scratch, 'escape.onnx'), Buffer.from(bytes.toString('latin1').replaceAll('external.bin', '../extern.bi'), 'latin1'));
    const { weights } = openOnnx(join(scratch, 'escape.onnx'));
    await expect([...weights.values()][0].read()).rejects.toThrow('outside of its own folder: refused');
  });

  test('a zip bomb', async () => {
    const { zipSync } = await import('fflate');
    writeFileSync(join(scratch, 'bomb.npz'), zipSync({ 'array.npy': new Uint8Array(200 * 2 ** 20) }, { level: 9 }));
    await expect(openCheckpoint(join(scratch, 'bomb.npz'))).rejects.toThrow('is refused');
  });
});

describe('damaged files end in one clear sentence', () => {
  const files = Object.keys(expected).filter((file) => file !== 'external.onnx');
  const attempt = async (file: string, bytes: Uint8Array) => {
    const path = join(scratch, `damaged${extname(file) === '.h5' ? '.weights.h5' : extname(file)}`);
    writeFileSync(path, bytes);
    try {
      const checkpoint = await openCheckpoint(path);
      for (const entry of checkpoint.entries.values()) await entry.read().catch(accept);
      checkpoint.close();
    } catch (error) {
      accept(error);
    }
  };
  const accept = (error: unknown) => {
    if (!(error instanceof CheckpointError)) throw error;
    expect(error.message).not.toMatch(/\n|undefined|\bat .*\.ts/);
  };

  test.each(files)('%s, truncated', async (file) => {
    const bytes = readFileSync(join(folder, file));
    for (let part = 0; part < 20; part++) await attempt(file, bytes.subarray(0, Math.floor((bytes.length * part) / 20)));
  });

  test.each(files)('%s, with wrong bytes', async (file) => {
    const bytes = readFileSync(join(folder, file));
    const next = generator(11);
    for (let round = 0; round < 30; round++) {
      const damaged = Uint8Array.from(bytes);
      for (let change = 0; change <= round % 4; change++) damaged[Math.floor(next() * Math.min(bytes.length, round % 2 ? bytes.length : 600))] = Math.floor(next() * 256);
      await attempt(file, damaged);
    }
  });
});

test('weights beside a program have its name', () => {
  const program = join(folder, 'small.py');
  expect(findWeights(program).map((path) => path.slice(folder.length))).toEqual(['small.keras', 'small.weights.h5', 'small.h5']);
});
