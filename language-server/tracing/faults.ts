import { NodePlace } from '../python/interpreter-api.ts';
import type { Interpreter, Place } from '../python/interpreter-api.ts';
import { lineMark } from '../python/incremental/line-marks.ts';
import { native } from '../python/native.ts';
import { exceptions } from '../python/values/builtin-classes.ts';
import { PyClass, PyException, PyFunction, PyInstance, PyMethod, Unknown } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { tensorOf } from './conversion.ts';
import { locationOf } from './place.ts';
import type { Tracer } from './run.ts';

/** What stubs attach to an exception (`PyException.notes`), for the diagnostic that it may become. */
export type Note =
  | { readonly kind: 'related'; readonly place: Place; readonly message: string }
  | { readonly kind: 'fix'; readonly title: string; readonly argument: string;
    /** Where the parameter stands among the positional ones of the call that made `about`. */
    readonly position: number | undefined;
    /** The class whose call is to be edited. */
    readonly callee: string | undefined; readonly text: string; readonly place: Place };

/** Where a tensor, an object, a class or a function was made. */
export function placeOf(about: Value | undefined): Place | undefined {
  if (about instanceof PyInstance) return tensorOf(about)?.place ?? about.place;
  if (about instanceof PyClass) return about.place;
  if (about instanceof PyMethod) return placeOf(about.function);
  if (about instanceof PyFunction) return new NodePlace(about.code.unit.file, about.code.node);
  return undefined;
}

export function isUserMade(about: Value | undefined): boolean {
  return placeOf(about)?.file.user === true;
}

/** The primitives that speak of what is wrong. */
export function faultPrimitives(tracer: Tracer): Record<string, Value> {
  const asUnknown = { acceptsUnknown: true };

  const require = native('require', 'condition, error', (interpreter, condition: Value, error: Value) => {
    interpreter.require(condition, error);
    return null;
  }, asUnknown);

  const warn = native('warn', 'code, message, about=, severity=, fix=', (
    interpreter, code: Value, message: Value, about: Value | undefined, severity: Value | undefined, fix: Value | undefined,
  ) => {
    const place = interpreter.userPlace();
    // what it says depends on what is not known: nothing is said
    if (place && !(message instanceof Unknown)) {
      tracer.run.warnings.push({
        code: interpreter.str(code), message: interpreter.str(message), severity: typeof severity === 'string' ? severity : 'warning',
        place, about: placeOf(about), fix: fix ?? null,
      });
    }
    return null;
  }, asUnknown);

  const loss = native('loss', 'kind, prediction, target=, expects=, axis=', (
    interpreter, kind: Value, prediction: Value, target: Value | undefined, expects: Value | undefined, axis: Value | undefined,
  ) => {
    const place = interpreter.userPlace();
    const tensor = tensorOf(prediction);
    if (place && tensor) {
      tracer.run.losses.push({
        kind: interpreter.str(kind), prediction: tensor, target: tensorOf(target), expects: typeof expects === 'string' ? expects : 'any',
        axis: typeof axis === 'number' ? axis : -1, place,
      });
    }
    return null;
  }, asUnknown);

  const hintFix = native('hint_fix', 'error, title, argument, value, about=', (
    interpreter, error: Value, title: Value, argument: Value, value: Value, about: Value | undefined,
  ) => {
    const place = placeOf(about) ?? interpreter.userPlace();
    if (place?.file.user) {
      notesOf(interpreter, error).push({
        kind: 'fix', title: interpreter.str(title), argument: interpreter.str(argument), position: positionOf(about, interpreter.str(argument)),
        callee: about instanceof PyInstance ? makerOf(about) : undefined, text: interpreter.repr(value), place,
      });
    }
    return error;
  }, asUnknown);

  const related = native('related', 'error, about, message', (interpreter, error: Value, about: Value, message: Value) => {
    const place = placeOf(about);
    if (place) notesOf(interpreter, error).push({ kind: 'related', place, message: interpreter.str(message) });
    return error;
  }, asUnknown);

  const made = native('made', 'about', (_, about: Value) => {
    const place = placeOf(about);
    if (!place?.file.user) return '';
    return `line ${place instanceof NodePlace ? lineMark(place) : locationOf(place).line}`;
  }, asUnknown);

  const inUserCode = native('in_user_code', 'about', (_, about: Value) => isUserMade(about), asUnknown);

  return { require, warn, loss, hint_fix: hintFix, related, made, in_user_code: inUserCode };
}

/** What is called to make an object: its class, or the function that its class names by `__layerscope_maker__`. */
function makerOf({ cls }: PyInstance): string {
  const maker = cls.find('__layerscope_maker__');
  return typeof maker === 'string' ? maker : cls.name;
}

/** The index of a parameter of the `__init__` that made an object. */
function positionOf(about: Value | undefined, argument: string): number | undefined {
  if (!(about instanceof PyInstance)) return undefined;
  for (const { attributes } of about.cls.mro) {
    const init = attributes.get('__init__');
    if (init === undefined) continue;
    if (!(init instanceof PyFunction)) return undefined;
    const index = init.code.parameters.slice(1, init.code.positionalCount).indexOf(argument);
    return index === -1 ? undefined : index;
  }
  return undefined;
}

function notesOf(interpreter: Interpreter, error: Value): unknown[] {
  if (error instanceof PyException) return error.notes;
  throw interpreter.error(exceptions.TypeError, `${interpreter.repr(error)} is no exception`);
}
