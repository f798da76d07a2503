import type { Location } from '../../graph/graph.ts';
import type { Diagnostic, Fix, Severity } from '../analysis.ts';
import type { Interpreter, Place, SourceFile } from '../python/interpreter-api.ts';
import type { PyException, TracebackEntry } from '../python/values/index.ts';
import type { Note } from '../tracing/faults.ts';
import { locationOf } from '../tracing/place.ts';
import { messageOf } from './exception-message.ts';
import { argumentFix } from './argument-fix.ts';
import { codeOf } from './codes.ts';

/** What a source file is to the user: his own, an installed package, or Layerscope's text for a framework. */
export type FileKind = 'user' | 'package' | 'stub';

export interface ExceptionContext {
  readonly interpreter: Interpreter;
  /** The file under analysis: diagnostics stand in it. */
  readonly file: SourceFile;
  kindOf(file: SourceFile): FileKind;
}

/**
 * The diagnostic for an exception that nothing caught, or the reason why it is none: where a stub or an installed package
 * fails in a way that its author did not mean, Layerscope does not know enough, and that is no fault of the user.
 */
export function diagnosticFrom(exception: PyException, context: ExceptionContext, severity: Severity): Diagnostic | { readonly notCertain: string; readonly place?: Place } {
  const { interpreter, file } = context;
  const message = messageOf(interpreter, exception);
  const { traceback } = exception;
  const at = innermost(traceback, (entry) => entry.file === file) ?? innermost(traceback, (entry) => context.kindOf(entry.file) === 'user');
  const raised = traceback.at(-1);
  const name = exception.cls.name;
  if (!at) return { notCertain: `${name}: ${message}` };
  if (raised && context.kindOf(raised.file) !== 'user' && isImplicit(name, raised)) {
    return { notCertain: `Layerscope does not follow ${raised.function}: ${name}: ${message}`, place: at };
  }
  const framework = raised !== undefined && context.kindOf(raised.file) !== 'user';
  const notes = exception.notes as readonly Note[];
  return {
    severity,
    code: codeOf(exception.cls, message, framework),
    message: message === '' ? name : message,
    location: locationOf(at),
    related: [...notes.flatMap((note) => (note.kind === 'related' ? [{ location: locationOf(note.place), message: note.message }] : [])), ...frames(traceback, at, context)],
    ...fixOf(notes, file),
  };
}

/** Errors that Python raises by itself: in a stub or a package they mean that something is not modelled. */
const implicit: ReadonlySet<string> = new Set(['NameError', 'UnboundLocalError', 'AttributeError', 'NotImplementedError', 'RecursionError', 'ImportError', 'ModuleNotFoundError', 'KeyError', 'StopIteration']);

function isImplicit(name: string, raised: TracebackEntry): boolean {
  if (!implicit.has(name)) return false;
  const { text } = raised.file;
  const line = text.slice(text.lastIndexOf('\n', raised.start) + 1, raised.end);
  return !/\b(raise|require|missing)\b/.test(line);
}

function innermost(traceback: readonly TracebackEntry[], fits: (entry: TracebackEntry) => boolean): TracebackEntry | undefined {
  return traceback.findLast(fits);
}

/** The calls of other files between the user's line and where it was raised, and the user's own calls that led to the line. */
function frames(traceback: readonly TracebackEntry[], at: TracebackEntry, context: ExceptionContext): { location: Location; message: string }[] {
  const index = traceback.lastIndexOf(at);
  const inner = traceback.slice(index + 1).filter((entry) => context.kindOf(entry.file) !== 'stub');
  const outer = traceback.slice(0, index).filter((entry) => entry.file === context.file);
  return [
    ...inner.slice(-3).map((entry) => ({ location: locationOf(entry), message: `raised through ${entry.function}` })),
    ...outer.slice(-2).reverse().map((entry) => ({ location: locationOf(entry), message: entry.function === '<module>' ? 'called here' : `called here, in ${entry.function}` })),
  ];
}

function fixOf(notes: readonly Note[], file: SourceFile): { fix?: Fix } {
  for (const note of notes) {
    if (note.kind !== 'fix' || note.place.file !== file) continue;
    const fix = argumentFix(note);
    if (fix) return { fix };
  }
  return {};
}
