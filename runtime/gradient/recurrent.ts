import type { Attributes } from '../../graph/graph.ts';
import { GradientError, input, number, sizes, type Expansion, type Step } from './rule.ts';

/** Recurrent operators step by step: time has to have a known length. */

/** One direction of a recurrent operator: weights without their axis of directions, and what holds before the first step. */
interface Direction {
  /** For each step in the order of the computation: what the input alone adds to the gates, of shape (batch, gates * hidden). */
  readonly given: readonly number[];
  /** Transposed: (hidden, gates * hidden). */
  readonly recurrence: number;
  /** Of the recurrence alone, where it is needed apart. */
  readonly recurrenceBias: number | undefined;
  readonly hidden: number;
  readonly activation: (index: number, x: number) => number;
  readonly initial: (input: number) => number | undefined;
}

/** The operator's results: of each step and of the last one. A cell makes the next states of the earlier ones. */
function unrolled(step: Step, gates: number, separateBias: boolean, cell: (direction: Direction, given: number, states: readonly (number | undefined)[]) => readonly number[], initialInputs: readonly number[]): readonly number[] {
  const { graph, attributes, operator } = step;
  if (step.inputs[4] !== undefined) throw new GradientError(`The gradient of ${operator.type} ${operator.name} with sequences of different lengths is not built`, operator);
  if (number(step, 'layout') !== 0 || number(step, 'input_forget') !== 0 || step.inputs[7] !== undefined) throw new GradientError(`The gradient of ${operator.type} ${operator.name} with its layout, coupled gates or peepholes is not built`, operator);
  const [steps] = sizes(step, input(step, 0));
  const [directions, , hidden] = sizes(step, input(step, 2));
  const names = Array.from({ length: directions }, (_, index) => (attributes.direction === 'reverse' || index === 1 ? 'reverse' : 'forward'));
  const perDirection = names.map((name, index) => {
    const direction = directionOf(step, index, { gates, hidden, steps, reversed: name === 'reverse', separateBias });
    let states: readonly (number | undefined)[] = initialInputs.map((place) => direction.initial(place));
    const made: number[] = [];
    for (const given of direction.given) {
      states = cell(direction, given, states);
      made.push(states[0]!);
    }
    if (name === 'reverse') made.reverse();
    return { made, last: states as readonly number[] };
  });
  const axis = (value: number, at: number) => graph.apply('Unsqueeze', [value, graph.integers(at)]);
  const joined = (values: readonly number[], at: number) => (values.length === 1 ? values[0] : graph.apply('Concat', values, { axis: at }));
  // (time, directions, batch, hidden), then (directions, batch, hidden) for each state
  const all = joined(Array.from({ length: steps }, (_, time) => axis(joined(perDirection.map(({ made }) => axis(made[time], 0)), 0), 0)), 0);
  return [all, ...initialInputs.map((_, state) => joined(perDirection.map(({ last }) => axis(last[state], 0)), 0))];
}

function directionOf(step: Step, index: number, { gates, hidden, steps, reversed, separateBias }: { gates: number; hidden: number; steps: number; reversed: boolean; separateBias: boolean }): Direction {
  const { graph, attributes } = step;
  const only = (value: number) => graph.apply('Squeeze', [graph.apply('Slice', [value, graph.integers(index), graph.integers(index + 1), graph.integers(0)]), graph.integers(0)]);
  const turned = (value: number) => graph.apply('Transpose', [only(value)], { perm: [1, 0] });
  let sums = graph.apply('MatMul', [input(step, 0), turned(input(step, 1))]);
  let recurrenceBias: number | undefined;
  if (step.inputs[3] !== undefined) {
    const [own, other] = graph.operator('Split', [only(input(step, 3))], { axis: 0, num_outputs: 2 }, 2);
    sums = graph.apply('Add', [sums, separateBias ? own : graph.apply('Add', [own, other])]);
    if (separateBias) recurrenceBias = other;
  }
  const parts = steps === 1 ? [sums] : graph.operator('Split', [sums], { axis: 0, num_outputs: steps }, steps);
  const given = parts.map((part) => graph.apply('Squeeze', [part, graph.integers(0)]));
  const names = attributes.activations as readonly string[] | undefined;
  const count = gates === 4 ? 3 : gates === 3 ? 2 : 1;
  const limit = attributes.clip === undefined ? undefined : Number(attributes.clip);
  return {
    given: reversed ? given.reverse() : given, recurrence: turned(input(step, 2)), recurrenceBias, hidden,
    activation: (place, x) => {
      const clipped = limit === undefined ? x : graph.apply('Clip', [x, graph.scalar(-limit, x), graph.scalar(limit, x)]);
      const name = names?.[index * count + place] ?? (count > 1 && place === 0 ? 'Sigmoid' : 'Tanh');
      return activated(step, name, clipped, index * count + place);
    },
    initial: (place) => (step.inputs[place] === undefined ? undefined : only(input(step, place))),
  };
}

