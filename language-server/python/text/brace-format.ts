/** `template.format(*positional, **keywords)`. */
import type { Interpreter, Keywords } from '../interpreter-api.ts';
import { exceptions } from '../values/builtin-classes.ts';
import type { Value } from '../values/index.ts';
import { formatValue } from './format-spec.ts';
import { asciiOnly } from './repr.ts';

/** Raises what CPython raises; throws NotKnown where a value is not known. `lookup` gives the value of a named field. */
export function braceFormat(interpreter: Interpreter, template: string, positional: readonly Value[], lookup: (name: string) => Value): string {
  const state: Numbering = { next: 0, manual: undefined };
  return expand(interpreter, template, positional, lookup, state, 0);
}

/** The lookup of keyword arguments. */
export function keywordLookup(interpreter: Interpreter, keywords: Keywords | undefined): (name: string) => Value {
  return (name) => {
    const value = keywords?.get(name);
    if (value === undefined) throw interpreter.error(exceptions.KeyError, name);
    return value;
  };
}

interface Numbering { next: number; manual: boolean | undefined }

function expand(interpreter: Interpreter, template: string, positional: readonly Value[], lookup: (name: string) => Value, state: Numbering, depth: number): string {
  const fail = (message: string): never => {
    throw interpreter.error(exceptions.ValueError, message);
  };
  if (depth > 2) fail('Max string recursion exceeded');
  let text = '';
  for (let at = 0; at < template.length;) {
    const character = template[at];
    if (character !== '{' && character !== '}') {
      text += character;
      at++;
    } else if (template[at + 1] === character) {
      text += character;
      at += 2;
    } else if (character === '}') fail("Single '}' encountered in format string");
    else {
      const end = fieldEnd(template, at + 1);
      if (end === undefined) fail(at + 1 >= template.length ? "Single '{' encountered in format string" : "expected '}' before end of string");
      text += field(interpreter, template.slice(at + 1, end), positional, lookup, state, depth);
      at = end! + 1;
    }
  }
  return text;
}

function fieldEnd(template: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < template.length; at++) {
    if (template[at] === '{') depth++;
    else if (template[at] === '}' && --depth === 0) return at;
    else if (template[at] === '[' && depth === 1) {
      const close = template.indexOf(']', at);
      if (close > 0 && !/[:!{}]/.test(template.slice(from, at))) at = close;
    }
  }
  return undefined;
}

function field(interpreter: Interpreter, text: string, positional: readonly Value[], lookup: (name: string) => Value, state: Numbering, depth: number): string {
  const match = /^((?:[^[\]:!]|\[[^\]]*\])*)(?:!(.))?(?::([\s\S]*))?$/s.exec(text);
  if (!match) throw interpreter.error(exceptions.ValueError, "expected ':' after conversion specifier");
  const [, path, conversion, spec] = match;
  const [, first, rest] = /^([^.[]*)([\s\S]*)$/.exec(path)!;
  let value = argument(interpreter, first, positional, lookup, state);
  for (const step of rest.matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
    if (step[1] !== undefined) value = interpreter.getAttribute(value, step[1]);
    else value = interpreter.getItem(value, /^\d+$/.test(step[2]) ? Number(step[2]) : step[2]);
  }
  if (conversion === 'r') value = interpreter.repr(value);
  else if (conversion === 's') value = interpreter.str(value);
  else if (conversion === 'a') value = asciiOnly(interpreter.repr(value));
  else if (conversion !== undefined) throw interpreter.error(exceptions.ValueError, `Unknown conversion specifier '${conversion}'`);
  return formatValue(interpreter, value, spec === undefined ? '' : expand(interpreter, spec, positional, lookup, state, depth + 1));
}

function argument(interpreter: Interpreter, name: string, positional: readonly Value[], lookup: (name: string) => Value, state: Numbering): Value {
  if (name !== '' && !/^\d+$/.test(name)) return lookup(name);
  const manual = name !== '';
  if (state.manual !== undefined && state.manual !== manual) {
    throw interpreter.error(exceptions.ValueError, manual ? 'cannot switch from automatic field numbering to manual field specification'
      : 'cannot switch from manual field specification to automatic field numbering');
  }
  state.manual = manual;
  const index = manual ? Number(name) : state.next++;
  if (index >= positional.length) throw interpreter.error(exceptions.IndexError, `Replacement index ${index} out of range for positional args tuple`);
  return positional[index];
}
