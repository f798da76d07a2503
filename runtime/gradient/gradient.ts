import { GraphExtension } from '../../graph/extend.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { isFloating } from '../../graph/operators/data-types.ts';
import { attributesOf } from '../../graph/operators/registry.ts';
import { elementwise } from './elementwise.ts';
import { expansions } from './expansion.ts';
import { linear } from './linear.ts';
import { normalization } from './normalization.ts';
import { pooling } from './pooling.ts';
import { reductions } from './reductions.ts';
import { GradientError, type GradientRule } from './rule.ts';
import { shaping } from './shaping.ts';

export { GradientError } from './rule.ts';

const rules: ReadonlyMap<string, GradientRule> = new Map([...elementwise, ...linear, ...pooling, ...normalization, ...reductions, ...shaping]);

/** Operators whose results do not change with small changes of their inputs, or are no real numbers: no gradient passes. */
const constantOperators = new Set([
  'Floor', 'Ceil', 'Round', 'Sign', 'Shape', 'Size', 'ArgMax', 'ArgMin', 'Equal', 'Greater', 'Less', 'GreaterOrEqual', 'LessOrEqual', 'And', 'Or', 'Xor', 'Not',
  'IsNaN', 'IsInf', 'OneHot', 'NonZero', 'Range', 'ConstantOfShape', 'EyeLike', 'RandomNormalLike', 'RandomUniformLike', 'Bernoulli', 'Multinomial', 'Hardmax', 'NonMaxSuppression',
]);

/** The operators that gradients pass through. */
export function differentiableOperators(): readonly string[] {
  return [...rules.keys(), ...expansions.keys()];
}

export interface GradientGraph {
  /** The graph with the way back added; its outputs are the gradients, in the order that was asked for. */
  readonly graph: LayerGraph;
  /** For each value that was differentiated, the id of its gradient; undefined where nothing depends on it (the gradient is 0). */
  readonly gradients: readonly (number | undefined)[];
}

/**
 * Reverse-mode differentiation as a transformation of graphs: adds the operators that compute the gradients of
 * sum(seed * value) with respect to `wrt`. A seed is the id of a value of the same shape. Only operators from the `first` on count.
 */
export function differentiate(extension: GraphExtension, seeds: ReadonlyMap<number, number>, wrt: readonly number[], first = 0): (number | undefined)[] {
  const operators = extension.operators.slice(first);
  const dependent = new Set<number>(wrt);
  for (const operator of operators) {
    if (operator.inputs.some((input) => input !== undefined && dependent.has(input))) for (const output of operator.outputs) dependent.add(output);
  }
  const gradients = new Map<number, number>(seeds);
  const accumulate = (value: number, gradient: number): void => {
    const present = gradients.get(value);
    gradients.set(value, present === undefined ? gradient : extension.apply('Add', [present, gradient]));
  };
  const targets = new Set(wrt);
  for (const operator of operators.reverse()) {
    const outward = operator.outputs.map((output) => gradients.get(output));
    if (outward.every((gradient) => gradient === undefined)) continue;
    const wanted = operator.inputs.map((input) => input !== undefined && dependent.has(input) && floats(extension, input));
    if (!wanted.includes(true) || (operator.domain === '' && constantOperators.has(operator.type))) continue;
    const rule = operator.domain === '' ? rules.get(operator.type) ?? expanding(operator.type) : undefined;
    if (!rule) throw new GradientError(`No gradient passes through ${operator.type} ${operator.name}${operator.reason ? ` (${operator.reason})` : ''}`, operator);
    if (operator.type !== 'Split' && !expansions.has(operator.type) && outward[0] === undefined) throw new GradientError(`No gradient passes through the second output of ${operator.type} ${operator.name}`, operator);
    const gradient = outward.find((one) => one !== undefined)!;
    const inward = rule({ graph: extension, operator, inputs: operator.inputs, outputs: operator.outputs, attributes: attributesOf(operator), gradient, gradients: outward, wanted });
    operator.inputs.forEach((input, index) => {
      const one = inward[index];
      if (input !== undefined && wanted[index] && one !== undefined) accumulate(input, one);
    });
    // a tensor in between is freed unless it was asked for
    for (const output of operator.outputs) if (!targets.has(output)) gradients.delete(output);
  }
  return wrt.map((value) => gradients.get(value));
}

/** The rule of an operator that is expressed by others: these are added, and gradients pass back through them. */
function expanding(type: string): GradientRule | undefined {
  const expansion = expansions.get(type);
  if (!expansion) return undefined;
  return (step) => {
    const first = step.graph.operators.length;
    const results = expansion(step);
    const seeds = new Map<number, number>();
    step.gradients.forEach((gradient, index) => {
      const result = results[index];
      if (gradient !== undefined && result !== undefined) seeds.set(result, gradient);
    });
    const targets = step.inputs.filter((one, index) => one !== undefined && step.wanted[index]) as number[];
    const found = differentiate(step.graph, seeds, targets, first);
    return step.inputs.map((one) => (one === undefined ? undefined : found[targets.indexOf(one)]));
  };
}

/** Gradients of sum(seed * output) where the seed is a further input, `seed`, of the output's shape. */
export function gradientGraph(graph: LayerGraph, wrt: readonly number[] = graph.inputs, output: number = graph.outputs[0]): GradientGraph & { readonly seed: string } {
  const extension = new GraphExtension(graph);
  const seed = extension.input('seed', extension.type(output));
  const gradients = differentiate(extension, new Map([[output, seed]]), wrt);
  return { graph: extension.finish(gradients.filter((gradient) => gradient !== undefined)), gradients, seed: extension.values[seed].name };
}

function floats(extension: GraphExtension, value: number): boolean {
  const { dataType } = extension.type(value);
  return dataType === undefined || isFloating(dataType);
}
