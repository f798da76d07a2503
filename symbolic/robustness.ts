import { isSmall, settleExactly } from './exact/settle.ts';
import { importance, mostImportant } from './deepcheck/importance.ts';
import { provenAbsent } from './deepcheck/absence.ts';
import { firstOnePixelAttack, largest, onePixelAttacks, type Limits, type PixelAttack, type PixelOptions } from './deepcheck/pixel-attacks.ts';
import { firstTwoPixelAttack } from './deepcheck/two-pixels.ts';
import { LoadedNetwork } from './network/loaded.ts';
import { isPiecewiseLinear, type Network } from './network/network.ts';
import { ActivationRegion, neuron } from './neurons/activation-region.ts';
import { changingFew, misclassification } from './property/property.ts';
import { createProver } from './search/prover.ts';
import { distance, pixelsOf, type Ball, type Pixels } from './search/region.ts';
import { search, type Problem, type Progress, type SearchOptions } from './search/search.ts';

/** With few changed elements, each choice of elements is a case of its own, up to so many. */
const MOST_SUBSETS = 50_000;

export type Norm = 'linf' | 'l2' | 'l0';

export interface RobustnessQuestion {
  /** The input to start from, flat, in the network's input order. */
  readonly input: ArrayLike<number>;
  /** How far it may be changed: in units of the input for linf and l2, number of pixels for l0. */
  readonly epsilon: number;
  readonly norm: Norm;
  /** Of l0, the pixel of each element, from 0: all elements of a pixel may change together and count once. Each element is one where it is left out. */
  readonly pixels?: ArrayLike<number>;
  /** The class that should stay; the one that the model gives where it is left out. */
  readonly label?: number;
  /** Only this class counts as a success. */
  readonly target?: number;
  /** The valid range of the input, for all elements or for each; not limited where it is left out. */
  readonly lower?: number | ArrayLike<number>;
  readonly upper?: number | ArrayLike<number>;
}

export interface RobustnessOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** 60 where it is left out. */
  readonly timeoutSeconds?: number;
  readonly seed?: number;
  /** Runs the original model (ONNX Runtime): its outputs, as many as the network has. */
  readonly replay: (input: Float32Array) => Promise<ArrayLike<number>>;
  /** The network compiled with `exact`, for z3; without it z3 is not asked. */
  readonly exact?: () => Network;
  /** Bytes; 2 GB where it is left out. */
  readonly memory?: number;
  /** The bundled worker script; without it all is done in this thread. */
  readonly worker?: string | URL;
  readonly threads?: number;
}

export interface Classified {
  readonly label: number;
  readonly scores: readonly number[];
}

/** What `attack --format json` prints. */
export interface RobustnessAnswer {
  /**
   * `adversarial`: an input was found, and the original model gives it another class.
   * `robust`: proved that there is none (of the network in exact arithmetic).
   */
  readonly verdict: 'adversarial' | 'robust' | 'undecided';
  readonly original: Classified;
  readonly adversarial: (Classified & { readonly distance: number; readonly input: readonly number[] }) | null;
  /** A lower bound on the label's margin over all other classes within the distance; null while nothing is known. */
  readonly bound: number | null;
  readonly method: string;
  readonly seconds: number;
}

/**
 * Looks for an input near a given one that the model classifies otherwise, or proves that there is none.
 * @param network compiled with `logits` where the model ends in a softmax.
 * @throws RangeError with one sentence where the question makes no sense.
 */
