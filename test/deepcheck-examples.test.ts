import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readOnnx } from '../graph/index.ts';
import { analyze } from '../language-server/index.ts';
import { bind, findWeights, openCheckpoint, readInput } from '../runtime/index.ts';
import { importance, largest, mostImportant, NeuronModel, onePixelAttacks } from '../symbolic/index.ts';

/** Attacks by single pixels on the digits models: each that a grid over all values of all pixels shows is found, and none is where absence was proved. */

const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const { samples } = JSON.parse(readFileSync(new URL('golden/examples.json', import.meta.url), 'utf8')) as { samples: string[] };
/** Values of a pixel in the grid. */
const VALUES = 129;

async function modelAt(name: string, sample: string): Promise<NeuronModel> {
  const file = `${examples}${name}.py`;
  const { graph } = (await analyze({ file, text: readFileSync(file, 'utf8') })).models.at(-1)!;
  const { weights } = bind(graph, await openCheckpoint(findWeights(file)[0]));
  const { tensor } = await readInput({ kind: 'path', path: `${examples}samples/${sample}` }, graph, graph.inputs[0]);
  return NeuronModel.open(graph, weights, { [graph.values[graph.inputs[0]].name]: tensor });
}

describe.each(process.env['LAYERSCOPE_ALL_PIXELS'] ? ['digits_subclass', 'digits_keras', 'digits_torch', 'digits_functional'] : ['digits_subclass', 'digits_keras'])('%s', (name) => {
  test('every one-pixel attack is found, and absence is proved for the rest', async () => {
    // the smaller the network, the more samples; all of them take minutes
    const most = process.env['LAYERSCOPE_ALL_PIXELS'] ? { digits_subclass: 20, digits_keras: 4, digits_torch: 2, digits_functional: 1 } : { digits_subclass: 8, digits_keras: 1 };
    const some = samples.slice(0, (most as Record<string, number>)[name]);
    for (const sample of some) {
      const model = await modelAt(name, sample);
      const scores = (input: ArrayLike<number>) => model.scoresAt(Float64Array.from(input));
      const { loaded } = model.score(0).region;
      const label = largest(await scores(model.input));
      const limits = { lower: new Float64Array(64), upper: new Float64Array(64).fill(1) };
      const { form } = model.score(label);
      const order = mostImportant(importance(form, model.input, 'absolute'));
      const { attacks, absent, unsettled } = await onePixelAttacks(loaded, model.input, label, order, limits, { replay: scores, timeoutSeconds: 1200 });
      expect(unsettled).toEqual([]);
      expect(attacks.length + absent.length).toBe(64);
      for (const { elements, values, label: answer } of attacks) {
        const changed = model.input.slice();
        [changed[elements[0]]] = values;
        expect(values[0] >= 0 && values[0] <= 1).toBe(true);
        expect(largest(await scores(changed))).toBe(answer);
        expect(answer).not.toBe(label);
      }
      const attacked = new Set(attacks.map(({ elements }) => elements[0]));
      for (let element = 0; element < 64; element++) {
        const inputs = new Float64Array(VALUES * 64);
        for (let v = 0; v < VALUES; v++) {
          inputs.set(model.input, v * 64);
          inputs[v * 64 + element] = v / (VALUES - 1);
        }
        const outputs = loaded.evaluate(inputs, VALUES);
        const broken = Array.from({ length: VALUES }, (_, v) => largest(outputs.subarray(v * 10, v * 10 + 10))).some((answer) => answer !== label);
        if (broken) expect(attacked.has(element), `${sample}, pixel ${element}`).toBe(true);
      }
      await model.close();
    }
  }, 1_200_000);
});

describe('784-10-10-10-10, the size of the DeepCheck paper', () => {
  const folder = new URL('golden/neurons/', import.meta.url);
  const { graph, weights } = readOnnx(new Uint8Array(readFileSync(new URL('digits_784_10_10_10_10.onnx', folder))));
  const golden = JSON.parse(readFileSync(new URL('digits.json', folder), 'utf8')) as { pictures: number[][]; scores: number[][] };
  const modelOf = (k: number) => NeuronModel.open(graph, weights, { x: { dataType: 'float32', shape: [1, 784], data: Float32Array.from(golden.pictures[k], (level) => level / 255) } });

  test('the form of every score is what PyTorch computes', async () => {
    for (const [k, scores] of golden.scores.entries()) {
      const model = await modelOf(k);
      scores.forEach((score, label) => {
        const { form } = model.score(label);
        expect(Math.abs(form.coefficients.reduce((sum, c, j) => sum + c * model.input[j], form.constant) - score)).toBeLessThan(2e-5);
      });
      await model.close();
    }
  });

  test('every one-pixel attack is found, and absence is proved for the rest', async () => {
    let found = 0;
    // all grey levels of all pictures take minutes
    const [pictures, levels] = process.env['LAYERSCOPE_ALL_PIXELS'] ? [10, 256] : [3, 18];
    for (let k = 0; k < pictures; k++) {
      const model = await modelOf(k);
      const { loaded } = model.score(0).region;
      const { label } = model;
      const limits = { lower: new Float64Array(784), upper: new Float64Array(784).fill(1) };
      const { attacks, absent, unsettled } = await onePixelAttacks(loaded, model.input, label, Array.from(model.input.keys()), limits, { replay: (x) => model.scoresAt(Float64Array.from(x)), timeoutSeconds: 600 });
      expect([attacks.length + absent.length, unsettled]).toEqual([784, []]);
      found += attacks.length;
      const attacked = new Set(attacks.map(({ elements }) => elements[0]));
      for (const { elements, label: answer } of attacks) expect([elements.length, answer === label]).toEqual([1, false]);
      for (let element = 0; element < 784; element++) {
        const inputs = new Float64Array(levels * 784);
        for (let level = 0; level < levels; level++) {
          inputs.set(model.input, level * 784);
          inputs[level * 784 + element] = level / (levels - 1);
        }
        const outputs = loaded.evaluate(inputs, levels);
        const broken = Array.from({ length: levels }, (_, level) => largest(outputs.subarray(10 * level, 10 * level + 10))).some((answer) => answer !== label);
        if (broken) expect(attacked.has(element), `picture ${k}, pixel ${element}`).toBe(true);
      }
      await model.close();
    }
    expect(found).toBeGreaterThan(0);
  }, 600_000);
});
