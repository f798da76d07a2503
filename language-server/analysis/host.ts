import { readFileSync, statSync } from 'node:fs';
import { not } from '../python/paths/condition.ts';
import type { Formula } from '../python/paths/condition.ts';
import type { ForkSeen, Host, PathEntry, Place, PythonError, Resolution, SourceFile, Undecided } from '../python/interpreter-api.ts';
import type { Resolver } from '../python/resolution/resolver.ts';
import type * as syntax from '../python/source/syntax.ts';
import { Condition, PyClass, PyInstance, PyModule, Unknown, typeOf } from '../python/values/index.ts';
import type { PyException, PyFunction, Value } from '../python/values/index.ts';
import { frameworkHas } from './known-names.ts';
import { isStubPath } from './stub-files.ts';
import type { Recorder } from '../extraction/recorder.ts';
import { joinTensors, joinTypes } from '../tracing/join.ts';
import { layerscopeModule } from '../tracing/module.ts';
import { Run } from '../tracing/run.ts';
import type { Tracer } from '../tracing/run.ts';
import { TraceValue } from '../tracing/trace.ts';

/** An exception that left a statement of a user file, or one path of it. */
export interface Failure {
  readonly error: PythonError;
  /** The decisions under which it happens; empty where it happens for certain. */
  readonly path: readonly PathEntry[];
}

/** What one file's analysis wants to hear of its interpretation. */
export interface Listener {
  recorder: Recorder;
  failed(failure: Failure): void;
  gap(reason: string, place: Place | undefined): void;
  forked(fork: ForkSeen): void;
}

/** The host of the interpreter: resolves imports, and passes what happens to the trace and to the analysis at hand. */
export class AnalysisHost implements Host, Tracer {
  run = new Run();
  listener: Listener | undefined;
  cancelled: () => boolean = () => false;
  resolver: Resolver;
  /** Data files that were read, with when they were last changed. */
  readonly dataRead = new Map<string, number | undefined>();
  /** The place in the user's files that is running. */
  place: (() => Place | undefined) | undefined;
  /** What imports have found. */
  resolved = new Map<string, Resolution>();
  /** Libraries whose import was given up. */
  readonly tooLong = new Set<string>();
  /** The user's files that were read. */
  readonly filesRead = new Set<string>();
  readonly #layerscope = layerscopeModule(this, (owner, name) => (frameworkHas(owner, name) === false ? undefined : this.notModelled(owner, name)));

  constructor(resolver: Resolver) {
    this.resolver = resolver;
  }