export async function findAdversarial(network: Network, question: RobustnessQuestion, options: RobustnessOptions): Promise<RobustnessAnswer> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const { lower, upper, input, ball } = neighbourhood(network, question);
  const pixels = ball?.norm === 'l0' ? ball.pixels : undefined;
  const original = classified(await options.replay(Float32Array.from(input)));
  const classes = network.nodes[network.output].size;
  if (original.scores.length !== classes) throw new RangeError(`the model gives ${original.scores.length} outputs where the network has ${classes}`);
  if (classes < 2) throw new RangeError('the model has a single output: there are no classes to confuse');
  const label = question.label ?? original.label;
  for (const [name, value] of [['label', label], ['target', question.target]] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value < classes)) throw new RangeError(`the ${name} must be a class from 0 to ${classes - 1}, not ${value}`);
  }
  if (question.target === label) throw new RangeError(`the target is the label itself (${label})`);
  const success = (result: Classified) => (question.target === undefined ? result.label !== label : result.label === question.target);
  if (success(original)) {
    return { verdict: 'adversarial', original, adversarial: { ...original, distance: 0, input: Array.from(input) }, bound: null, method: 'the input itself', seconds: seconds() };
  }
  const whole = misclassification(lower, upper, classes, label, question.target);
  const property = ball?.norm === 'l0' ? changingFew(whole, input, ball.radius, MOST_SUBSETS, ball.pixels) ?? whole : whole;
  const problem: Problem = { network, property, whole, ball, seed: question.input.length + (options.seed ?? 0), memory: options.memory ?? 2e9 };
  const searching: SearchOptions = {
    signal: options.signal,
    onProgress: options.onProgress,
    deadline: started + 1000 * (options.timeoutSeconds ?? 60),
    accept: async (candidate) => {
      if (ball && distance(candidate, input, ball.norm, pixels) > question.epsilon) return undefined;
      const outputs = Float64Array.from(await options.replay(Float32Array.from(candidate)));
      return success(classified(outputs)) ? outputs : undefined;
    },
  };
  const few = ball?.norm === 'l0' && (ball.radius === 1 || ball.radius === 2) ? await changingOneOrTwo(network, input, label, { lower, upper }, ball.radius, question, options) : undefined;
  if (few?.kind === 'robust') return { verdict: 'robust', original, adversarial: null, bound: few.bound, method: question.epsilon < 2 && !question.pixels ? 'exact walk along every element, and linear bounds' : 'linear bounds on every choice of pixels', seconds: seconds() };
  if (few) {
    const changed = input.slice();
    few.attack.elements.forEach((element, k) => changed[element] = few.attack.values[k]);
    return { verdict: 'adversarial', original, adversarial: { label: few.attack.label, scores: few.attack.scores, distance: distance(changed, input, 'l0', pixels), input: Array.from(changed) }, bound: null, method: 'exact walk along elements', seconds: seconds() };
  }
  let outcome = await search(problem, createProver(problem, options), searching);
  // z3 knows no Euclidean balls
  if (options.exact && ball?.norm !== 'l2' && isSmall(network, property)) outcome = await settleExactly(options.exact(), property, outcome, searching);
  const bound = Number.isFinite(outcome.bound) ? outcome.bound : null;
  if (outcome.witness) {
    const found = classified(outcome.witness.outputs);
    return { verdict: 'adversarial', original, adversarial: { ...found, distance: distance(outcome.witness.input, input, question.norm, pixels), input: Array.from(outcome.witness.input) }, bound, method: outcome.method, seconds: seconds() };
  }
  return { verdict: outcome.verdict === 'unsat' ? 'robust' : 'undecided', original, adversarial: null, bound, method: outcome.method, seconds: seconds() };
}

