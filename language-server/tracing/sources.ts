import { symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { Initializer } from '../../graph/graph.ts';
import type { DataType } from '../../graph/tensor.ts';
import { onnxNumberOf } from '../../graph/operators/data-types.ts';
import type { Interpreter } from '../python/interpreter-api.ts';
import { native } from '../python/native.ts';
import { symbolsOfFormula } from '../python/paths/condition.ts';
import { classes, exceptions } from '../python/values/builtin-classes.ts';
import { fromDimension, plain, PyClass, PyFloat, PyIterator, PyList, SymbolicFloat, SymbolicInt, Condition, Unknown } from '../python/values/index.ts';
import { PyInstance } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { constantFrom, constantToPython, itemsOf, shapeFrom, tensorOf, unknownIn } from './conversion.ts';
import { expectShape } from './expectation.ts';
import { passGradient } from './gradients.ts';
import { constantValue, dataTypeFrom, unknownTensor } from './operators.ts';
import type { Tracer } from './run.ts';
import { replace, tensorClass, valueClass, wrap } from './tensors.ts';
import type { TraceValue } from './trace.ts';

/** The primitives that make tensors and sizes, and those that look at them. */
export function sourcePrimitives(tracer: Tracer): Record<string, Value> {
  const asUnknown = { acceptsUnknown: true };

  const constant = native('constant', 'value, dtype=, like=', (interpreter, value: Value, dtype: Value | undefined, like: Value | undefined) => {
    const cls = tensorClass(like) ?? valueClass;
    const tensor = tensorOf(value);
    if (tensor) return wrap(tensor, cls);
    const dataType = dataTypeFrom(interpreter, dtype);
    const made = constantFrom(value, dataType);
    if (made) return wrap(constantValue(tracer, made), cls);
    const unknown = unknownIn(value) ?? interpreter.unknown('elements that are not numbers');
    // of a number everything is known but its value
    return wrap(unknownTensor(tracer, unknown, { dataType: dataType ?? (isWhole(value) ? 'int64' : undefined), shape: shapeOfUnknown(value) }), cls);
  }, asUnknown);

  const input = native('input', 'shape, dtype=, name=, like=', (interpreter, shape: Value, dtype: Value | undefined, name: Value | undefined, like: Value | undefined) => {
    const cls = tensorClass(like) ?? valueClass;
    const dataType = dtype === undefined ? 'float32' : dataTypeFrom(interpreter, dtype);
    const text = typeof name === 'string' ? name : undefined;
    if (shape === null) return wrap(freeInput(interpreter, tracer, text, dataType), cls);
    const dimensions = (itemsOf(shape) ?? []).map((item, axis) => inputDimension(tracer, item, axis));
    if (itemsOf(shape) === undefined) throw interpreter.error(exceptions.TypeError, `the shape of an input cannot be ${interpreter.repr(shape)}`);
    return wrap(tracer.run.trace.leaf({ kind: 'input', name: text }, { dataType, shape: dimensions }, interpreter.userPlace()), cls);
  }, asUnknown);

  const parameter = native('parameter', 'shape, dtype=, initial=, trainable=, like=, name=', (
    interpreter, shape: Value, dtype: Value | undefined, initial: Value | undefined, trainable: Value | undefined, like: Value | undefined, name: Value | undefined,
  ) => {
    const type = { dataType: dtype === undefined ? 'float32' as const : dataTypeFrom(interpreter, dtype), shape: sizes(tracer, shape) };
    const source = { kind: 'parameter', initializer: initializerFrom(initial), trainable: trainable === undefined || interpreter.truth(trainable) === true, ...(typeof name === 'string' && { name }) } as const;
    return wrap(tracer.run.trace.leaf(source, type, interpreter.userPlace()), tensorClass(like) ?? valueClass);
  }, asUnknown);

  const data = native('data', 'shape, dtype=, reason=, like=', (
    interpreter, shape: Value, dtype: Value | undefined, reason: Value | undefined, like: Value | undefined,
  ) => {
    const type = { dataType: dtype === undefined ? 'float32' as const : dataTypeFrom(interpreter, dtype), shape: sizes(tracer, shape) };
    const source = { kind: 'data', reason: typeof reason === 'string' ? reason : '' } as const;
    return wrap(tracer.run.trace.leaf(source, type, interpreter.userPlace()), tensorClass(like) ?? valueClass);
  }, asUnknown);

  const castClass = native('cast_class', 'value, like', (interpreter, value: Value, like: Value) => {
    const cls = tensorClass(like);
    if (!cls) throw interpreter.error(exceptions.TypeError, 'layerscope.cast_class: like must be a class of tensors');
    const tensor = value instanceof Unknown ? unknownTensor(tracer, value) : tensorOf(value);
    if (!tensor) throw interpreter.error(exceptions.TypeError, `layerscope.cast_class: ${interpreter.repr(value)} is no tensor`);
    return wrap(tensor, cls);
  }, asUnknown);

  const assign = native('assign', 'target, value', (interpreter, target: Value, value: Value) => {
    const before = tensorOf(target);
    if (!before) throw interpreter.error(exceptions.TypeError, `layerscope.assign: ${interpreter.repr(target)} is no tensor`);
    const after = value instanceof Unknown ? unknownTensor(tracer, value, before.type) : tensorOf(value);
    if (!after) throw interpreter.error(exceptions.TypeError, `layerscope.assign: ${interpreter.repr(value)} is no tensor`);
    if (before.source.kind !== 'parameter') replace(target as PyInstance, after);
    return null;
  }, asUnknown);

  const retype = native('retype', 'target, dtype', (interpreter, target: Value, dtype: Value) => {
    const before = tensorOf(target);
    const dataType = dataTypeFrom(interpreter, dtype);
    if (!before || before.type.dataType === dataType) return null;
    const type = { ...before.type, dataType };
    const operand = dataType === undefined ? undefined : { to: onnxNumberOf(dataType) };
    const after = before.source.kind === 'parameter' ? tracer.run.trace.leaf(before.source, type, before.place)
      : operand === undefined ? unknownTensor(tracer, new Unknown('a type that is not known'), type)
        : tracer.run.trace.operator('Cast', '', [before], operand, [type], { place: before.place })[0];
    passGradient(before, after);
    replace(target as PyInstance, after);
    return null;
  }, asUnknown);

  const expect = native('expect', 'value, shape=, dtype=', (interpreter, value: Value, shape: Value | undefined, dtype: Value | undefined) => {
    const tensor = tensorOf(value);
    const dimensions = shape === undefined || shape === null ? undefined : itemsOf(shape)?.map(knownSize);
    if (tensor && tracer.run.isTrial) expectShape(tracer.run, tensor, dimensions, dataTypeFrom(interpreter, dtype));
    return null;
  }, asUnknown);

  const presume = native('presume', 'condition', (interpreter, condition: Value) => {
    const known = interpreter.truth(condition);
    if (!(known instanceof Condition)) return known === true;
    const symbols = symbolsOfFormula(known.formula);
    // the size of a batch is never fixed by a program
    if (!tracer.run.isTrial || symbols.size === 0 || symbols.has('batch')) return false;
    tracer.run.presume(known.formula);
    return true;
  }, asUnknown);

  const elements = native('elements', 'value', (_, value: Value) => {
    if (value instanceof Unknown) return value;
    const known = tensorOf(value)?.constant;
    return known ? constantToPython(known) : new Unknown('the elements of this tensor are not known before it is computed');
  }, asUnknown);

  const isKnown = native('is_known', 'value', (_, value: Value) => !(
    value instanceof Unknown || value instanceof SymbolicInt || value instanceof SymbolicFloat || value instanceof Condition || (value instanceof PyList && value.blurred !== undefined)
  ), asUnknown);

  const isUnknown = native('is_unknown', 'value', (_, value: Value) => value instanceof Unknown, asUnknown);

  const escaped = native('escaped', 'value', (_, value: Value) => value instanceof PyInstance && value.escaped, asUnknown);

  const unknown = native('unknown', 'reason, type=', (interpreter, reason: Value, type: Value | undefined) => (
    interpreter.unknown(interpreter.str(reason)).derive(type instanceof PyClass ? type : undefined)
  ), asUnknown);

  const repeat = native('repeat', 'item, reason', (interpreter, item: Value, reason: Value) => {
    let given = false;
    const advance: PyIterator['advance'] = () => {
      if (given) return undefined;
      given = true;
      return item;
    };
    return new PyIterator(Object.assign(advance, { cut: interpreter.unknown(interpreter.str(reason)) }));
  }, asUnknown);

  const freshSymbol = native('symbol', 'name, minimum=, none=', (interpreter, name: Value, minimum: Value | undefined, none: Value | undefined) => fromDimension(
    symbol(tracer.run.symbolName(interpreter.str(name)), { minimum: minimum === undefined ? 1 : interpreter.toNumber(minimum), none: none !== undefined && interpreter.truth(none) === true }),
  ));

  return { constant, input, parameter, data, cast_class: castClass, assign, retype, expect, presume, elements, is_known: isKnown, is_unknown: isUnknown, escaped, unknown, repeat, symbol: freshSymbol };
}

/** The shape of a number, or of nested lists of numbers, whose values are not known. */
function shapeOfUnknown(value: Value): readonly number[] | undefined {
  if (value instanceof Unknown) return value.type === undefined || value.type === classes.str ? undefined : [];
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof PyFloat) return [];
  const items = itemsOf(value);
  const inner = items?.map(shapeOfUnknown);
  const first = inner?.[0];
  if (items === undefined || first === undefined) return undefined;
  return inner!.every((shape) => shape?.length === first.length && shape.every((size, axis) => size === first[axis])) ? [items.length, ...first] : undefined;
}

