/** What async functions give, and `await`. */
import { callFound } from './calls.ts';
import type { Machine } from '../interpreter.ts';
import { classes, exceptions, PyGenerator, typeOf, Unknown, type Value } from '../values/index.ts';

/** What calling an async function gives: it runs when it is awaited. */
export function coroutine(name: string, run: () => Value): PyGenerator {
  const coroutine = new PyGenerator(name, {
    next: () => ({ value: run(), done: true }),
    throw: (error) => {
      throw error;
    },
    close: () => undefined,
  });
  coroutine.cls = classes.coroutine;
  return coroutine;
}

export function awaitValue(machine: Machine, awaitable: Value): Value {
  if (awaitable instanceof Unknown) return awaitable.derive();
  if (awaitable instanceof PyGenerator) {
    if (awaitable.finished) throw machine.error(exceptions.RuntimeError, 'cannot reuse already awaited coroutine');
    while (awaitable.next() !== undefined) machine.spend(1);
    return awaitable.returned;
  }
  const method = typeOf(awaitable).find('__await__');
  if (method === undefined) throw machine.error(exceptions.TypeError, `object ${typeOf(awaitable).name} can't be used in 'await' expression`);
  const steps = callFound(machine, method, awaitable, [], undefined);
  if (!(steps instanceof PyGenerator)) return machine.unknown('what an awaitable gives');
  while (steps.next() !== undefined) machine.spend(1);
  return steps.returned;
}
