import type { LinearForm } from '../neurons/activation-region.ts';

/** DeepCheck's three scores of an input element (arXiv 1807.10439, section on important pixels). */
export type ImportanceScore = 'coefficient' | 'absolute' | 'contribution';

/** How much each input element matters to a linear form: its coefficient, the coefficient's size, or the coefficient times the input. */
export function importance({ coefficients }: LinearForm, input: Float64Array, score: ImportanceScore): Float64Array {
  if (score === 'coefficient') return coefficients.slice();
  return score === 'absolute' ? coefficients.map(Math.abs) : coefficients.map((c, j) => c * input[j]);
}

/** The elements in order of importance, the most important first. */
export function mostImportant(scores: Float64Array): number[] {
  return Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
}
