/** How long lists and tuples may become. */
import type { Interpreter } from '../interpreter-api.ts';
import type { Unknown } from '../values/index.ts';

/** Longer ones are not kept element by element: they become unknown. */
const longest = 2_000_000;

/** Counts the work of making a sequence; Unknown where it is too long: a real machine may well hold it. */
export function tooLong(interpreter: Interpreter, length: number): Unknown | undefined {
  if (length > longest) return interpreter.unknown(`a sequence of ${length} elements is not followed`);
  interpreter.spend(length >> 1);
  return undefined;
}
