// How long one CROWN pass takes on the three mnist_fc networks (all layers' bounds over an input box, one thread), beside
// auto_LiRPA where it can be had:
//
//   node test/bench/crown.mjs DATA
//
// DATA holds mnist_fc/ (or set BENCH_DATA). CPU time is measured, so that other work on the machine matters less.
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const data = process.argv[2] ?? process.env.BENCH_DATA;
if (!data || !existsSync(join(data, 'mnist_fc'))) {
  console.log('The benchmark data is not here: give the folder that holds mnist_fc/ as the argument or in BENCH_DATA.');
  process.exit(0);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({
    stdin: { resolveDir: root, loader: 'ts', contents: "export { readOnnx } from './graph/onnx/read.ts'; export { compile } from './symbolic/network/compile.ts'; export { LoadedNetwork } from './symbolic/network/loaded.ts'; export { BoundEngine } from './symbolic/bounds/engine.ts'; export { parseVnnlib } from './symbolic/property/vnnlib.ts'; export { readWeights } from './symbolic/verify.ts';" },
    bundle: true, platform: 'node', format: 'esm', outfile, packages: 'external', logLevel: 'error',
  });
  const { readOnnx, compile, LoadedNetwork, BoundEngine, parseVnnlib, readWeights } = await import(pathToFileURL(outfile).href);
  const { property } = parseVnnlib(gunzipSync(readFileSync(join(data, 'mnist_fc', 'vnnlib', 'prop_0_0.03.vnnlib.gz'))).toString());
  const [{ lower, upper }] = property.cases;
  for (const name of ['256x2', '256x4', '256x6']) {
    const { graph, weights } = readOnnx(new Uint8Array(gunzipSync(readFileSync(join(data, 'mnist_fc', 'onnx', `mnist-net_${name}.onnx.gz`)))));
    const loaded = new LoadedNetwork(compile(graph, await readWeights(graph, weights)));
    const engine = new BoundEngine(loaded, lower, upper);
    const times = [];
    for (let k = 0; k < 12; k++) {
      const mark = loaded.kernels.mark();
      const before = process.cpuUsage();
      const regions = engine.analyse([{ lower, upper }]);
      const rows = 2 * loaded.outputSize;
      const objective = new Float64Array(rows * loaded.outputSize);
      for (let r = 0; r < rows; r++) objective[r * loaded.outputSize + (r >> 1)] = r % 2 === 0 ? 1 : -1;
      engine.lowerBounds(regions, loaded.network.output, loaded.kernels.store(objective), rows, loaded.kernels.storeIntegers(new Int32Array(rows)));
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
      loaded.kernels.release(mark);
    }
    times.sort((a, b) => a - b);
    console.log(`${name}: ${times[Math.floor(times.length / 2)].toFixed(1)} ms median, ${times[0].toFixed(1)} ms least`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