/** Whether there are only whole numbers in nested lists, known or not. */
function isWhole(value: Value): boolean {
  return value instanceof Unknown ? value.type === classes.int : typeof value === 'number' || itemsOf(value)?.every(isWhole) === true;
}

/** All inputs of a model have one batch size: a None in front is the same symbol for all of them. */
function inputDimension(tracer: Tracer, item: Value, axis: number): Dimension {
  if (item === null) return symbol(axis === 0 ? 'batch' : tracer.run.symbolName(`axis${axis}`), { none: true });
  if (typeof item === 'string') return symbol(item);
  return sizeOf(tracer, item);
}

function sizeOf(tracer: Tracer, item: Value): Dimension {
  return shapeFrom(item)?.[0] ?? symbol(tracer.run.symbolName('size'), { minimum: 0 });
}

/** A shape whose unknown sizes are fresh symbols; undefined where not even its length is known. */
function sizes(tracer: Tracer, shape: Value): readonly Dimension[] | undefined {
  const items = itemsOf(shape);
  if (items) return items.map((item) => sizeOf(tracer, item));
  return shapeFrom(shape);
}

function knownSize(item: Value): Dimension | undefined {
  return item === null ? undefined : shapeFrom(item)?.[0];
}

function freeInput(interpreter: Interpreter, tracer: Tracer, name: string | undefined, dataType: DataType | undefined): TraceValue {
  const { run } = tracer;
  const free = { name: name ?? 'input', index: run.freeInputs.length };
  run.freeInputs.push(free);
  const known = run.known(free);
  return run.trace.leaf({ kind: 'input', name, free }, { dataType: known.dataType ?? dataType, shape: known.shape }, interpreter.userPlace());
}

function initializerFrom(initial: Value | undefined): Initializer {
  const number = (value: Value): number | undefined => {
    const simple = plain(value);
    return typeof simple === 'number' ? simple : simple instanceof PyFloat ? simple.value : undefined;
  };
  if (initial === undefined) return { kind: 'unknown' };
  const value = number(initial);
  if (value !== undefined) return { kind: 'constant', value };
  const items = itemsOf(initial);
  if (items?.length === 3) {
    const [first, second] = [number(items[1]), number(items[2])];
    if (first !== undefined && second !== undefined) {
      if (items[0] === 'uniform') return { kind: 'uniform', low: first, high: second };
      if (items[0] === 'normal') return { kind: 'normal', mean: first, deviation: second };
    }
  }
  return { kind: 'unknown' };
}
