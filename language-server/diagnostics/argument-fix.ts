import type { Fix } from '../analysis.ts';
import type * as syntax from '../python/source/syntax.ts';
import type { Note } from '../tracing/faults.ts';
import { locationOf } from '../tracing/place.ts';
import { callAt } from './calls.ts';

/** The edit that sets an argument of the call that made a layer: in place by keyword or position, else added at the end. */
export function argumentFix(note: Extract<Note, { kind: 'fix' }>): Fix | undefined {
  const { file } = note.place;
  const call = callAt(file.tree, note.place);
  if (!call || !calls(call, note.callee)) return undefined;
  const edit = (start: number, end: number, newText: string): Fix => ({ title: note.title, edits: [{ location: locationOf({ file, start, end }), newText }] });
  const argument = argumentOf(call, note.argument, note.position);
  if (argument) return edit(argument.start, argument.end, note.text);
  if (call.keywords.some(({ name }) => name === undefined) || call.arguments.some(({ type }) => type === 'Starred')) return undefined;
  const last = [...call.arguments, ...call.keywords].sort((a, b) => a.end - b.end).at(-1);
  const at = last?.end ?? call.end - 1;
  return edit(at, at, `${last ? ', ' : ''}${note.argument}=${note.text}`);
}

/** Whether a call names this class: a layer may have been made by a library, through another call. */
function calls({ function: callee }: syntax.Call, name: string | undefined): boolean {
  if (name === undefined) return true;
  return (callee.type === 'Name' || callee.type === 'Attribute') && callee.name === name;
}

function argumentOf(call: syntax.Call, name: string, position: number | undefined): syntax.Span | undefined {
  const keyword = call.keywords.find((candidate) => candidate.name === name);
  if (keyword) return keyword.value;
  if (position === undefined) return undefined;
  const before = call.arguments.slice(0, position + 1);
  return before.some(({ type }) => type === 'Starred') ? undefined : before[position];
}
