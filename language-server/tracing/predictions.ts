import type { Place } from '../python/interpreter-api.ts';
import { isGradientLeaf } from './gradients.ts';
import type { Step, TraceOperator, TraceValue } from './trace.ts';

/** What a program that has no model objects computes of its inputs, before labels come in. */
export interface Predictions {
  /** Data that they are made of: what is fed, loaded, or drawn at random. */
  readonly inputs: readonly TraceValue[];
  /** In the order in which they are made. */
  readonly outputs: readonly TraceValue[];
  /** Weights that they depend on, in the order in which they are made. */
  readonly parameters: readonly TraceValue[];
}

/** What a value was made from. */
interface Origin {
  readonly weights: boolean;
  readonly inputs: ReadonlySet<TraceValue>;
}

const nothing: Origin = { weights: false, inputs: new Set() };

/**
 * Of the tensors that a program is written to compute (a loss, an accuracy, what a session fetches), the ones that a model gives: they depend
 * on weights and on data, and on no label. An input is data where it first meets weights alone (`x @ W`), and a label where it first meets
 * what weights made of data (`y * log(p)`). What a loss computes for itself, within the expression that takes the label, is no prediction.
 */
export function predictionsOf(finals: readonly TraceValue[], { isWeight = isTrained, isGiven = isOutside }: { isWeight?: (value: TraceValue) => boolean; isGiven?: (value: TraceValue) => boolean } = {}): Predictions {
  const operators = before(finals, isWeight);
  const origins = new Map<TraceValue, Origin>();
  const originOf = (value: TraceValue): Origin => {
    const known = origins.get(value);
    if (known) return known;
    if (isWeight(value)) return { weights: true, inputs: nothing.inputs };
    if (isGiven(value)) return { weights: false, inputs: new Set([value]) };
    return nothing;
  };
  const data = new Set<TraceValue>();
  for (const operator of operators) {
    if (isDrawing(operator)) continue;
    const parts = present(operator).map(originOf);
    if (parts.some(({ weights, inputs }) => weights && inputs.size === 0)) for (const { weights, inputs } of parts) if (!weights) for (const input of inputs) data.add(input);
    const origin = { weights: parts.some(({ weights }) => weights), inputs: new Set(parts.flatMap(({ inputs }) => [...inputs])) };
    for (const output of operator.outputs) origins.set(output, origin);
  }
  // a number that is fed beside the data (a rate, a flag) is no label
  const isLabel = (input: TraceValue): boolean => !data.has(input) && input.type.shape?.length !== 0;
  const usesLabel = (value: TraceValue): boolean => [...originOf(value).inputs].some(isLabel);
  const labelled = operators.filter((operator) => operator.outputs.some(usesLabel));
  // without labels (a generator's loss, an autoencoder's) what ends in one number is the loss
  const judging = labelled.length > 0 ? labelled : operators.filter((operator) => operator.outputs.some(({ type }) => type.shape?.length === 0));
  const isPrediction = (value: TraceValue): boolean => {
    const { weights, inputs } = originOf(value);
    return weights && inputs.size > 0 && !usesLabel(value);
  };
  const places = judging.flatMap(({ place }) => (place ? [place] : []));
  const found = (belongs: (judge: Place, place: Place | undefined) => boolean): Set<TraceValue> => {
    const outputs = new Set<TraceValue>();
    const visit = (value: TraceValue): void => {
      if (!isPrediction(value)) return;
      // what the loss makes for itself: look at what it made it from
      const { source } = value;
      if (source.kind === 'operator' && places.some((place) => belongs(place, source.operator.place))) for (const input of present(source.operator)) visit(input);
      else outputs.add(value);
    };
    for (const operator of judging) for (const input of present(operator)) visit(input);
    if (outputs.size === 0) for (const value of finals) visit(value);
    return outputs;
  };
  // a prediction that is written inside of its loss is found by taking the loss for no more than its own call
  let outputs = found(contains);
  if (outputs.size === 0) outputs = found((judge, place) => contains(judge, place) && place?.start === judge.start && place.end === judge.end);
  const sorted = [...outputs].sort((a, b) => a.serial - b.serial);
  const parameters = before(sorted, isWeight).flatMap(present).filter(isWeight);
  const inputs = [...new Set(sorted.flatMap((value) => [...originOf(value).inputs]))].sort((a, b) => a.serial - b.serial);
  return { inputs, outputs: sorted, parameters: [...new Set(parameters)].sort((a, b) => a.serial - b.serial) };
}

/** What a program takes from outside: fed, loaded, or drawn at random. */
function isOutside({ source }: TraceValue): boolean {
  return source.kind === 'input' || source.kind === 'data' || (source.kind === 'operator' && isDrawing(source.operator));
}

function isDrawing(operator: TraceOperator): boolean {
  return operator.type.startsWith('Random') && present(operator).length === 0;
}

/** What training changes: a variable, or a tensor of which the program said that it needs a gradient. */
export function isTrained(value: TraceValue): boolean {
  return value.source.kind === 'parameter' || isGradientLeaf(value);
}

function present({ inputs }: TraceOperator): TraceValue[] {
  return inputs.filter((input) => input !== undefined);
}

/** The operators that values were made by, in the order in which they ran; what weights were made by is left out. */
function before(values: readonly TraceValue[], isWeight: (value: TraceValue) => boolean): TraceOperator[] {
  const operators = new Set<TraceOperator>();
  const open = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isWeight(value) || value.source.kind !== 'operator' || operators.has(value.source.operator)) continue;
    operators.add(value.source.operator);
    open.push(...present(value.source.operator));
  }
  return [...operators].sort((a, b) => a.serial - b.serial);
}

/**
 * What a program that writes its own training steps predicts (NumPy): an array is a weight where a step changes it by something that is made
 * of the array itself and of data, as a gradient is. Of what the backward pass reads again only the last results are predictions.
 */
export function predictionsOfSteps(steps: readonly Step[]): Predictions {
  const never = (): boolean => false;
  // matrices that are written out are examples and their labels
  const isGiven = (value: TraceValue): boolean => isOutside(value) || (value.constant !== undefined && (value.type.shape?.length ?? 0) >= 2);
  const weights = new Set<TraceValue>();
  for (const { target, change } of steps) {
    const made = before([change], (value) => value === target);
    const own = new Set(before([target], never).flatMap(present).concat(target));
    if (made.some((operator) => operator.inputs.includes(target)) && made.flatMap(present).some((value) => isGiven(value) && !own.has(value) && value.type.shape?.length !== 0)) weights.add(target);
  }
  const isWeight = (value: TraceValue): boolean => weights.has(value);
  const { inputs, outputs, parameters } = predictionsOf(steps.filter(({ target }) => isWeight(target)).map(({ change }) => change), { isWeight, isGiven });
  const read = new Set(outputs.flatMap((output) => before([output], isWeight).flatMap(present)));
  return { inputs, outputs: outputs.filter((output) => !read.has(output)), parameters };
}

function contains(outer: Place, inner: Place | undefined): boolean {
  return inner !== undefined && inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}
