import { parseVnnlib, readStatements, type Inequality, type Normal, type VnnlibQuery } from './vnnlib.ts';

/** Alternatives and inequalities beyond these are counted, not listed. */
const MOST = 6;

/** What a property file means, in sentences: for a person who reads it in the editor. */
export interface PropertyDescription {
  readonly query: VnnlibQuery;
  /** The whole query. */
  readonly summary: string;
  /** What is asked of X_i or Y_j; undefined where there is no such variable. */
  variable(name: string): string | undefined;
  /** The assertion that begins on a line, counted from 1. */
  assertion(line: number): string | undefined;
}

/** @throws PropertyError where the file cannot be read */
export function describeProperty(text: string): PropertyDescription {
  const { declared, assertions } = readStatements(text);
  const query = parseVnnlib(text);
  const { inputs, outputs, property: { cases } } = query;
  const boxes = new Set(cases.map((one) => one.lower)).size;
  const summary = `Is there an input in ${boxes === 1 ? 'the box' : `one of ${boxes} boxes`} whose outputs meet ${cases.length === 1 ? 'the constraints' : `one of ${cases.length} alternatives`}? ${inputs} inputs, ${outputs} outputs.`;
  return {
    query, summary,
    variable: (name) => {
      const match = /^([XY])_(\d+)$/.exec(name);
      const line = match ? declared[match[1] as 'X' | 'Y'].get(Number(match[2])) : undefined;
      if (!match || line === undefined) return undefined;
      const index = Number(match[2]);
      if (match[1] === 'Y') {
        const constrained = assertions.filter(({ formula }) => formula.some((clause) => clause.some((one) => one.outputs.has(index)))).length;
        return `${name}: output ${index + 1} of ${outputs}, ${constrained === 0 ? 'not constrained' : `in ${constrained} ${constrained === 1 ? 'assertion' : 'assertions'}`}.`;
      }
      const ranges = [...new Set(cases.map(({ lower, upper }) => range(lower[index], upper[index])))];
      return `${name}: input ${index + 1} of ${inputs}, ${ranges.slice(0, MOST).join(' or ')}${ranges.length > MOST ? ` or in one of ${ranges.length - MOST} further ranges` : ''}.`;
    },
    assertion: (line) => {
      const found = assertions.find((assertion) => assertion.line === line);
      return found && inWords(found.formula);
    },
  };
}

function range(lower: number, upper: number): string {
  return lower === upper ? `fixed at ${lower}` : `between ${lower} and ${upper}`;
}

function inWords(formula: Normal): string {
  if (formula.length === 0) return 'Never holds.';
  const clauses = formula.slice(0, MOST).map((clause) => (clause.length === 0 ? 'always' : clause.slice(0, MOST).map(inequality).join(' and ') + (clause.length > MOST ? ` and ${clause.length - MOST} more` : '')));
  if (formula.length === 1) return `Must hold: ${clauses[0]}.`;
  return `One of ${formula.length} must hold: ${clauses.join('; or ')}${formula.length > MOST ? '; or ...' : ''}.`;
}

/** A bound as X_0 ≤ 1; else positive terms on the left, negative ones on the right. */
function inequality({ inputs, outputs, constant, strict }: Inequality): string {
  const terms = [...[...inputs].map(([i, c]) => [`X_${i}`, c] as const), ...[...outputs].map(([i, c]) => [`Y_${i}`, c] as const)];
  if (terms.length === 1) {
    const [[name, coefficient]] = terms;
    return `${name} ${coefficient > 0 ? (strict ? '<' : '≤') : strict ? '>' : '≥'} ${constant === 0 ? 0 : -constant / coefficient}`;
  }
  const side = (sign: 1 | -1) => [
    ...terms.filter(([, c]) => c * sign > 0).map(([name, c]) => (c * sign === 1 ? name : `${c * sign} ${name}`)),
    ...(constant * sign > 0 ? [String(constant * sign)] : []),
  ].join(' + ') || '0';
  return `${side(1)} ${strict ? '<' : '≤'} ${side(-1)}`;
}