/** One or two changed elements that lose the label, by DeepCheck's walk, or the proof that no single one does; undefined where there is neither, or the time for it was up. */
async function changingOneOrTwo(network: Network, input: Float64Array, label: number, limits: Limits, count: number, question: RobustnessQuestion, options: RobustnessOptions): Promise<{ kind: 'adversarial'; attack: PixelAttack } | { kind: 'robust'; bound: number } | undefined> {
  if (!isPiecewiseLinear(network)) return undefined;
  const timeout = AbortSignal.timeout(Math.floor(600 * (options.timeoutSeconds ?? 60)));
  const loaded = new LoadedNetwork(network);
  const form = new ActivationRegion(loaded, input).form(neuron(network.output, label));
  const order = mostImportant(importance(form, input, 'absolute'));
  const asking = { replay: options.replay, target: question.target, signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout };
  try {
    const pixels = pixelsOf(input.length, question.pixels);
    const isPlain = pixels.every((elements) => elements.length === 1);
    if (isPlain) {
      const attack = await firstOnePixelAttack(loaded, input, label, order, limits, asking);
      if (attack) return { kind: 'adversarial', attack };
      if (count === 1) {
        const { absent, bound } = await onePixelAttacks(loaded, input, label, order, limits, { ...asking, timeoutSeconds: 0.6 * (options.timeoutSeconds ?? 60) });
        return absent.length === order.length ? { kind: 'robust', bound } : undefined;
      }
    }
    const rank = new Map(order.map((element, place) => [element, place]));
    const byImportance = pixels.toSorted((a, b) => Math.min(...a.map((element) => rank.get(element)!)) - Math.min(...b.map((element) => rank.get(element)!)));
    const settled = await changingPixels(loaded, input, label, byImportance, limits, count, asking);
    if (settled || !isPlain) return settled;
    const attack = await firstTwoPixelAttack(loaded, input, label, order, limits, asking);
    return attack && { kind: 'adversarial', attack };
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/**
 * Every choice of so many pixels: proved to keep the label, or an input that loses it; undefined where neither is settled for some choice.
 * @param pixels the most important first: choices of those are the first that are looked at
 */
async function changingPixels(loaded: LoadedNetwork, input: Float64Array, label: number, pixels: Pixels, limits: Limits, count: number, asking: Pick<PixelOptions, 'replay' | 'target' | 'signal'>): Promise<{ kind: 'adversarial'; attack: PixelAttack } | { kind: 'robust'; bound: number } | undefined> {
  const size = count === 1 ? pixels.length : (pixels.length * (pixels.length - 1)) / 2;
  if (size > MOST_SUBSETS) return undefined;
  const choices = count === 1 ? pixels.map((elements) => ({ elements }))
    : pixels.flatMap((first, i) => pixels.slice(i + 1).map((second, k) => ({ elements: [...first, ...second], place: 2 * i + k }))).sort((a, b) => a.place - b.place);
  let tried = 0;
  let attack: PixelAttack | undefined;
  const lost = new Map<number, Float64Array>();
  const { absent, bound } = await provenAbsent(loaded.network, input, label, choices, limits, {
    target: asking.target, lost,
    pause: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      asking.signal?.throwIfAborted();
      for (const [choice, point] of [...lost].slice(tried)) {
        tried++;
        const changed = Float32Array.from(point);
        const scores = Array.from(await asking.replay(changed));
        const answer = largest(scores);
        const { elements } = choices[choice];
        if (asking.target === undefined ? answer !== label : answer === asking.target) attack = { elements, values: elements.map((element) => changed[element]), label: answer, scores };
      }
      return attack === undefined;
    },
  });
  if (attack) return { kind: 'adversarial', attack };
  return absent.length === choices.length ? { kind: 'robust', bound } : undefined;
}

/** The box, and the ball inside it, that a question asks about; the input as the float32 numbers that the model gets. */
function neighbourhood(network: Network, question: RobustnessQuestion): { lower: Float64Array; upper: Float64Array; input: Float64Array; ball?: Ball } {
  const { size } = network.nodes[0];
  if (question.input.length !== size) throw new RangeError(`the model takes ${size} numbers, the input has ${question.input.length}`);
  const input = Float64Array.from(question.input, Math.fround);
  if (!input.every(Number.isFinite)) throw new RangeError('the input holds numbers that are not finite');
  if (!(question.epsilon >= 0)) throw new RangeError(`epsilon must be a number of at least 0, not ${question.epsilon}`);
  const limit = (bound: number | ArrayLike<number> | undefined, fallback: number) => (i: number) => (bound === undefined ? fallback : typeof bound === 'number' ? bound : bound[i]);
  const least = limit(question.lower, -Infinity);
  const most = limit(question.upper, Infinity);
  if (question.norm === 'l0' && (question.lower === undefined || question.upper === undefined)) throw new RangeError('the l0 norm needs the valid range of the input (lower and upper)');
  const reach = question.norm === 'l0' ? Infinity : question.epsilon;
  const lower = input.map((x, i) => Math.max(x - reach, least(i)));
  const upper = input.map((x, i) => Math.min(x + reach, most(i)));
  const outside = lower.findIndex((l, i) => l > upper[i] || input[i] < least(i) || input[i] > most(i));
  if (outside >= 0) throw new RangeError(`element ${outside} of the input is ${input[outside]}, outside of its valid range ${least(outside)} to ${most(outside)}`);
  const ball: Ball | undefined = question.norm === 'linf' ? undefined
    : question.norm === 'l0' ? { norm: 'l0', center: input, radius: Math.floor(question.epsilon), pixels: pixelsOf(size, question.pixels) }
      : { norm: 'l2', center: input, radius: question.epsilon };
  return { lower, upper, input, ball };
}

function classified(outputs: ArrayLike<number>): Classified {
  const scores = Array.from(outputs);
  let label = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[label]) label = i;
  return { label, scores };
}
