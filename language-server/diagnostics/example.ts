import { evaluate } from '../extraction/solve.ts';
import { symbolsOfFormula } from '../python/paths/condition.ts';
import type { DimensionSymbol } from '../../graph/dimension.ts';
import type { Formula } from '../python/paths/condition.ts';

/** The sizes that are tried for each symbol: small ones, and those around powers of two, where limits usually are. */
const sizes: readonly number[] = [
  ...Array.from({ length: 40 }, (_, index) => index + 1),
  ...[64, 128, 224, 256, 512, 1024, 2048, 4096].flatMap((size) => [size - 1, size, size + 1]),
];

/** Small values of the symbols for which all formulas hold; undefined where none were found. */
export function exampleFor(formulas: readonly Formula[]): Record<string, number> | undefined {
  const symbols = new Map<string, DimensionSymbol>();
  for (const formula of formulas) symbolsOfFormula(formula, symbols);
  const wanted = [...symbols.values()];
  if (wanted.length === 0 || wanted.length > 2) return undefined;
  const holds = (values: ReadonlyMap<string, number>): boolean => formulas.every((formula) => evaluate(formula, values) === true);
  for (const first of sizes.filter((size) => size >= wanted[0].minimum)) {
    for (const second of wanted.length === 2 ? sizes.filter((size) => size >= wanted[1].minimum) : [0]) {
      const values = new Map([[wanted[0].name, first], ...(wanted.length === 2 ? [[wanted[1].name, second] as const] : [])]);
      if (holds(values)) return Object.fromEntries(values);
    }
  }
  return undefined;
}
