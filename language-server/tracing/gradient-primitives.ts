import type { Interpreter } from '../python/interpreter-api.ts';
import { touch } from '../python/paths/journal.ts';
import { native } from '../python/native.ts';
import { PyList, Unknown } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { tensorOf } from './conversion.ts';
import { cut, isLeaf, keptResult, mode, needsGradient, stateGradient, usedByBackward } from './gradients.ts';
import type { Tracer } from './run.ts';
import { tensorClass, valueClass, wrap } from './tensors.ts';

/** The primitives of gradients: see library/layerscope.pyi. */
export function gradientPrimitives(tracer: Tracer): Record<string, Value> {
  const asUnknown = { acceptsUnknown: true };

  const recording = native('recording', 'flag=', (interpreter: Interpreter, flag: Value | undefined) => {
    const before = mode.payload as boolean | undefined;
    if (flag !== undefined) {
      touch(mode);
      const truth = flag instanceof Unknown ? undefined : interpreter.truth(flag);
      mode.payload = typeof truth === 'boolean' ? truth : undefined;
    }
    return before ?? new Unknown('whether gradients are recorded');
  }, asUnknown);

  const needs = native('needs_gradient', 'value', (_, value: Value) => {
    const tensor = tensorOf(value);
    return (tensor && needsGradient(tensor)) ?? new Unknown('whether this tensor needs a gradient');
  }, asUnknown);

  const leaf = native('is_gradient_leaf', 'value', (_, value: Value) => {
    const tensor = tensorOf(value);
    return tensor !== undefined && isLeaf(tensor);
  }, asUnknown);

  const state = native('state_gradient', 'value, flag', (interpreter, value: Value, flag: Value) => {
    const tensor = tensorOf(value);
    const truth = flag instanceof Unknown ? undefined : interpreter.truth(flag);
    if (tensor && typeof truth === 'boolean') stateGradient(tensor, truth);
    return null;
  }, asUnknown);

  const detached = native('detached', 'value, like=', (interpreter, value: Value, like: Value | undefined) => {
    const tensor = tensorOf(value);
    if (!tensor) return value;
    const cls = tensorClass(like) ?? valueClass;
    if (needsGradient(tensor) === false) return wrap(tensor, cls);
    const [made] = tracer.run.trace.operator('Identity', '', [tensor], {}, [tensor.type], { place: interpreter.userPlace(), constants: tensor.constant && [tensor.constant] });
    cut.add(made);
    return wrap(made, cls);
  }, asUnknown);

  const used = native('used_by_backward', 'value', (_, value: Value) => {
    const tensor = tensorOf(value);
    return new PyList(tensor ? usedByBackward(tensor) : []);
  }, asUnknown);

  const kept = native('kept_result', 'value', (_, value: Value) => {
    const tensor = tensorOf(value);
    return (tensor && keptResult(tensor)) ?? null;
  }, asUnknown);

  return { kept_result: kept, used_by_backward: used, recording, needs_gradient: needs, is_gradient_leaf: leaf, state_gradient: state, detached };
}
