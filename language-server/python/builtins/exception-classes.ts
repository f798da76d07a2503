/** What some exceptions carry beside their arguments: None until it is given. */
import { exceptions } from '../values/builtin-classes.ts';

for (const [cls, names] of [[exceptions.ImportError, ['name', 'path']], [exceptions.AttributeError, ['name', 'obj']], [exceptions.NameError, ['name']]] as const) {
  for (const name of names) cls.attributes.set(name, null);
}
