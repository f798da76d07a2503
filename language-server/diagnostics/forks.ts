/** The execution tree of a file's code: each fork that was met, with its path condition and an example for each arm. */
import type { Fork, ForkArm } from '../analysis.ts';
import type { Formula } from '../python/paths/condition.ts';
import type { ArmEnd, ForkSeen, Interpreter, PathEntry, SourceFile } from '../python/interpreter-api.ts';
import { PythonError } from '../python/interpreter-api.ts';
import { Condition } from '../python/values/index.ts';
import { locationOf } from '../tracing/place.ts';
import { messageOf } from './exception-message.ts';
import { exampleFor } from './example.ts';
import { conditionText } from './from-failure.ts';
import { settledSize } from './settled-sizes.ts';

/** Forks that are told of one file. */
const MOST = 200;

export function forksOf(seen: readonly ForkSeen[], interpreter: Interpreter, file: SourceFile): Fork[] {
  const found = new Map<string, Fork>();
  for (const { condition, place, path, whenTrue, whenFalse } of seen) {
    if (place.file.path !== file.path) continue;
    const text = conditionText({ condition, polarity: true, place });
    if (text === undefined) continue;
    // decisions inside libraries stand between; what the user reads are the file's own
    const own = path.flatMap(({ place: at, polarity }) => (at?.file.path === file.path ? [{ location: locationOf(at), holds: polarity }] : []));
    const location = locationOf(place);
    const key = JSON.stringify([location.line, location.column, text, own.map(({ location: at, holds }) => [at.line, at.column, holds])]);
    if (found.has(key)) continue;
    const armOf = (polarity: boolean, end: ArmEnd): ForkArm => arm([...path, { condition, polarity, place }], end, interpreter);
    found.set(key, { location, condition: text, path: own, arms: [armOf(true, whenTrue), armOf(false, whenFalse)] });
    if (found.size >= MOST) break;
  }
  // an inner fork is met before the outer one ends
  return [...found.values()].sort((a, b) => a.path.length - b.path.length || a.location.line - b.location.line);
}

function arm(path: readonly PathEntry[], end: ArmEnd, interpreter: Interpreter): ForkArm {
  if (end === undefined) return { status: 'infeasible', end: 'cannot be taken here' };
  const formulas = path.flatMap(({ condition, polarity }): Formula[] => (condition instanceof Condition ? [polarity ? condition.formula : { kind: 'not', formula: condition.formula }] : []));
  // what formulas alone rule out is ruled out, whatever else the path asks
  const settled = settledSize(formulas);
  if (settled === 'none') return { status: 'infeasible', end: 'cannot be taken here' };
  const example = formulas.length === path.length ? settled ?? exampleFor(formulas) : undefined;
  const told = end instanceof PythonError ? `raises ${end.exception.cls.name}: ${messageOf(interpreter, end.exception)}` : end;
  return { status: example ? 'feasible' : 'open', end: told, ...(example && { example }) };
}
