import { frameworkHas } from '../analysis/known-names.ts';
import { formatFormula } from '../python/paths/condition.ts';
import type { Formula } from '../python/paths/condition.ts';
import type { PathEntry, Place, SourceFile } from '../python/interpreter-api.ts';
import { messageOf } from './exception-message.ts';
import { visit } from './calls.ts';
import { Condition, PyException, Unknown } from '../python/values/index.ts';
import type { TracebackEntry } from '../python/values/index.ts';
import type { Diagnostic, Severity } from '../analysis.ts';
import type { Failure } from '../analysis/host.ts';
import { locationOf, textOf } from '../tracing/place.ts';
import { exampleFor } from './example.ts';
import { diagnosticFrom } from './from-exception.ts';
import type { ExceptionContext } from './from-exception.ts';

export interface FailureContext extends ExceptionContext {
  /** Whether a module is a file of the user's. */
  isUserModule(name: string): boolean;
  /** Whether it failed in a run that Layerscope made up, of a model that nobody calls. */
  readonly isTrial: boolean;
}

export type FailureResult =
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'gap'; readonly reason: string; readonly place: Place | undefined };

/** Ways to end a program that are no faults. */
const endings: ReadonlySet<string> = new Set(['SystemExit', 'KeyboardInterrupt', 'GeneratorExit', 'StopIteration', 'StopAsyncIteration']);

/** What an exception that nothing caught means to the user: a diagnostic, a gap, or nothing. */
export function failureDiagnostic({ error: { exception }, path }: Failure, context: FailureContext, severity: Severity): FailureResult | undefined {
  const names = exception.cls.mro.map(({ name }) => name);
  if (names.some((name) => endings.has(name))) return undefined;
  const raised = exception.traceback.at(-1);
  const byUser = raised !== undefined && raised.file.user && isRaiseStatement(raised);
  // a check of the user's own that fails on one path, or under a guess, does what it is there for
  if (byUser && (path.length > 0 || context.isTrial || readsCommandLine(context.file))) return undefined;
  if (context.isTrial && names[0] === 'NotImplementedError') return undefined;
  if (lacksArguments(exception, context)) return undefined;
  // what a program says where a package is not installed here
  if (byUser && exception.context instanceof PyException && exception.context.cls.mro.some(({ name }) => name === 'ImportError')) return undefined;
  if (names.includes('ImportError')) return importResult(exception, context);
  // the names of a stub module are not all there are
  if (names[0] === 'KeyError' && raised && textOf(raised).includes('.__dict__')) return { kind: 'gap', reason: `KeyError: ${messageOf(context.interpreter, exception)}`, place: raised };
  const onPath = path.length > 0;
  const result = diagnosticFrom(exception, context, onPath ? severityOnPath(path, severity) : severity);
  if ('notCertain' in result) return onPath ? undefined : { kind: 'gap', reason: result.notCertain, place: result.place };
  // only a framework's own complaint is worth showing where it depends on what Layerscope does not know
  if ((onPath || context.isTrial) && (raised?.file.user || result.severity === 'information') && !fromTensors(result.code)) return undefined;
  // cells are run in any order, and magics hide what others define or fill
  if (context.file.path.endsWith('.ipynb') && raised?.file.user && !byUser && !fromTensors(result.code)) return { kind: 'diagnostic', diagnostic: { ...result, severity: 'warning' } };
  return { kind: 'diagnostic', diagnostic: onPath ? conditional(result, path) : result };
}

/** Whether a program's own checks may depend on how it is started: the analysis takes the defaults. */
function readsCommandLine({ text }: SourceFile): boolean {
  return /\b(argparse|sys\.argv|click|fire|hydra|absl|environ|getenv|input\()/.test(text);
}

/** Whether a program stops because it was started without arguments: the analysis gives it none. */
function lacksArguments(exception: PyException, context: FailureContext): boolean {
  const raised = exception.traceback.findLast(({ file }) => file.user);
  if (raised === undefined || !readsCommandLine(context.file)) return false;
  return /\bargv\b/.test(textOf(raised)) || /\b(args?|opt|opts|options?|config|cfg|flags|hparams)\./i.test(textOf(raised)) && messageOf(context.interpreter, exception).includes('NoneType');
}

/** A name that a module of the user, or one of which all names are known, does not have is an error; a package that is not installed here may be elsewhere. */
function importResult(exception: PyException, context: FailureContext): FailureResult {
  const message = messageOf(context.interpreter, exception);
  const place = exception.traceback.findLast(({ file }) => file === context.file);
  const [, name, module] = /^cannot import name '([^']+)' from '([^']+)'/.exec(message) ?? [];
  const isCertain = module !== undefined && (context.isUserModule(module) || /^[A-Z]/.test(name) && frameworkHas(module, name) === false);
  if (!isCertain || !place) return { kind: 'gap', reason: message, place };
  return { kind: 'diagnostic', diagnostic: { severity: 'error', code: 'import-error', message: message.replace(/ \(\/.*\)$/, ''), location: locationOf(place), related: [] } };
}

function fromTensors(code: string): boolean {
  return code === 'shape-mismatch' || code === 'wrong-dtype';
}

/** Where the path depends on what is not known at all, its arms may exclude one another unseen. */
function severityOnPath(path: readonly PathEntry[], severity: Severity): Severity {
  return path.every(({ condition }) => condition instanceof Condition) && severity === 'error' ? 'warning' : 'information';
}

function conditional(diagnostic: Diagnostic, path: readonly PathEntry[]): Diagnostic {
  const formulas = path.flatMap(({ condition, polarity }): Formula[] => (condition instanceof Condition ? [polarity ? condition.formula : { kind: 'not', formula: condition.formula }] : []));
  const texts = path.map((entry) => conditionText(entry)).filter((text) => text !== undefined);
  const example = formulas.length === path.length ? exampleFor(formulas) : undefined;
  return {
    ...diagnostic,
    message: texts.length === 0 ? diagnostic.message : `${diagnostic.message} (when ${texts.join(' and ')})`,
    ...(example && { example }),
  };
}

/** The decision as a formula, or as its line; undefined where it was made in a library. */
export function conditionText({ condition, polarity, place }: PathEntry): string | undefined {
  if (condition instanceof Condition) return formatFormula(polarity ? condition.formula : { kind: 'not', formula: condition.formula });
  if (!(condition instanceof Unknown) || !place?.file.user) return undefined;
  const text = textOf(place).split('\n')[0];
  return polarity ? text : `not ${text}`;
}

function isRaiseStatement(raised: TracebackEntry): boolean {
  let found = false;
  visit(raised.file.tree, raised, ({ type }) => {
    if (type === 'Raise' || type === 'Assert') found = true;
    else if (type === 'FunctionDef' || type === 'Lambda') found = false;
  });
  return found;
}

