import type { StatedInput } from '../diagnostics/comments.ts';
import { NodePlace } from '../python/interpreter-api.ts';
import type { Interpreter, SourceFile } from '../python/interpreter-api.ts';
import { symbol } from '../../graph/dimension.ts';
import { fromDimension, PyClass, PyFunction, PyInstance, Unknown } from '../python/values/index.ts';
import type { PyModule, Value } from '../python/values/index.ts';
import { itemsOf } from '../tracing/conversion.ts';
import type { Run } from '../tracing/run.ts';
import { candidatesIn, modelPlace } from './candidates.ts';
import type { ModelCandidate } from './build-graph.ts';
import { isLayer } from './describe.ts';
import type { Describe } from './description.ts';
import type { Recorder } from './recorder.ts';
import type { Trial } from './trials.ts';

/** What a file makes but nobody calls, in the order in which it is tried. */
export interface Uncalled {
  readonly trial: Trial;
  /** The class, instance or function. */
  readonly subject: object;
  /** Whether its errors are the user's: nothing about how it was built was guessed. */
  readonly asWritten: boolean;
}

export function uncalledInstance(interpreter: Interpreter, layer: PyInstance, name: string, file: SourceFile, stated: readonly StatedInput[]): Uncalled {
  return {
    subject: layer,
    asWritten: true,
    trial: { name, stated, run: () => void interpreter.callMethod(layer, '__layerscope_try__'), candidates: (run) => called(run, layer, name, file) },
  };
}

/** A class of layers, built with its defaults, or with symbols and unknown values for what it needs. */
export function uncalledClass(interpreter: Interpreter, cls: PyClass, file: SourceFile, stated: readonly StatedInput[]): Uncalled {
  const needed = neededParameters(cls);
  let layer: PyInstance | undefined;
  return {
    subject: cls,
    asWritten: needed.length === 0,
    trial: {
      name: cls.name,
      stated,
      run: () => {
        layer = undefined;
        const made = interpreter.call(cls, needed.map((name) => guessedArgument(name)));
        if (!(made instanceof PyInstance) || !isLayer(made)) return;
        layer = made;
        interpreter.callMethod(made, '__layerscope_try__');
      },
      candidates: (run) => (layer ? called(run, layer, cls.name, file) : []),
    },
  };
}

/** A function without needed parameters: what it builds, calls or returns. */
export function uncalledFunction(interpreter: Interpreter, callable: PyFunction, file: SourceFile, stated: readonly StatedInput[], recorder: () => Recorder): Uncalled {
  let returned: PyInstance[] = [];
  return {
    subject: callable,
    asWritten: true,
    trial: {
      name: callable.name,
      stated,
      run: () => {
        returned = [];
        const result = interpreter.call(callable);
        returned = (itemsOf(result) ?? [result]).filter((item) => isLayer(item)).filter((item) => item instanceof PyInstance);
        for (const layer of returned) if (canBeTried(layer.cls)) interpreter.callMethod(layer, '__layerscope_try__');
      },
      candidates: (run, describe: Describe) => {
        const found = candidatesIn(run.trace, describe, recorder().names, file);
        return found.map((candidate) => (returned.length === 1 && candidate.layer === returned[0]
          ? { ...candidate, name: callable.name, place: placeOfBuilder(candidate, callable, file) } : candidate));
      },
    },
  };
}

/** The layer's own call is the model, whatever else the attempt called. */
function called(run: Run, layer: PyInstance, name: string, file: SourceFile): ModelCandidate[] {
  const scope = run.trace.roots.find((root) => root.layer === layer);
  if (!scope) return [];
  const outputs = scope.outputs ?? scope.children.findLast((child) => child.outputs)?.outputs ?? [];
  return [{ name, layer, inputs: scope.inputs, outputs, scope, place: modelPlace(layer, file), assumptions: [] }];
}

function placeOfBuilder(candidate: ModelCandidate, callable: PyFunction, file: SourceFile): ModelCandidate['place'] {
  if (candidate.place?.file === file) return candidate.place;
  return new NodePlace(file, callable.code.node);
}

export function canBeTried(cls: PyClass): boolean {
  return cls.find('__layerscope_try__') !== undefined;
}

/** The classes, functions and instances that a file's own statements made, in their order. */
export function madeBy(module: PyModule, file: SourceFile): { classes: PyClass[]; functions: PyFunction[]; instances: { name: string; layer: PyInstance }[] } {
  const classes: PyClass[] = [];
  const functions: PyFunction[] = [];
  const instances: { name: string; layer: PyInstance }[] = [];
  for (const [name, value] of module.attributes) {
    if (value instanceof PyClass && value.place?.file === file && canBeTried(value)) classes.push(value);
    else if (value instanceof PyFunction && value.code.unit.file === file && requiredCount(value) === 0 && !value.code.isGenerator && !value.code.isAsync) functions.push(value);
    else if (value instanceof PyInstance && isLayer(value) && canBeTried(value.cls)) instances.push({ name, layer: value });
  }
  return { classes, functions, instances };
}

function requiredCount({ code, defaults, keywordDefaults }: PyFunction): number {
  return code.positionalCount - defaults.length + code.keywordOnlyCount - (keywordDefaults?.size ?? 0);
}

/** The names of the parameters of `__init__` that have no default. */
function neededParameters(cls: PyClass): readonly string[] {
  const init = cls.find('__init__');
  if (!(init instanceof PyFunction)) return [];
  return init.code.parameters.slice(1, init.code.positionalCount - init.defaults.length);
}

/** Sizes are symbols; of what does not sound like a size, nothing is known. */
function guessedArgument(name: string): Value {
  const isSize = /(dim|size|channels?|features?|planes|classes|hidden|units|width|height|depth|vocab|embed|heads?|num|^n_|_n$|^in_?|^out_?|_in$|_out$|^c[12]?$|^d$|latent|filters)/i.test(name)
    && !/(layer|norm|act|fn|func|type|name|cfg|config|blocks?$)/i.test(name);
  return isSize ? fromDimension(symbol(name)) : new Unknown(`${name} is not given`);
}
