/**
 * Graph mode against eager mode, and against other runtimes on the same graph, weights and threads, side by side in one run:
 * - the survey's network (inputs 512, layers of 256, 128 and 2, batch 1) over 1,000 passes, with MXNet's two modes beside it;
 * - a model file, against Python's ONNX Runtime.
 *
 *   npx esbuild test/bench/modes.ts --bundle --platform=node --format=esm --packages=external --outfile=test/output/modes.mjs
 *   node test/output/modes.mjs [MODEL.onnx]
 *
 * LAYERSCOPE_MXNET is a Python with mxnet 1.9.1, LAYERSCOPE_PYTHON one with onnxruntime; what is not stated is left out.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel } from '../../graph/onnx/encode.ts';
import type { NamedNode } from '../../graph/onnx/upgrade.ts';
import { readOnnx, tensorOf, type LayerGraph, type Tensor, type Weights } from '../../graph/index.ts';
import { createSession, generator, openModelFile, type SessionOptions } from '../../runtime/index.ts';

const PASSES = 1_000;
const THREADS = 1;
const oracle = fileURLToPath(new URL('../oracle/modes.py', import.meta.url));

/** Processor time of a pass in milliseconds; the machine may be busy with other things. The first tenth is left out. */
async function time(graph: LayerGraph, weights: Weights, feeds: Readonly<Record<string, Tensor>>, passes: number, options: SessionOptions): Promise<number> {
  const session = await createSession(graph, weights, { threads: THREADS, ...options });
  for (let pass = 0; pass < passes / 10; pass++) await session.run(feeds);
  const start = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) await session.run(feeds);
  const { user, system } = process.cpuUsage(start);
  await session.close();
  return (user + system) / 1000 / passes;
}

/** Dense layers with ReLU between them. */
function network(sizes: readonly number[]): Uint8Array {
  const next = generator(1);
  const random = (name: string, shape: readonly number[]) => ({ ...tensorOf('float32', shape, Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => 0.2 * (next() - 0.5))), name });
  const layers = sizes.slice(1).map((size, index) => ({ inner: sizes[index], size, index, last: index === sizes.length - 2 }));
  return encodeModel({
    name: 'survey', 
    nodes: layers.flatMap(({ index, last }): NamedNode[] => [
      { type: 'Gemm', domain: '', name: `dense${index}`, inputs: [index === 0 ? 'x' : `relu${index - 1}`, `w${index}`, `b${index}`], outputs: [last ? 'y' : `dense${index}`], attributes: { transB: 1 } },
      ...(last ? [] : [{ type: 'Relu', domain: '', name: `relu${index}`, inputs: [`dense${index}`], outputs: [`relu${index}`], attributes: {} }]),
    ]),
    initializers: layers.flatMap(({ index, inner, size }) => [random(`w${index}`, [size, inner]), random(`b${index}`, [size])]),
    inputs: [{ name: 'x', dataType: 'float32', shape: [1, sizes[0]] }], outputs: [{ name: 'y', dataType: 'float32', shape: [1, sizes.at(-1)!] }],
  });
}

function python(program: string | undefined, ...args: readonly string[]): Record<string, number> | undefined {
  if (program === undefined) return undefined;
  const { stdout, status, stderr } = spawnSync(program, [oracle, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
}

const survey = network([512, 256, 128, 2]);
const surveyFile = join(tmpdir(), `layerscope-survey-${process.pid}.onnx`);
writeFileSync(surveyFile, survey);
const { graph, weights } = readOnnx(survey);
const feeds = { x: tensorOf('float32', [1, 512], Float32Array.from({ length: 512 }, generator(2))) };
const rows: Record<string, string | number>[] = [];
const row = (what: string, milliseconds: number | undefined) => rows.push({ what, 'ms a pass': milliseconds === undefined ? 'not measured' : Number(milliseconds.toFixed(4)) });
for (const backend of ['fastest', 'wasm'] as const) {
  for (const mode of ['eager', 'graph'] as const) row(`survey's network, ${backend}, ${mode}`, await time(graph, weights, feeds, PASSES, { mode, backend }));
}
const mxnet = python(process.env.LAYERSCOPE_MXNET, 'mxnet', String(PASSES));
row('survey\'s network, MXNet, imperative', mxnet?.imperative);
row('survey\'s network, MXNet, hybridised', mxnet?.hybrid);
row('survey\'s network, Python\'s ONNX Runtime', python(process.env.LAYERSCOPE_PYTHON, 'onnxruntime', surveyFile, String(PASSES), String(THREADS))?.graph);

const [file] = process.argv.slice(2);
if (file) {
  const model = await openModelFile(file);
  const input = model.graph.values[model.graph.inputs[0]];
  const shape = (input.type.shape ?? []).map((size) => (typeof size === 'number' ? size : 1));
  const x = tensorOf('float32', shape, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, generator(3)));
  const passes = 20;
  for (const turn of [1, 2, 3]) {
    row(`${file.split('/').at(-1)}, graph, turn ${turn}`, await time(model.graph, model.weights, { [input.name]: x }, passes, { mode: 'graph' }));
    row(`${file.split('/').at(-1)}, Python's ONNX Runtime, turn ${turn}`, python(process.env.LAYERSCOPE_PYTHON, 'onnxruntime', file, String(passes), String(THREADS))?.graph);
  }
}
console.table(rows);
