/**
 * How long a file of 500 MB takes to open and how much memory: safetensors and ONNX, made on the spot.
 *   npx esbuild test/bench/open-large.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/open-large.mjs && node dist/open-large.mjs
 */
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel } from '../../graph/onnx/encode.ts';
import { openCheckpoint, openOnnx } from '../../runtime/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerscope-bench-'));
const layers = 125;
const width = 1000;
const bytes = width * width * 4;

/** The header, then a hole of the weights' size. */
function safetensors(path: string): void {
  const entries = Array.from({ length: layers }, (_, index) => [`layer${index}.weight`, { dtype: 'F32', shape: [width, width], data_offsets: [index * bytes, (index + 1) * bytes] }]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([length, header]));
  ftruncateSync(file, 8 + header.length + layers * bytes);
  closeSync(file);
}

/** A chain of matrix products with all weights inside the file. */
function onnx(path: string): void {
  const type = (name: string) => ({ name, dataType: 'float32' as const, shape: [1, width] });
  const data = new Float32Array(width * width);
  const model = encodeModel({
    name: 'large', inputs: [type('x0')], outputs: [type(`x${layers}`)],
    nodes: Array.from({ length: layers }, (_, index) => ({ type: 'MatMul', domain: '', name: `m${index}`, inputs: [`x${index}`, `w${index}`], outputs: [`x${index + 1}`], attributes: {} })),
    initializers: Array.from({ length: layers }, (_, index) => ({ name: `w${index}`, dataType: 'float32', shape: [width, width], data })),
  });
  const file = openSync(path, 'w');
  writeSync(file, model);
  closeSync(file);
}

const which = process.argv[2];
if (which === 'make') {
  safetensors(process.argv[3]);
  onnx(process.argv[4]);
} else {
  const { execFileSync } = await import('node:child_process');
  const paths = [join(folder, 'large.safetensors'), join(folder, 'large.onnx')];
  // in a process of its own, whose memory does not count
  execFileSync(process.execPath, [process.argv[1], 'make', ...paths]);
  const measure = async (name: string, open: () => Promise<number> | number) => {
    const start = performance.now();
    const count = await open();
    console.log(`${name}: ${count} tensors in ${Math.round(performance.now() - start)} ms, ${Math.round(process.memoryUsage().rss / 1e6)} MB of memory in all`);
  };
  await measure('safetensors', async () => (await openCheckpoint(paths[0])).entries.size);
  await measure('ONNX', () => openOnnx(paths[1]).weights.size);
}
rmSync(folder, { recursive: true });
