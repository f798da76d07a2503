import { type ActivationRegion, margin, type LinearRows, type Phase } from '../neurons/activation-region.ts';
import { conditionsInBox, minimise, type MinimiseOptions } from '../neurons/path-condition.ts';
import { reach } from '../neurons/reach.ts';

/** One inequality of a rule: coefficients . x + constant > 0 (or at most 0, of an inactive ReLU). */
export interface RuleCondition {
  readonly coefficients: Float64Array;
  readonly constant: number;
  readonly positive: boolean;
  /** How far the input is from breaking it, in the L-infinity distance. */
  readonly distance: number;
  /** The ReLU whose phase it is, or the class that it keeps below the label. */
  readonly source: { readonly kind: 'phase'; readonly node: number; readonly index: number } | { readonly kind: 'margin'; readonly other: number };
}

/** A label-preserving region: every input of the box that meets all conditions gets the label. */
export interface LabelRule {
  readonly label: number;
  /** Those that bound the region in the box, the nearest first. */
  readonly conditions: readonly RuleCondition[];
  /** How many conditions there are without the box and without those that follow from others. */
  readonly all: number;
  /** Every input this near in every element meets all conditions. */
  readonly radius: number;
}

/**
 * The activation region of an input, cut to where its label has the highest score, as a rule: the phases of all ReLUs and
 * one inequality for each other class, without what follows from the others inside the box.
 * @param region of a network whose outputs are the class scores; piecewise linear.
 */
export async function labelRule(region: ActivationRegion, label: number, box: { readonly lower: Float64Array; readonly upper: Float64Array }, options: MinimiseOptions = {}): Promise<LabelRule> {
  const { output, nodes } = region.network;
  const n = region.loaded.inputSize;
  const others = Array.from({ length: nodes[output].size }, (_, other) => other).filter((other) => other !== label);
  const phases = region.phases({ node: output, terms: Array.from({ length: nodes[output].size }, (_, index) => ({ index, weight: 1 })) });
  const [turns, margins, { radius: reached }] = [await conditionsInBox(region, phases, box, options.signal), region.formsOf(others.map((other) => margin(output, label, other))), await reach(region, phases, { signal: options.signal })];
  if (turns.more.length > 0) throw new RangeError(`the region has ${turns.places.length + turns.more.length} conditions that can break in the box, too many for a rule: take a smaller epsilon`);
  const count = turns.rows.count + others.length;
  const rows: LinearRows = { count, coefficients: new Float64Array(count * n), constants: Float64Array.from([...turns.rows.constants, ...margins.constants]) };
  rows.coefficients.set(turns.rows.coefficients);
  rows.coefficients.set(margins.coefficients, turns.rows.coefficients.length);
  // a margin is a condition like a phase: it must stay above 0
  const signs: Phase[] = [...turns.places.map((place) => phases[place]), ...others.map((other): Phase => ({ node: output, index: other, active: true, value: region.values[output][label] - region.values[output][other] }))];
  const distance = (k: number) => {
    let length = 0;
    for (let j = 0; j < n; j++) length += Math.abs(rows.coefficients[k * n + j]);
    return length <= 1e-12 ? Infinity : Math.abs(signs[k].value) / length;
  };
  const { bounding, unsettled } = await minimise(region.input, rows, signs, box, options);
  const conditions = [...bounding, ...unsettled].map((k): RuleCondition => ({
    coefficients: rows.coefficients.slice(k * n, (k + 1) * n), constant: rows.constants[k], positive: signs[k].active, distance: distance(k),
    source: k < turns.places.length ? { kind: 'phase', node: signs[k].node, index: signs[k].index } : { kind: 'margin', other: signs[k].index },
  }));
  let radius = reached;
  for (let k = turns.places.length; k < signs.length; k++) radius = Math.min(radius, distance(k));
  return { label, conditions: conditions.sort((a, b) => a.distance - b.distance), all: phases.length + others.length, radius };
}
