import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import { bind, createSession, findWeights, openCheckpoint, readInput, requireComplete } from '../runtime/index.ts';

/** Code and checkpoint give what the framework gives: every sample of the examples, in both modes. */

const examples = fileURLToPath(new URL('../examples/', import.meta.url));
interface Golden { samples: string[]; models: Record<string, { scores: number[][] }> }
const golden = JSON.parse(readFileSync(new URL('golden/examples.json', import.meta.url), 'utf8')) as Golden;

describe.each(Object.entries(golden.models))('%s', (name, { scores }) => {
  const file = `${examples}${name}.py`;

  test.each(findWeights(file))('with %s', async (weightsFile) => {
    const analysis = await analyze({ file, text: readFileSync(file, 'utf8') });
    const { graph } = analysis.models.at(-1)!;
    expect(analysis.gaps).toEqual([]);
    const checkpoint = await openCheckpoint(weightsFile);
    const binding = bind(graph, checkpoint);
    requireComplete(binding, weightsFile);
    expect(binding.unused).toEqual([]);
    for (const mode of ['graph', 'eager'] as const) {
      const session = await createSession(graph, binding.weights, { mode });
      for (const [index, sample] of golden.samples.entries()) {
        const { tensor } = await readInput({ kind: 'path', path: `${examples}samples/${sample}` }, graph, graph.inputs[0]);
        const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: tensor });
        const [output] = outputs.values();
        scores[index].forEach((score, label) => expect(Math.abs(Number(output.data[label]) - score)).toBeLessThan(1e-5));
      }
      await session.close();
    }
    checkpoint.close();
  });
});
