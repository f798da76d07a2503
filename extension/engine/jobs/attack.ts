import { fileURLToPath } from 'node:url';
import { imageLayout, scoresKind, validRange } from '../../../runtime/index.ts';
import { attackModel, firstExample } from '../../../symbolic/index.ts';
import type { Scores } from '../../../webview/messages.ts';
import type { JobHandler } from './job.ts';

/** Looks for an adversarial input near the chosen one, or proves that there is none. */
export const attack: JobHandler<'attack'> = async (model, { norm, epsilon, target }, { signal, report }) => {
  const { graph, weights, input } = model;
  report({ phase: 'Descending the gradient', seconds: 0 });
  const answer = await attackModel(graph, weights, input, { norm, epsilon, target, ...validRange(input, imageLayout(graph, graph.inputs[0])) }, {
    signal, worker: fileURLToPath(new URL('./verify-worker.js', import.meta.url)), timeoutSeconds: 600,
    onProgress: ({ bound, open, seconds }) => report({ phase: open > 0 ? 'Splitting' : 'Bounding', bound: Number.isFinite(bound) ? bound : undefined, branches: open, seconds }),
  });
  const { verdict, original, adversarial, bound, method, seconds } = answer;
  const kind = scoresKind(graph, graph.outputs[0]);
  const scores = ({ label, scores: values }: { label: number; scores: readonly number[] }): Scores => ({ top: label, kind, values });
  return {
    verdict, method, seconds, bound: bound ?? undefined, cancelled: signal.aborted,
    original: { scores: scores(original), picture: model.picture(firstExample(graph, input)) },
    adversarial: adversarial ? { scores: scores(adversarial), distance: adversarial.distance, picture: model.picture({ ...firstExample(graph, input), data: Float32Array.from(adversarial.input) }) } : undefined,
  };
};
