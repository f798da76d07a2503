import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyze } from '../../../language-server/index.ts';
import { LoadedModel } from '../loaded-model.ts';

export const example = (name: string): string => fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));

/** A model of the examples with its weights, and a picture of a 3 as its input. */
export async function digitsModel(program: string, weights: string): Promise<LoadedModel> {
  const { models } = await analyze({ file: example(program), text: readFileSync(example(program), 'utf8') });
  const model = new LoadedModel(models[0].graph);
  await model.bindWeights({ kind: 'file', path: example(weights) });
  await model.readInput(model.describeInputs()[0].name, { kind: 'path', path: example('samples/digit_3_175.png') });
  return model;
}