const plain = new Set(['Sigmoid', 'Tanh', 'Relu', 'Softsign', 'Softplus']);
const parametric: Readonly<Record<string, Attributes>> = { HardSigmoid: { alpha: 0.2, beta: 0.5 }, LeakyRelu: { alpha: 0.01 }, Elu: { alpha: 1 } };

function activated(step: Step, name: string, x: number, place: number): number {
  if (plain.has(name)) return step.graph.apply(name, [x]);
  const defaults = parametric[name];
  if (!defaults) throw new GradientError(`The gradient of ${step.operator.type} ${step.operator.name} with the activation ${name} is not built`, step.operator);
  const stated = (key: string) => (step.attributes[`activation_${key}`] as readonly number[] | undefined)?.[place];
  return step.graph.apply(name, [x], Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, stated(key) ?? value])));
}

/** What the earlier state adds to the gates; nothing before the first step without an initial state. */
function recurred(step: Step, { recurrence }: Direction, state: number | undefined): number | undefined {
  return state === undefined ? undefined : step.graph.apply('MatMul', [state, recurrence]);
}

function sum(step: Step, left: number, right: number | undefined): number {
  return right === undefined ? left : step.graph.apply('Add', [left, right]);
}

/** Gates: input, output, forget, cell. */
const lstm: Expansion = (step) => unrolled(step, 4, false, (direction, given, [hidden, cell]) => {
  const { graph } = step;
  const [i, o, f, c] = graph.operator('Split', [sum(step, given, recurred(step, direction, hidden))], { axis: 1, num_outputs: 4 }, 4);
  const fresh = graph.apply('Mul', [direction.activation(0, i), direction.activation(1, c)]);
  const next = cell === undefined ? fresh : graph.apply('Add', [graph.apply('Mul', [direction.activation(0, f), cell]), fresh]);
  return [graph.apply('Mul', [direction.activation(0, o), direction.activation(2, next)]), next];
}, [5, 6]);

/** Gates: update, reset, hidden. */
const gru: Expansion = (step) => unrolled(step, 3, true, (direction, given, [state]) => {
  const { graph } = step;
  const { hidden, recurrence, recurrenceBias: bias } = direction;
  const split = (value: number, axis: number) => graph.operator('Split', [value], { axis, num_outputs: 3 }, 3);
  const [xz, xr, xh] = split(given, 1);
  const [bz, br, bh] = bias === undefined ? [undefined, undefined, undefined] : split(bias, 0);
  const [rz, rr, rh] = split(recurrence, 1);
  const through = (weight: number) => (state === undefined ? undefined : graph.apply('MatMul', [state, weight]));
  const z = direction.activation(0, sum(step, sum(step, xz, through(rz)), bz));
  const r = direction.activation(0, sum(step, sum(step, xr, through(rr)), br));
  let inner: number | undefined;
  if (number(step, 'linear_before_reset') !== 0) {
    const linear = through(rh);
    // without a state the bias alone is reset, spread over the batch by the gate
    const biased = linear === undefined ? bh : sum(step, linear, bh);
    inner = biased === undefined ? undefined : graph.apply('Mul', [r, biased]);
  } else {
    const reset = state === undefined ? undefined : graph.apply('MatMul', [graph.apply('Mul', [r, state]), rh]);
    inner = reset === undefined ? bh : sum(step, reset, bh);
  }
  const candidate = direction.activation(1, sum(step, xh, inner));
  const one = graph.scalar(1, z);
  const fresh = graph.apply('Mul', [graph.apply('Sub', [one, z]), candidate]);
  if (hidden === 0) throw new GradientError(`${step.operator.type} ${step.operator.name} has no hidden units`, step.operator);
  return [state === undefined ? fresh : graph.apply('Add', [fresh, graph.apply('Mul', [z, state])])];
}, [5]);

const rnn: Expansion = (step) => unrolled(step, 1, false, (direction, given, [state]) => [direction.activation(0, sum(step, given, recurred(step, direction, state)))], [5]);

export const recurrent: readonly (readonly [string, Expansion])[] = [['LSTM', lstm], ['GRU', gru], ['RNN', rnn]];
