import { onnxDataTypes, onnxNumberOf } from '../../graph/operators/data-types.ts';
import { format, formatShape, isKnown } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { AttributeValue, Attributes, ConfigurationValue } from '../../graph/graph.ts';
import type { ConstantTensor, DataType, TensorType } from '../../graph/tensor.ts';
import type { Interpreter } from '../python/interpreter-api.ts';
import { exceptions } from '../python/values/builtin-classes.ts';
import {
  fromDimension, plain, PyClass, PyDict, PyFloat, PyFunction, PyInstance, PyList, PyNative, PyTuple, SymbolicFloat, SymbolicInt, toDimension, Unknown,
} from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { TraceValue } from './trace.ts';

/** Between Python values and the plain data of the graph. */

const dataTypes: ReadonlySet<string> = new Set(onnxDataTypes.values());

export function isDataType(name: string): name is DataType {
  return dataTypes.has(name);
}

/** The tensor that a Python value stands for, undefined for anything else. */
export function tensorOf(value: Value | undefined): TraceValue | undefined {
  return value instanceof PyInstance && value.payload instanceof TraceValue ? value.payload : undefined;
}

/** The items of a list or tuple whose contents are known. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PyList && value.blurred === undefined) return value.items;
  return undefined;
}

/** The first value in a nest of lists that is not known, or undefined. */
export function unknownIn(value: Value | undefined): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof PyList && value.blurred) return value.blurred;
  const items = itemsOf(value);
  if (items) {
    for (const item of items) {
      const found = unknownIn(item);
      if (found) return found;
    }
  }
  return undefined;
}

/** The first symbolic number in a value or its items, or undefined. */
export function symbolicIn(value: Value): SymbolicInt | SymbolicFloat | undefined {
  if (value instanceof SymbolicInt || value instanceof SymbolicFloat) return value;
  for (const item of itemsOf(value) ?? []) {
    if (item instanceof SymbolicInt || item instanceof SymbolicFloat) return item;
  }
  return undefined;
}

/** A shape as dimensions; undefined where it holds something that is no int. */
export function shapeFrom(value: Value, ofOther: (item: Value) => Dimension | undefined = () => undefined): readonly Dimension[] | undefined {
  const items = itemsOf(value);
  if (!items) {
    const single = toDimension(value);
    return single === undefined ? undefined : [single];
  }
  const shape: Dimension[] = [];
  for (const item of items) {
    const dimension = toDimension(item) ?? ofOther(item);
    if (dimension === undefined) return undefined;
    shape.push(dimension);
  }
  return shape;
}

export function shapeToPython(type: TensorType): Value {
  return type.shape === undefined ? new Unknown('the rank of this tensor is not known') : new PyTuple(type.shape.map(fromDimension));
}

/**
 * A number or nested lists as a tensor with known elements; undefined where it is neither, or ragged.
 * Without `dataType`: bools are bool, ints int64, floats float32.
 */
export function constantFrom(value: Value, dataType?: DataType): ConstantTensor | undefined {
  const shape: number[] = [];
  for (let at: Value = value, items = itemsOf(at); items; items = itemsOf(at)) {
    shape.push(items.length);
    if (items.length === 0) break;
    at = items[0];
  }
  const data: (Dimension | boolean | string)[] = [];
  let kind: DataType | undefined;
  const collect = (item: Value, depth: number): boolean => {
    const items = itemsOf(item);
    if (items) return depth < shape.length && items.length === shape[depth] && items.every((inner) => collect(inner, depth + 1));
    if (depth !== shape.length) return false;
    const element = elementOf(item);
    if (element === undefined) return false;
    data.push(element.value);
    kind = kind === undefined ? element.kind : wider(kind, element.kind);
    return true;
  };
  if (!collect(value, 0)) return undefined;
  return { dataType: dataType ?? kind ?? 'float32', shape, data };
}

