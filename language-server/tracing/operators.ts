import { equals } from '../../graph/dimension.ts';
import { ruleOf } from '../../graph/operators/registry.ts';
import { ShapeFault } from '../../graph/operators/operator.ts';
import type { Inference, Operand, OperatorRule } from '../../graph/operators/operator.ts';
import type { Attributes } from '../../graph/graph.ts';
import type { ConstantTensor, DataType, TensorType } from '../../graph/tensor.ts';
import { NotKnown } from '../python/interpreter-api.ts';
import type { Interpreter } from '../python/interpreter-api.ts';
import { native } from '../python/native.ts';
import { exceptions } from '../python/values/builtin-classes.ts';
import { Condition, PyFloat, PyTuple, SymbolicFloat, Unknown, plain } from '../python/values/index.ts';
import type { PyClass, Value } from '../python/values/index.ts';
import { attributesFrom, constantFrom, isDataType, itemsOf, shapeFrom, symbolicIn, tensorOf, unknownIn } from './conversion.ts';
import { markUnrecorded } from './gradients.ts';
import type { Tracer } from './run.ts';
import { resultClass, tensorClass, wrap } from './tensors.ts';
import type { TraceValue } from './trace.ts';

/** The name of a data type, or undefined for None. Raises TypeError for any other value. */
export function dataTypeFrom(interpreter: Interpreter, value: Value | undefined): DataType | undefined {
  if (value === undefined || value === null || value instanceof Unknown) return undefined;
  const name = plain(value);
  if (typeof name === 'string' && isDataType(name)) return name;
  throw interpreter.error(exceptions.TypeError, `data type ${interpreter.repr(value)} not understood`);
}

/** A tensor of which nothing is known, for the reason that `unknown` has. */
export function unknownTensor(tracer: Tracer, unknown: Unknown, type: TensorType = { dataType: undefined, shape: undefined }): TraceValue {
  return tracer.run.trace.leaf({ kind: 'data', reason: unknown.reason }, type, unknown.place);
}

export function operatorPrimitives(tracer: Tracer, shapeError: PyClass): Record<string, Value> {
  const operator = native('operator', 'type, *inputs, outputs=, like=, **attributes', (
    interpreter, type: string, inputs: readonly Value[], count: Value | undefined, like: Value | undefined, keywords: ReadonlyMap<string, Value>,
  ) => {
    const outputs = typeof count === 'number' ? count : 1;
    const cls = tensorClass(like) ?? resultClass(inputs);
    const operands = inputsOf(interpreter, tracer, type, inputs);
    const results = (values: readonly TraceValue[]): Value => (outputs === 1 ? wrap(values[0], cls) : new PyTuple(values.map((value) => wrap(value, cls))));
    for (const value of keywords.values()) {
      const unknown = unknownIn(value);
      if (unknown) return results(addGap(interpreter, tracer, unknown.reason, operands, Array.from({ length: outputs }, () => ({ dataType: undefined, shape: undefined }))));
      const symbolic = symbolicIn(value);
      if (symbolic) {
        return results(addGap(interpreter, tracer, `${type} by a size that is not known: ${interpreter.repr(symbolic)}`, operands, Array.from({ length: outputs }, () => ({ dataType: undefined, shape: undefined }))));
      }
    }
    const attributes = attributesFrom(interpreter, type, keywords);
    const rule = ruleOf(type);
    if (!rule) throw interpreter.error(exceptions.NotImplementedError, `layerscope knows no operator ${type}`);
    const { types, constants } = infer(interpreter, tracer, rule, operands, attributes, outputs, shapeError);
    const made = tracer.run.trace.operator(type, '', operands, attributes, types, { place: interpreter.userPlace(), constants });
    markUnrecorded(made);
    return results(made);
  }, { acceptsUnknown: true });

  const gap = native('gap', 'reason, *inputs, shape=, dtype=, like=', (
    interpreter, reason: Value, inputs: readonly Value[], shape: Value | undefined, dtype: Value | undefined, like: Value | undefined,
  ) => {
    const operands = inputsOf(interpreter, tracer, 'Unknown', inputs.filter((input) => tensorOf(input)));
    const type = { dataType: dataTypeFrom(interpreter, dtype), shape: shape === undefined || shape === null ? undefined : shapeFrom(shape) };
    const [value] = addGap(interpreter, tracer, interpreter.str(reason), operands, [type]);
    return wrap(value, tensorClass(like) ?? resultClass(inputs));
  }, { acceptsUnknown: true });

  return { operator, gap };
}

