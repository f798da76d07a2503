import { imageLayout, scoresKind, validRange } from '../../../runtime/index.ts';
import { attackModel, firstExample, smallestEpsilon, type EpsilonBracket, type RobustnessAnswer } from '../../../symbolic/index.ts';
import type { AttackOptions, AttackResult, Progress, Scores } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { JobHandler } from './job.ts';

/** How long a job may take, in seconds. */
const LIMIT = 600;

/** Looks for an adversarial input near the chosen one, or proves that there is none. */
export const attack: JobHandler<'attack'> = async (model, options, { signal, report }) => {
  report({ phase: 'Descending the gradient', seconds: 0 });
  const answer = await ask(model, options, LIMIT, signal, report);
  const { verdict, bound, method, seconds } = answer;
  return { verdict, method, seconds, bound: bound ?? undefined, cancelled: signal.aborted, original: original(model, answer), adversarial: adversarial(model, answer.adversarial) };
};

/** The smallest change that makes another class of the chosen input: from below by proofs, from above by attacks. */
export const epsilon: JobHandler<'epsilon'> = async (model, { norm, largest, target }, { signal, report, partial }) => {
  const started = performance.now();
  let first: RobustnessAnswer | undefined;
  const asked = async (size: number, timeoutSeconds: number): Promise<RobustnessAnswer> => {
    const at = (performance.now() - started) / 1000;
    report({ phase: `Asking about ${Number(size.toPrecision(3))}`, seconds: at });
    const answer = await ask(model, { norm, epsilon: size, target }, timeoutSeconds, signal, (progress) => report({ ...progress, phase: `${progress.phase} within ${Number(size.toPrecision(3))}`, seconds: at + progress.seconds }));
    first ??= answer;
    return answer;
  };
  const result = ({ certified, adversarial: found, reason }: Pick<EpsilonBracket, 'certified' | 'adversarial' | 'reason'>) => ({
    certified, reason, original: original(model, first!), adversarial: adversarial(model, found), seconds: (performance.now() - started) / 1000,
  });
  return result(await smallestEpsilon(asked, largest, { signal, timeoutSeconds: LIMIT, whole: norm === 'l0', onBracket: (bracket) => partial(result(bracket)) }));
};

function ask({ graph, weights, input }: LoadedModel, { norm, epsilon: size, target }: AttackOptions, timeoutSeconds: number, signal: AbortSignal, report: (progress: Progress) => void): Promise<RobustnessAnswer> {
  return attackModel(graph, weights, input, { norm, epsilon: size, target, ...validRange(input, imageLayout(graph, graph.inputs[0])) }, {
    signal, timeoutSeconds,
    onProgress: ({ bound, open, seconds }) => report({ phase: open > 0 ? 'Splitting' : 'Bounding', bound: Number.isFinite(bound) ? bound : undefined, branches: open, seconds }),
  });
}

function original(model: LoadedModel, { original: { label, scores } }: RobustnessAnswer): AttackResult['original'] {
  return { scores: shown(model, label, scores), picture: model.picture(firstExample(model.graph, model.input)) };
}

function adversarial(model: LoadedModel, found: RobustnessAnswer['adversarial']): AttackResult['adversarial'] {
  if (!found) return undefined;
  return { scores: shown(model, found.label, found.scores), distance: found.distance, picture: model.picture({ ...firstExample(model.graph, model.input), data: Float32Array.from(found.input) }) };
}

function shown({ graph }: LoadedModel, label: number, values: readonly number[]): Scores {
  return { top: label, kind: scoresKind(graph, graph.outputs[0]), values };
}