function elementOf(item: Value): { value: Dimension | boolean | string; kind: DataType } | undefined {
  const simple = plain(item);
  if (typeof simple === 'boolean') return { value: simple, kind: 'bool' };
  if (typeof simple === 'number') return { value: simple, kind: 'int64' };
  if (typeof simple === 'bigint') return { value: Number(simple), kind: 'int64' };
  if (typeof simple === 'string') return { value: simple, kind: 'string' };
  if (simple instanceof PyFloat) return { value: simple.value, kind: 'float32' };
  if (simple instanceof SymbolicInt) return { value: simple.dimension, kind: 'int64' };
  const constant = tensorOf(simple)?.constant;
  if (constant && constant.data.length === 1) return { value: constant.data[0], kind: constant.dataType };
  return undefined;
}

function wider(left: DataType, right: DataType): DataType {
  const order: readonly DataType[] = ['bool', 'int64', 'float32', 'float64', 'string'];
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

/** The elements of a tensor as Python values. */
export function constantToPython(constant: ConstantTensor): Value {
  const floating = constant.dataType.startsWith('float') || constant.dataType === 'bfloat16';
  let at = 0;
  const build = (depth: number): Value => {
    if (depth === constant.shape.length) {
      const element = constant.data[at++];
      if (typeof element === 'string' || typeof element === 'boolean') return element;
      return floating && isKnown(element) ? new PyFloat(element) : fromDimension(element);
    }
    const items: Value[] = [];
    for (let i = 0; i < constant.shape[depth]; i++) items.push(build(depth + 1));
    return new PyList(items);
  };
  return build(0);
}

/** ONNX attributes from keyword arguments; those that are None are left out. Raises TypeError for what no attribute can hold. */
export function attributesFrom(interpreter: Interpreter, operator: string, keywords: ReadonlyMap<string, Value>): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of keywords) {
    if (value === null) continue;
    const attribute = attributeFrom(name, value);
    if (attribute === undefined) {
      throw interpreter.error(exceptions.TypeError, `layerscope.operator('${operator}'): attribute ${name} cannot be ${interpreter.repr(value)}`);
    }
    attributes[name] = attribute;
  }
  return attributes;
}

function attributeFrom(name: string, value: Value): AttributeValue | undefined {
  const scalar = scalarFrom(value);
  if ((name === 'to' || name === 'dtype') && typeof scalar === 'string' && isDataType(scalar)) return onnxNumberOf(scalar);
  if (scalar !== undefined) return scalar;
  const tensor = tensorOf(value);
  if (tensor) return tensor.constant;
  const items = itemsOf(value)?.map(scalarFrom);
  if (!items) return undefined;
  if (items.every((item) => typeof item === 'number')) return items;
  if (items.every((item) => typeof item === 'boolean')) return items.map(Number);
  if (items.every((item) => typeof item === 'string')) return items;
  return undefined;
}

function scalarFrom(value: Value): number | string | boolean | undefined {
  const simple = plain(value);
  if (typeof simple === 'number' || typeof simple === 'string' || typeof simple === 'boolean') return simple;
  if (typeof simple === 'bigint') return Number(simple);
  return simple instanceof PyFloat ? simple.value : undefined;
}

/** A value of a layer's configuration, as it is shown. Objects show their class's or function's name. */
export function configurationFrom(value: Value, depth = 0): ConfigurationValue {
  const simple = plain(value);
  if (simple === null || typeof simple === 'boolean' || typeof simple === 'number' || typeof simple === 'string') return simple;
  if (typeof simple === 'bigint') return simple.toString();
  if (simple instanceof PyFloat) return Number.isFinite(simple.value) ? simple.value : String(simple.value);
  if (simple instanceof SymbolicInt) return format(simple.dimension);
  if (simple instanceof SymbolicFloat) return `(${format(simple.numerator)})/(${format(simple.denominator)})`;
  if (simple instanceof Unknown) return '?';
  const tensor = tensorOf(simple);
  if (tensor) return `tensor ${formatShape(tensor.type.shape)}`;
  if (depth < 4) {
    const items = itemsOf(simple);
    if (items) return items.map((item) => configurationFrom(item, depth + 1));
    if (simple instanceof PyDict) {
      return Object.fromEntries([...simple.entries.values()].map(({ key, value: entry }) => [typeof key === 'string' ? key : JSON.stringify(configurationFrom(key)), configurationFrom(entry, depth + 1)]));
    }
  }
  if (simple instanceof PyClass || simple instanceof PyFunction || simple instanceof PyNative) return simple.name;
  return simple.cls.name;
}