function addGap(interpreter: Interpreter, tracer: Tracer, reason: string, inputs: readonly (TraceValue | undefined)[], types: readonly TensorType[]): readonly TraceValue[] {
  const place = interpreter.userPlace();
  tracer.run.trace.gap(reason, place);
  return tracer.run.trace.operator('Unknown', 'layerscope', inputs, {}, types, { place, reason });
}

function inputsOf(interpreter: Interpreter, tracer: Tracer, type: string, inputs: readonly Value[]): (TraceValue | undefined)[] {
  let common: DataType | undefined;
  for (const input of inputs) common ??= tensorOf(input)?.type.dataType;
  return inputs.map((input) => {
    if (input === null) return undefined;
    const tensor = tensorOf(input);
    if (tensor) return tensor;
    if (input instanceof Unknown) return unknownTensor(tracer, input, input.type === undefined ? undefined : { dataType: common, shape: [] });
    const unknown = unknownIn(input);
    if (unknown) return unknownTensor(tracer, unknown, { dataType: 'int64', shape: [itemsOf(input)?.length ?? 0] });
    if (input instanceof SymbolicFloat) return unknownTensor(tracer, new Unknown('a quotient of sizes that are not known'), { dataType: common, shape: [] });
    const constant = constantFrom(input, literalType(input, common));
    if (!constant) throw interpreter.error(exceptions.TypeError, `layerscope.operator('${type}'): ${interpreter.repr(input)} is no tensor`);
    return constantValue(tracer, constant);
  });
}

/** Numbers and lists of floats are of the other inputs' type; lists of ints are sizes and indices. */
function literalType(input: Value, common: DataType | undefined): DataType | undefined {
  let element: Value = input;
  for (let items = itemsOf(element); items && items.length > 0; items = itemsOf(element)) element = items[0];
  const simple = plain(element);
  if (typeof simple === 'boolean' || typeof simple === 'string') return undefined;
  return element === input || simple instanceof PyFloat ? common : undefined;
}

export function constantValue(tracer: Tracer, constant: ConstantTensor): TraceValue {
  return tracer.run.trace.leaf({ kind: 'constant' }, { dataType: constant.dataType, shape: constant.shape }, undefined, constant);
}

function infer(
  interpreter: Interpreter, tracer: Tracer, rule: OperatorRule, operands: readonly (TraceValue | undefined)[], attributes: Attributes, outputs: number, shapeError: PyClass,
): { types: readonly TensorType[]; constants?: readonly ConstantTensor[] } {
  const context: Inference = {
    inputs: operands.map((operand): Operand | undefined => operand && { type: operand.type, constant: operand.constant }),
    attributes,
    outputs,
    requireEqual(left, right, message) {
      const settled = equals(left, right);
      if (settled === false) throw new ShapeFault(message());
      if (settled === undefined) interpreter.require(new Condition({ kind: 'equal', left, right }), interpreter.error(shapeError, message()).exception);
    },
    requireFit(left, right) {
      // 1 would do as well, but is not what a table of so many rows is there for
      tracer.run.presume({ kind: 'equal', left, right });
    },
  };
  try {
    return { types: rule.infer(context).slice(0, outputs), constants: rule.fold?.(context) };
  } catch (error) {
    if (error instanceof ShapeFault) throw interpreter.error(shapeError, error.message);
    throw error;
  }
}

/** The int that is known, else NotKnown. */
export function knownNumber(interpreter: Interpreter, value: Value): number {
  if (value instanceof Unknown) throw new NotKnown(value);
  return interpreter.toNumber(value);
}
