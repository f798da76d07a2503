/** Making exceptions, and what some of them carry. */
import type { Interpreter, Keywords } from '../interpreter-api.ts';
import { touch } from '../journal.ts';
import { getter, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../types.ts';
import { Attributes, PyClass, PyException, PyList, PyTuple, type Value } from '../values.ts';

const anything = { acceptsUnknown: true };

staticMethod(classes.BaseException, '__new__', 'cls, *args, **kwargs', (_interpreter, cls: PyClass, args: Value[]) => new PyException(cls, args), anything);
method(classes.BaseException, '__init__', '*args, **kwargs', (interpreter, self: PyException, args: Value[], keywords: Keywords) => {
  if (keywords.size > 0) {
    const accepted = carried.find(([cls]) => self.cls.isSubclassOf(cls))?.[1] ?? [];
    for (const [name, value] of keywords) {
      if (!accepted.includes(name)) {
        throw interpreter.error(exceptions.TypeError, `${self.cls.name}${accepted.length > 0 ? `() got an unexpected keyword argument '${name}'` : '() takes no keyword arguments'}`);
      }
      setOwn(self, name, value);
    }
  }
  touch(self);
  self.args = new PyTuple(args);
  return null;
}, anything);

/** Keyword arguments that some classes take and keep as attributes. */
const carried: readonly (readonly [PyClass, readonly string[]])[] = [
  [exceptions.ImportError, ['name', 'path']], [exceptions.AttributeError, ['name', 'obj']], [exceptions.NameError, ['name']],
];

function setOwn(self: PyException, name: string, value: Value): void {
  self.attributes ??= new Attributes(self);
  self.attributes.set(name, value);
}

getter(classes.BaseException, 'args', (_interpreter, self: PyException) => self.args, (interpreter: Interpreter, self: PyException, value: Value) => {
  touch(self);
  self.args = new PyTuple(interpreter.toArray(value));
});
getter(classes.BaseException, '__cause__', (_interpreter, self: PyException) => self.cause, (_interpreter, self: PyException, value: Value) => {
  touch(self);
  self.cause = value;
});
getter(classes.BaseException, '__context__', (_interpreter, self: PyException) => self.context, (_interpreter, self: PyException, value: Value) => {
  touch(self);
  self.context = value;
});
getter(classes.BaseException, '__suppress_context__', (_interpreter, self: PyException) => self.suppressContext, (_interpreter, self: PyException, value: Value) => {
  self.suppressContext = value === true;
});
getter(classes.BaseException, '__traceback__', (interpreter) => interpreter.unknown('a traceback'), () => undefined);
method(classes.BaseException, 'with_traceback', 'tb, /', (_interpreter, self: PyException) => self, anything);
method(classes.BaseException, 'add_note', 'note, /', (interpreter, self: PyException, note: Value) => {
  self.attributes ??= new Attributes(self);
  let notes = self.attributes.get('__notes__');
  if (!(notes instanceof PyList)) self.attributes.set('__notes__', notes = new PyList());
  interpreter.callMethod(notes, 'append', [note]);
  return null;
}, anything);

const argument = (self: PyException, index: number): Value => self.args.items[index] ?? null;
getter(exceptions.StopIteration, 'value', (_interpreter, self: PyException) => argument(self, 0));
getter(exceptions.SystemExit, 'code', (_interpreter, self: PyException) => argument(self, 0));
getter(exceptions.OSError, 'errno', (_interpreter, self: PyException) => (self.args.items.length > 1 ? argument(self, 0) : null));
getter(exceptions.OSError, 'strerror', (_interpreter, self: PyException) => (self.args.items.length > 1 ? argument(self, 1) : null));
getter(exceptions.OSError, 'filename', (_interpreter, self: PyException) => argument(self, 2));
getter(exceptions.SyntaxError, 'msg', (_interpreter, self: PyException) => argument(self, 0));
getter(exceptions.BaseExceptionGroup, 'message', (_interpreter, self: PyException) => argument(self, 0));
getter(exceptions.BaseExceptionGroup, 'exceptions', (interpreter, self: PyException) => new PyTuple(interpreter.toArray(argument(self, 1))));
for (const [cls, names] of carried) {
  // unset ones are None; the instance's own dictionary comes before a plain class attribute
  for (const name of names) cls.attributes.set(name, null);
}