  resolve(name: string, from: SourceFile | undefined): Resolution {
    // the primitives are for stubs; to the user there is no such module
    if (name === 'layerscope') return from?.user ? { kind: 'missing' } : { kind: 'native', module: this.#layerscope };
    if (name === 'builtins') return { kind: 'native', module: { load: ({ builtins }) => Object.fromEntries(builtins) } };
    const resolution: Resolution = this.tooLong.has(name) ? { kind: 'unknown', reason: `importing ${name} takes too long to follow` } : this.resolver.resolve(name);
    this.resolved.set(name, resolution);
    if (resolution.kind === 'source' && resolution.file.user) this.filesRead.add(resolution.file.path);
    return resolution;
  }

  version(distribution: string): string | undefined {
    return this.resolver.version(distribution);
  }

  readFile(path: string): Uint8Array | undefined {
    const found = this.resolver.dataFile(path);
    if (found === undefined) return undefined;
    const content = readData(found);
    if (content) this.dataRead.set(found, stampOf(found));
    return content;
  }

  /** Whether a data file that was read has changed since; it is forgotten then. */
  dataChanged(): boolean {
    const changed = [...this.dataRead].filter(([path, stamp]) => stampOf(path) !== stamp);
    for (const [path] of changed) this.dataRead.delete(path);
    return changed.length > 0;
  }

  evaluated(node: syntax.Expression, value: Value, file: SourceFile): void {
    this.listener?.recorder.evaluated(node, value, file);
  }

  bound(node: syntax.Name | syntax.Attribute, value: Value, file: SourceFile): void {
    this.listener?.recorder.bound(node, value, file);
  }

  failed(error: PythonError): void {
    this.listener?.failed({ error, path: [] });
  }

  failedOnPath(error: PythonError, path: readonly PathEntry[]): void {
    const { condition, polarity } = path.at(-1)!;
    // where one side raises, whatever follows is on the other
    if (condition instanceof Condition && path.slice(0, -1).every((entry) => this.run.survived.has(entry.condition))) {
      this.run.survived.add(condition);
      const other = polarity ? not(condition.formula) : condition.formula;
      if (typeof other !== 'boolean') this.run.presume(other);
    }
    this.listener?.failed({ error, path: [...path] });
  }

  forked(fork: ForkSeen): void {
    this.listener?.forked(fork);
  }

  constrained(formula: Formula, error: PyException, path: readonly PathEntry[], place: Place | undefined): void {
    this.run.constraints.push({ formula, error, path: [...path], place: this.place?.() ?? place });
  }

  join(condition: Undecided, whenTrue: Value, whenFalse: Value, place: Place | undefined): Value | undefined {
    return joinTensors(this.run, condition, whenTrue, whenFalse, place);
  }

  joinPayloads(_condition: Undecided, _object: PyInstance, whenTrue: unknown, whenFalse: unknown, place: Place | undefined): unknown {
    if (!(whenTrue instanceof TraceValue) || !(whenFalse instanceof TraceValue)) return undefined;
    const [joined] = this.run.trace.operator('Join', 'layerscope', [whenTrue, whenFalse], {}, [joinTypes(this.run, whenTrue.type, whenFalse.type)], { place });
    return joined;
  }

  /**
   * What a stub's function makes of an unknown tensor is unknown, and running it would fork at each of its checks. Inside a model's
   * call it is run nevertheless: the graph is to go on behind what is not known.
   */
  passesUnknown({ code }: PyFunction, [first, second]: readonly Value[]): boolean {
    if (this.run.trace.scope !== undefined || !isStubPath(code.unit.file.path)) return false;
    return first instanceof Unknown ? tensorParameters.has(code.parameters[0]) : second instanceof Unknown && tensorOperators.has(code.name);
  }

  /** Stubs are incomplete: what one does not have may well be in the real framework. */
  missing(object: Value, name: string): Value | undefined {
    // a number may be one of NumPy's, which have what arrays have
    if (object instanceof Unknown && !ofTensors.has(name) && frameworkHas('numpy:ndarray', name)) return object.derive();
    const owner = stubOwner(object);
    return owner === undefined || frameworkHas(owner.key, name) === false ? undefined : this.notModelled(owner.name, name);
  }

  /** The value of a name that the framework has but no stub. */
  notModelled(owner: string, name: string): Unknown {
    const unknown = new Unknown(`layerscope does not know ${owner}.${name}`, this.place?.());
    this.gap(unknown);
    return unknown;
  }

  gap({ reason, place }: Unknown): void {
    this.listener?.gap(reason, place);
  }
}

/** What tensors have, and no number of any library. */
const ofTensors: ReadonlySet<string> = new Set(['backward', 'cpu', 'cuda', 'detach', 'grad', 'grad_fn', 'numpy', 'requires_grad', 'unsqueeze']);

/** Undefined where the disk does not give it. */
function readData(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    // gone since it was found, or not ours to read
    return undefined;
  }
}

function stampOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** What stubs call the tensor that a function works on. */
const tensorParameters: ReadonlySet<string> = new Set(['self', 'input', 'x', 'a', 'array', 'arr', 'data', 'object', 'tensor', 'tensors', 'arrays', 'value', 'y', 'y_true', 'inputs', 'obj', 'ndarray', 'x1', 'a1', 'other']);
const tensorOperators: ReadonlySet<string> = new Set([
  '__getitem__', '__add__', '__radd__', '__sub__', '__rsub__', '__mul__', '__rmul__', '__truediv__', '__rtruediv__', '__floordiv__', '__mod__', '__pow__', '__rpow__', '__matmul__',
  '__rmatmul__', '__and__', '__or__', '__xor__', '__eq__', '__ne__', '__lt__', '__le__', '__gt__', '__ge__',
]);

/** The stub module or class because of which an attribute may only be missing here; undefined where Layerscope knows all there is. */
function stubOwner(object: Value): { readonly key: string; readonly name: string } | undefined {
  if (object instanceof PyModule) {
    const file = object.attributes.get('__file__');
    const isStub = typeof file === 'string' ? isStubPath(file) : object.name !== 'layerscope';
    return isStub && !object.attributes.has('__layerscope_complete__') ? { key: object.name, name: object.name } : undefined;
  }
  const cls = object instanceof PyClass ? object : object instanceof PyInstance ? typeOf(object) : undefined;
  const stub = cls?.mro.find((base) => base.place !== undefined && !base.place.file.user && isStubPath(base.place.file.path) && !base.attributes.has('__layerscope_complete__'));
  if (!stub) return undefined;
  const module = stub.attributes.get('__module__');
  return { key: `${typeof module === 'string' ? module.split('.')[0] : ''}:${stub.name}`, name: stub.name };
}
