import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { architectureOf, CheckpointError, isModelFile, openCheckpoint, openModelFile } from '../../runtime/index.ts';
import { hostileNpy, hostileNpz, hostileSafetensors } from './arrays.ts';
import type { Hostile } from './damage.ts';
import { hostileConfigurations, hostileHdf5, hostileKeras } from './keras.ts';
import { hostileCaffemodel, hostileParams, hostilePrototxt, hostileSymbol } from './nets.ts';
import { hostileOnnx } from './onnx.ts';
import { hostileLegacy, hostileTorch } from './pickles.ts';
import { dataFile, hostileSavedModel } from './saved-model.ts';
import { hostileFrozen, hostileTflite } from './tensorflow.ts';

/** For each file, of processor time; of memory, for all files of a format together. */
const SECONDS = 1;
const BYTES = 500e6;

const golden = new URL('../golden/runtime/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, golden)));
const json = (name: string) => JSON.parse(readFileSync(new URL(name, golden), 'utf8')) as never;
const mxnet = json('mxnet.json') as { models: Record<string, { symbol: object; params: string }> };
const caffe = json('caffe.json') as Record<string, { text: string; weights: string }>;
const hdf5 = Object.fromEntries(Object.entries(json('hostile_hdf5.json') as Record<string, string>).map(([what, bytes]) => [what, new Uint8Array(Buffer.from(bytes, 'base64'))]));
/** A file of a SavedModel that Keras 3 wrote. */
const { files: savedFiles } = (JSON.parse(readFileSync(new URL('../golden/tf-features.json', import.meta.url), 'utf8')) as { cases: { files: Record<string, string> }[] }).cases[0];
const saved = (name: string): Uint8Array => new Uint8Array(Buffer.from(savedFiles[name], 'base64'));
const params = new Uint8Array(Buffer.from(mxnet.models.lenet.params, 'base64'));
const caffemodel = new Uint8Array(Buffer.from(caffe.lenet.weights, 'base64'));
const prototxt = new TextEncoder().encode(caffe.lenet.text);
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
const harm = join(scratch, 'harm');

interface Format {
  /** The file that is damaged, in a folder of its own. */
  readonly name: string;
  /** What is opened, where that is another file of the folder. */
  readonly opens?: string;
  readonly files: () => Hostile[];
  readonly beside?: Readonly<Record<string, Uint8Array>>;
}

const formats: Readonly<Record<string, Format>> = {
  'ONNX': { name: 'x.onnx', files: () => hostileOnnx(read('checkpoints/external.onnx')), beside: { 'external.bin': read('checkpoints/external.bin') } },
  'Keras .keras': { name: 'x.keras', files: () => hostileKeras(read('checkpoints/small.keras')) },
  'Keras .h5': { name: 'x.h5', files: () => hostileHdf5(read('checkpoints/small.h5'), hdf5, 21) },
  'Keras .weights.h5': { name: 'x.weights.h5', files: () => hostileHdf5(read('checkpoints/small.weights.h5'), hdf5, 22) },
  'PyTorch .pt': { name: 'x.pt', files: () => hostileTorch(read('checkpoints/state.pt'), harm) },
  'PyTorch, legacy': { name: 'x.pth', files: () => hostileLegacy(read('checkpoints/legacy.pt'), harm) },
  'safetensors': { name: 'x.safetensors', files: () => hostileSafetensors(read('checkpoints/views.safetensors')) },
  'npz': { name: 'x.npz', files: () => hostileNpz(read('checkpoints/arrays.npz')) },
  'npy': { name: 'x.npy', files: () => hostileNpy(read('checkpoints/rows.npy')) },
  'TFLite': { name: 'x.tflite', files: () => hostileTflite(read('tensorflow/dense.tflite')) },
  'frozen graph': { name: 'x.pb', files: () => hostileFrozen(read('tensorflow/dense.pb')) },
  'SavedModel': {
    name: 'variables/variables.index', opens: 'saved_model.pb',
    files: () => hostileSavedModel(saved('variables/variables.index'), saved(dataFile), ['_layers/1/_kernel', '_layers/1/bias', '_layers/2/_kernel', '_layers/2/bias'].map((key) => `${key}/.ATTRIBUTES/VARIABLE_VALUE`), 92),
    beside: { 'saved_model.pb': saved('saved_model.pb'), [dataFile]: saved(dataFile) },
  },
  'MXNet symbol': { name: 'x-symbol.json', files: () => hostileSymbol(new TextEncoder().encode(JSON.stringify(mxnet.models.lenet.symbol))), beside: { 'x-0000.params': params } },
  'MXNet .params': { name: 'x.params', files: () => hostileParams(params) },
  'Caffe .prototxt': { name: 'x.prototxt', files: () => hostilePrototxt(prototxt), beside: { 'x.caffemodel': caffemodel } },
  'Caffe .caffemodel': { name: 'x.caffemodel', files: () => hostileCaffemodel(caffemodel), beside: { 'x.prototxt': prototxt } },
};

beforeAll(async () => {
  // libraries are loaded once, however hostile the file is
  await openCheckpoint(new URL('checkpoints/small.h5', golden).pathname).then(({ close }) => close());
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Reads all that a file holds; the error, where there is one. */
async function open(path: string): Promise<unknown> {
  try {
    const { weights, close } = isModelFile(path) ? await openModelFile(path) : await openCheckpoint(path).then((checkpoint) => ({ weights: checkpoint.entries, close: () => checkpoint.close() }));
    try {
      for (const weight of weights.values()) await weight.read();
    } finally {
      close();
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(formats))('%s', (_format, { name, opens = name, files, beside = {} }) => {
  test('each hostile file ends in one clear sentence, within its time and memory, and does nothing', { timeout: 300_000 }, async () => {
    const list = files();
    expect(list.filter(({ mayOpen }) => !mayOpen).length + list.filter(({ mayOpen }) => mayOpen).length).toBeGreaterThanOrEqual(30);
    const memory = process.resourceUsage().maxRSS * 1024;
    const slow: string[] = [];
    for (const [index, { what, bytes, beside: own = {}, mayOpen }] of list.entries()) {
      const folder = join(scratch, `${basename(name)}-${index}`);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      for (const [other, content] of Object.entries({ ...beside, ...own })) writeFileSync(join(folder, other), content);
      if (own['beside.bin']) symlinkSync('/etc/passwd', join(folder, 'link.bin'));
      writeFileSync(join(folder, name), bytes);
      const before = readdirSync(folder, { recursive: true }).sort();
      const started = process.cpuUsage();
      const error = await open(join(folder, opens));
      const { user, system } = process.cpuUsage(started);
      if (user + system > SECONDS * 1e6) slow.push(`${what}: ${(user + system) / 1e6} s`);
      expect(readdirSync(folder, { recursive: true }).sort(), what).toEqual(before);
      expect(existsSync(harm), what).toBe(false);
      if (error === undefined) expect(mayOpen, `${what} was read as if nothing were wrong`).toBe(true);
      else {
        expect(error, `${what}: ${error instanceof Error ? error.stack : ''}`).toSatisfy((one) => one instanceof CheckpointError || (one as Error).name === 'FormatError' || one instanceof RangeError);
        expect((error as Error).message, what).not.toMatch(/\n|undefined|\[object|is not a function|Cannot read|at .*\.ts:|null \(/);
        expect((error as Error).message.length, what).toBeLessThan(600);
      }
      rmSync(folder, { recursive: true });
    }
    expect(slow).toEqual([]);
    expect(process.resourceUsage().maxRSS * 1024 - memory).toBeLessThan(BYTES);
  });
});

test.each(Object.entries(hostileConfigurations))('a configuration of Keras with %s is no program', (_what, configuration) => {
  const checkpoint = { path: 'x.keras', format: 'keras' as const, entries: new Map(), configuration, remarks: [], close: () => undefined };
  const architecture = architectureOf(checkpoint, 'x.keras');
  expect(architecture).toMatchObject({ kind: 'none', reason: expect.stringMatching(/^x\.keras/) });
});
