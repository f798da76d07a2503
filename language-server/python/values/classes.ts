import type { Place } from '../interpreter-api.ts';
import { Attributes } from './attributes.ts';
import { classes, PyObject, type Value } from './object.ts';
import type { Unknown } from './symbolic.ts';

export class PyClass extends PyObject {
  /** The metaclass. */
  cls: PyClass;
  readonly name: string;
  /** What `__name__` was set to. */
  displayName: string | undefined;
  qualname: string;
  bases: readonly PyClass[];
  /** The class itself first, `object` last. */
  mro: readonly PyClass[];
  declare attributes: Attributes;
  /** Built-in and native classes refuse new attributes and are shared by all analyses. */
  readonly immutable: boolean;
  /** Where the class statement stands. */
  place: Place | undefined;
  /** Classes made from it, for `__subclasses__` and for dropping their lookup caches; not kept for immutable classes. */
  subclasses: PyClass[] = [];
  private readonly lookups = new Map<string, Value | typeof missing>();
  /** Facts about the MRO that hot paths need, see classes.ts. */
  traits: ClassTraits | undefined;
  /** `__init_subclass__`-less native classes may refuse instances: the reason, as CPython words it. */
  abstract: string | undefined;
  /** Set where a base is Unknown: what is not found may be there. */
  unknownBase: Unknown | undefined;
  constructor(name: string, bases: readonly PyClass[], options: { metaclass?: PyClass; mro?: readonly PyClass[]; immutable?: boolean; module?: string } = {}) {
    super();
    this.name = name;
    this.qualname = name;
    this.bases = bases;
    this.cls = options.metaclass ?? classes.type;
    this.mro = options.mro ?? [this, ...(bases[0]?.mro ?? [])];
    this.immutable = options.immutable ?? false;
    this.attributes = new Attributes(this);
    if (options.module !== undefined) this.attributes.set('__module__', options.module);
  }
  /** The attribute that the class or the nearest base has, as it stands there. */
  find(name: string): Value | undefined {
    const known = this.lookups.get(name);
    if (known !== undefined) return known === missing ? undefined : known as Value;
    for (const cls of this.mro) {
      const value = cls.attributes.get(name);
      if (value !== undefined) {
        this.lookups.set(name, value);
        return value;
      }
    }
    this.lookups.set(name, missing);
    return undefined;
  }
  /** Forgets what was looked up, here and in the classes derived from it. */
  changed(): void {
    if (this.lookups.size > 0) this.lookups.clear();
    this.traits = undefined;
    for (const cls of this.subclasses) cls.changed();
  }
  isSubclassOf(cls: PyClass): boolean {
    return this === cls || this.mro.includes(cls);
  }
}

const missing = Symbol('missing');

/** undefined where the class does not override what `object` does. */
export interface ClassTraits {
  readonly getattribute: Value | undefined;
  readonly getattr: Value | undefined;
  readonly setattr: Value | undefined;
  readonly delattr: Value | undefined;
  /** The built-in class that decides how instances are laid out: object, int, str, tuple, a native class, ... */
  readonly solid: PyClass;
}
