import { writeFileSync } from 'node:fs';
import { cutBetween, writeOnnx } from '../../graph/index.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { SaveCut } from './protocol.ts';

/**
 * Writes the part of a model between some tensors and others as ONNX, with its weights.
 * @throws Error with a sentence where nothing lies between, weights are missing, or ONNX has no such operator
 */
export async function saveCut({ graph, weights }: LoadedModel, { from, to, path }: SaveCut.Params): Promise<SaveCut.Result> {
  const part = cutBetween(graph, from, to.length > 0 ? to : graph.outputs, 'What the new model ends with does not come from what it begins with. Choose a beginning that lies before the end.');
  const bytes = await writeOnnx(part, weights);
  writeFileSync(path, bytes);
  return { operators: part.operators.length, parameters: part.parameters.length, bytes: bytes.length };
}
