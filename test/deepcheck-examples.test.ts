import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
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
