/** Making modules by hand: `types.ModuleType(name)` and classes derived from it. */
import { staticMethod } from '../native.ts';
import { classes } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { PyModule, type Value } from '../values/index.ts';

staticMethod(classes.module, '__new__', 'cls, name=, doc=, *args, **kwargs', (_interpreter, cls: PyClass, name: Value = '', doc: Value = null) => {
  const module = new PyModule(String(name));
  module.cls = cls;
  module.attributes.set('__doc__', doc);
  return module;
}, { acceptsUnknown: true });
