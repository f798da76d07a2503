import type { Framework } from '../../graph/graph.ts';
import { native } from '../python/native.ts';
import type { Interpreter, Keywords } from '../python/interpreter-api.ts';
import { PyDict, PyFunction, PyInstance, PyMethod, Unknown } from '../python/values/index.ts';
import type { PyObject, Value } from '../python/values/index.ts';
import { itemsOf, tensorOf } from './conversion.ts';
import type { Tracer } from './run.ts';
import { wrap } from './tensors.ts';
import { TraceValue } from './trace.ts';
import type { NamedValue } from './trace.ts';

/** The primitives that say which layers were called and which objects are models. */
export function scopePrimitives(tracer: Tracer): Record<string, Value> {
  const call = native('call', 'layer, function, args, kwargs', (interpreter, layer: Value, callable: Value, args: Value, kwargs: Value) => {
    const { run } = tracer;
    const atRoot = run.trace.scope === undefined;
    const given = atRoot ? withoutElements : (value: Value) => value;
    const positional = interpreter.toArray(args).map(given);
    const keywords = new Map([...keywordsFrom(kwargs)].map(([name, value]) => [name, given(value)] as const));
    if (atRoot && !run.isTrial && [...positional, ...keywords.values()].some(isBlind)) {
      run.trace.calledBlindly.add(layer as PyObject);
      return interpreter.unknown('the shape of what goes in is not known');
    }
    const repeated = atRoot ? run.calls.find(layer as PyObject, positional, keywords) : undefined;
    if (repeated?.result !== undefined) return repeated.result;
    const names = inputNames(layer, callable);
    const inputs = [
      ...positional.flatMap((value, index) => tensorsIn(value, names[index] ?? (index === 0 ? 'input' : `input_${index}`))),
      ...[...keywords].flatMap(([name, value]) => tensorsIn(value, name)),
    ];
    const result = run.trace.call(layer as PyObject, inputs, interpreter.userPlace(), atRoot && isImporting(interpreter), () => {
      const scope = tracer.run.trace.scope!;
      const result = interpreter.call(callable, positional, keywords.size > 0 ? keywords : undefined);
      const passed = tensorOf(result);
      if (!passed || scope.children.length > 0 || !inputs.some(({ value }) => value === passed)) return result;
      // a layer that does nothing here (dropout when not training) is still a layer of the graph
      const [kept] = tracer.run.trace.operator('Identity', '', [passed], {}, [passed.type], { place: interpreter.userPlace(), constants: [passed.constant] });
      return wrap(kept, (result as PyInstance).cls);
    }, (value) => tensorsIn(value, 'output'));
    repeated?.remember(result);
    return result;
  }, { acceptsUnknown: true });

  const model = native('model', 'layer, inputs=, outputs=, type=', (
    interpreter: Interpreter, layer: Value, inputs: Value | undefined, outputs: Value | undefined, type: Value | undefined,
  ) => {
    tracer.run.trace.declare({
      layer: layer as PyObject, inputs: tensorsIn(inputs ?? null, 'input'), outputs: tensorsIn(outputs ?? null, 'output'),
      type: typeof type === 'string' ? type : undefined, place: interpreter.userPlace(), imported: isImporting(interpreter),
    });
    return null;
  }, { acceptsUnknown: true });

  const program = native('program', 'values, framework', (interpreter: Interpreter, values: Value, framework: Value) => {
    const { finals } = tracer.run.trace;
    const place = interpreter.userPlace();
    // the rounds of a loop compute the same again
    const before = finals.some((other) => other.place?.file === place?.file && other.place?.start === place?.start);
    if (!before && !isImporting(interpreter)) finals.push(...tensorsIn(values, 'output').map(({ value }) => ({ value, framework: interpreter.str(framework) as Framework, place })));
    return null;
  }, { acceptsUnknown: true });

  const step = native('step', 'target, change', (interpreter: Interpreter, target: Value, change: Value) => {
    const { steps } = tracer.run.trace;
    const [from, by] = [tensorOf(target), tensorOf(change)];
    if (!from || by?.source.kind !== 'operator' || (from.type.shape?.length ?? 0) === 0 || isImporting(interpreter)) return null;
    const place = interpreter.userPlace();
    if (!steps.some((other) => other.place?.file === place?.file && other.place?.start === place?.start)) steps.push({ target: from, change: by, place });
    return null;
  }, { acceptsUnknown: true });

  return { call, model, program, step };
}

/**
 * What a model is given is an input, whatever its elements: `model(torch.zeros(1, 3, 8, 8))` shows the model, and would
 * otherwise be folded to what the model makes of zeros.
 */
function withoutElements(value: Value): Value {
  const tensor = tensorOf(value);
  if (!tensor?.constant || !tensor.type.dataType?.startsWith('float') || tensor.source.kind === 'parameter') return value;
  return wrap(new TraceValue(tensor.type, { kind: 'data', reason: 'given to a model' }, { place: tensor.place }), (value as PyInstance).cls);
}

/** Whether nothing is known of a tensor that a call is given. */
function isBlind(value: Value): boolean {
  if (value instanceof Unknown) return true;
  const tensor = tensorOf(value);
  if (tensor) return tensor.type.shape === undefined;
  return itemsOf(value)?.some(isBlind) ?? false;
}

/** Whether the statements of a user's module run because another user's file imports it. */
function isImporting(interpreter: Interpreter): boolean {
  return interpreter.stack().filter((entry) => entry.place.file.user && entry.function === '<module>').length > 1;
}

/** The tensors in a value, those in lists and dicts included, named after their places in it. */
export function tensorsIn(value: Value, name: string, depth = 0): NamedValue[] {
  const tensor = tensorOf(value);
  if (tensor) return [{ name: tensor.source.kind === 'input' && tensor.source.name ? tensor.source.name : name, value: tensor }];
  if (depth > 3) return [];
  const items = itemsOf(value);
  if (items) return items.flatMap((item, index) => tensorsIn(item, `${name}_${index}`, depth + 1));
  if (value instanceof PyDict) return [...value.entries.values()].flatMap(({ key, value: item }) => tensorsIn(item, typeof key === 'string' ? key : name, depth + 1));
  // a result object with fields: a dataclass, transformers' outputs
  if (value instanceof PyInstance && value.attributes && !value.cls.mro.some((cls) => cls.attributes.has('__layerscope__'))) {
    return [...value.attributes].flatMap(([field, item]) => tensorsIn(item, field, depth + 1));
  }
  return [];
}

function keywordsFrom(kwargs: Value): Keywords {
  const keywords: Keywords = new Map();
  if (kwargs instanceof PyDict) for (const { key, value } of kwargs.entries.values()) if (typeof key === 'string') keywords.set(key, value);
  return keywords;
}

/** What the layer's own `forward` or `call` names its inputs, where the function that runs it takes any. */
function inputNames(layer: Value, callable: Value): readonly string[] {
  const names = parameterNames(callable);
  if (names.length > 0 || !(layer instanceof PyInstance)) return names;
  for (const { attributes } of layer.cls.mro) {
    const own = attributes.get('forward') ?? attributes.get('call');
    if (own !== undefined) return parameterNames(own).slice(1);
  }
  return [];
}

/** The names of a function's positional parameters, without a bound method's `self`. */
function parameterNames(callable: Value): readonly string[] {
  if (callable instanceof PyMethod) return parameterNames(callable.function).slice(1);
  if (!(callable instanceof PyFunction)) return [];
  return callable.code.parameters.slice(0, callable.code.positionalCount);
}
