import { writeFileSync } from 'node:fs';
import { tensorOf } from '../../graph/elements.ts';
import { imageLayout, readExamples, validRange } from '../../runtime/index.ts';
import { attackModel, robustnessTable, smallestEpsilon, tableCsv, type TableAnswer } from '../../symbolic/index.ts';
import { openModel } from './open-file.ts';
import type { RobustnessTable, RobustnessTableNews } from './protocol.ts';

/**
 * Asks about each example of a file whether it is robust, or for its smallest adversarial perturbation, and writes each answer
 * to disk as it comes; the same question about the same files goes on where it was stopped.
 */
export async function fillRobustnessTable({ table, network, examples: path, output, norm, epsilon, smallest, secondsEach }: RobustnessTable.Params, signal: AbortSignal, news: (news: RobustnessTableNews.Params) => void): Promise<RobustnessTable.Result> {
  const { graph, weights, close } = await openModel(network);
  try {
    if (graph.inputs.length !== 1) throw new Error(`The model has ${graph.inputs.length} inputs; adversarial inputs are sought for models with one.`);
    const [input] = graph.inputs;
    const { examples } = await readExamples(path, graph, input);
    if (examples.length === 0) throw new Error(`${path} holds no examples.`);
    const { type } = graph.values[input];
    const shape = [1, ...(type.shape ?? []).slice(1)];
    if (shape.some((size) => typeof size !== 'number')) throw new Error('The shape of the input is not known: an example cannot be told from a batch.');
    const layout = imageLayout(graph, input);
    const ask = (index: number, size: number, timeoutSeconds: number) => {
      const example = tensorOf(type.dataType ?? 'float32', shape as number[], examples[index]);
      return attackModel(graph, weights, example, { norm, epsilon: size, ...validRange(example, layout) }, {
        signal, timeoutSeconds,
        onProgress: ({ bound, open }) => news({ table, example: index, of: examples.length, bound: Number.isFinite(bound) ? bound : undefined, open }),
      });
    };
    const question = { network, examples: path, norm, epsilon, smallest, secondsEach };
    const rows = await robustnessTable<TableAnswer>(output, question, examples.length, (index) => (smallest
      ? smallestEpsilon((size, seconds) => ask(index, size, seconds), epsilon, { signal, timeoutSeconds: secondsEach })
      : ask(index, epsilon, secondsEach)), { signal });
    const csv = output.replace(/\.jsonl$/, '') + '.csv';
    writeFileSync(csv, tableCsv(rows));
    const count = (verdict: string) => rows.filter((row) => 'verdict' in row && row.verdict === verdict).length;
    return { done: rows.length, of: examples.length, csv, robust: count('robust'), adversarial: count('adversarial'), undecided: count('undecided') };
  } finally {
    close();
  }
}
