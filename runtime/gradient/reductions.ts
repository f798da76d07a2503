import { GradientError, input, number, rank, type GradientRule, type Step } from './rule.ts';

/** Gradients of reductions over axes. */

/** A reduced tensor in the rank that it had before. */
function kept(step: Step, tensor: number): number {
  if (number(step, 'keepdims') === 1) return tensor;
  return step.graph.apply('Unsqueeze', [tensor, step.graph.integers(...axesOf(step))]);
}

function axesOf(step: Step): number[] {
  const count = rank(step, input(step, 0));
  const given = step.inputs[1];
  if (given === undefined) return number(step, 'noop_with_empty_axes') === 1 ? [] : Array.from({ length: count }, (_, axis) => axis);
  const constant = step.graph.constantOf(given);
  if (!constant) throw new GradientError(`The gradient of ${step.operator.type} ${step.operator.name} needs its axes, which are not known`, step.operator);
  const axes = constant.data.map((axis) => (Number(axis) < 0 ? Number(axis) + count : Number(axis)));
  return axes.length > 0 || number(step, 'noop_with_empty_axes') === 1 ? axes : Array.from({ length: count }, (_, axis) => axis);
}

type Body = (context: { step: Step; x: number; y: number; dy: number; op: (type: string, ...inputs: number[]) => number }) => number;

/** The result and its gradient are given back the reduced axes before the body sees them. */
function reduction(body: Body): GradientRule {
  return (step) => {
    const op = (type: string, ...inputs: number[]) => step.graph.apply(type, inputs);
    return [body({ step, x: input(step, 0), y: kept(step, step.outputs[0]), dy: kept(step, step.gradient), op })];
  };
}

const spread = ({ step, dy, x }: { step: Step; dy: number; x: number }) => step.graph.apply('Expand', [dy, step.graph.apply('Shape', [x])]);

const extreme: Body = ({ step, x, y, dy, op }) => {
  const { graph } = step;
  const mask = graph.apply('Cast', [op('Equal', x, y)], { to: graph.type(dy).dataType ?? 'float32' });
  const count = graph.apply('ReduceSum', [mask, graph.integers(...axesOf(step))], { keepdims: 1 });
  return op('Mul', mask, op('Div', dy, count));
};

export const reductions: ReadonlyMap<string, GradientRule> = new Map<string, GradientRule>([
  ['ReduceSum', reduction(spread)],
  ['ReduceMean', reduction(({ step, x, dy, op }) => {
    const { graph } = step;
    const ratio = op('Div', op('Size', x), op('Size', dy));
    return spread({ step, x, dy: op('Div', dy, graph.apply('Cast', [ratio], { to: graph.type(dy).dataType ?? 'float32' })) });
  })],
  ['ReduceMax', reduction(extreme)],
  ['ReduceMin', reduction(extreme)],
  ['ReduceProd', reduction(({ x, y, dy, op }) => op('Div', op('Mul', dy, y), x))],
  ['ReduceL1', reduction(({ x, dy, op }) => op('Mul', dy, op('Sign', x)))],
  ['ReduceL2', reduction(({ x, y, dy, op }) => op('Mul', dy, op('Div', x, y)))],
  ['ReduceSumSquare', reduction(({ step, x, dy, op }) => op('Mul', dy, op('Mul', step.graph.scalar(2, x), x)))],
  ['ReduceLogSum', reduction(({ step, x, y, dy, op }) => spread({ step, x, dy: op('Div', dy, op('Exp', y)) }))],
  ['ReduceLogSumExp', reduction(({ x, y, dy, op }) => op('Mul', dy, op('Exp', op('Sub', x, y))))],
]);
