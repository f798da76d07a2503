// How long it takes from a click on a neuron to its linear form and to what comes after, on the network of the DeepCheck
// paper's size and on one of 100,000 parameters, and how long all one-pixel attacks of a picture take:
//
//   node test/bench/neuron.mjs
//
// CPU time is measured, so that other work on the machine matters less; the first click includes opening the model.
import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({
    stdin: { resolveDir: root, loader: 'ts', contents: "export { readOnnx, stored } from './graph/index.ts'; export * from './symbolic/index.ts'; export { GraphWriter } from './symbolic/testing/graph-writer.ts'; export { Random } from './symbolic/search/random.ts';" },
    bundle: true, platform: 'node', format: 'esm', outfile, packages: 'external', logLevel: 'error',
  });
  const { readOnnx, stored, GraphWriter, Random, NeuronModel, boxAround, importance, reach, boundingConditions, mostImportant, onePixelAttacks, largest } = await import(pathToFileURL(outfile).href);
  const golden = join(root, 'test', 'golden', 'neurons');
  const { pictures, labels } = JSON.parse(readFileSync(join(golden, 'digits.json'), 'utf8'));
  const small = readOnnx(new Uint8Array(readFileSync(join(golden, 'digits_784_10_10_10_10.onnx'))));
  const picture = (k) => Float32Array.from(pictures[k], (level) => level / 255);
  const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const timed = async (action) => { const start = cpu(); const result = await action(); return [result, cpu() - start]; };

  for (const [name, { graph, weights }, target] of [['784-120-40-10, 99,450 parameters', wide(GraphWriter, Random, stored), 3], ['784-10-10-10-10', small, labels[0]]]) {
    const feeds = { [graph.values[graph.inputs[0]].name]: { dataType: 'float32', shape: [1, 784], data: picture(0) } };
    const [[model, neuron], opened] = await timed(async () => { const opening = await NeuronModel.open(graph, weights, feeds); return [opening, opening.at(graph.outputs[0], [target])]; });
    const again = [];
    for (let k = 0; k < 10; k++) {
      const [, milliseconds] = await timed(() => { const other = model.at(graph.outputs[0], [k]); return importance(other.form, model.input, 'contribution'); });
      again.push(milliseconds);
    }
    again.sort((a, b) => a - b);
    const box = boxAround(model.input, 0.02, { lower: 0, upper: 1 });
    const [reached, reachTime] = await timed(() => reach(neuron.region, neuron.phases));
    const [bounds, boundsTime] = await timed(() => model.bounds(neuron, box));
    const [minimal, minimalTime] = await timed(() => boundingConditions(neuron.region, neuron.phases, box, { milliseconds: 60_000 }));
    console.log(`${name}: first click ${opened.toFixed(0)} ms, the next ${again[5].toFixed(1)} ms, reach ${reachTime.toFixed(0)} ms (${reached.radius.toExponential(2)}), bounds ${boundsTime.toFixed(0)} ms (${bounds.lower.toFixed(2)} to ${bounds.upper.toFixed(2)}), conditions ${minimalTime.toFixed(0)} ms (${minimal.bounding.length} of ${neuron.phases.length})`);
    await model.close();
  }

  let [attacks, absent, unsettled, total] = [0, 0, 0, 0];
  for (let k = 0; k < 3; k++) {
    const model = await NeuronModel.open(small.graph, small.weights, { x: { dataType: 'float32', shape: [1, 784], data: picture(k) } });
    const score = model.score(model.label);
    const order = mostImportant(importance(score.form, model.input, 'absolute'));
    const limits = { lower: new Float64Array(784), upper: new Float64Array(784).fill(1) };
    const [answer, milliseconds] = await timed(() => onePixelAttacks(score.region.loaded, model.input, largest(score.region.values[score.network.output]), order, limits, { replay: (x) => model.scoresAt(Float64Array.from(x)), timeoutSeconds: 600 }));
    attacks += answer.attacks.length;
    absent += answer.absent.length;
    unsettled += answer.unsettled.length;
    total += milliseconds;
    await model.close();
  }
  console.log(`784-10-10-10-10, all 784 pixels of 3 pictures: ${attacks} attacks, ${absent} proved absent, ${unsettled} unsettled, ${(total / 3000).toFixed(1)} s a picture`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A network with random weights. */
function wide(GraphWriter, Random, stored) {
  const random = new Random(1);
  const numbers = (count, scale) => Float32Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  let y = writer.operator('Relu', [writer.gemm(writer.input([1, 784]), 120, numbers(784 * 120, 0.12), numbers(120, 0.1))]);
  y = writer.operator('Relu', [writer.gemm(y, 40, numbers(120 * 40, 0.25), numbers(40, 0.1))]);
  const graph = writer.graph(writer.gemm(y, 10, numbers(400, 0.4), numbers(10, 0.1)));
  return { graph, weights: new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)])) };
}
