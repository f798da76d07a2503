/** Numbers that JavaScript has no type of its own for, bytes, and the two singletons. */
import { classes, PyObject } from './object.ts';
import type { PyClass } from './classes.ts';

export class PyFloat extends PyObject {
  declare readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  get cls(): PyClass {
    return classes.float;
  }
}

export class PyComplex extends PyObject {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    super();
    this.real = real;
    this.imaginary = imaginary;
  }
  get cls(): PyClass {
    return classes.complex;
  }
}

/** Ellipsis and NotImplemented. */
export class PySingleton extends PyObject {
  readonly name: 'Ellipsis' | 'NotImplemented';
  constructor(name: 'Ellipsis' | 'NotImplemented') {
    super();
    this.name = name;
  }
  get cls(): PyClass {
    return this.name === 'Ellipsis' ? classes.ellipsis : classes.NotImplementedType;
  }
}

export const ellipsis = new PySingleton('Ellipsis');

export const notImplemented = new PySingleton('NotImplemented');

export class PyBytes extends PyObject {
  /** One code unit below 256 for each byte. */
  readonly value: string;
  cls: PyClass;
  constructor(value: string, cls: PyClass = classes.bytes) {
    super();
    this.value = value;
    this.cls = cls;
  }
}

/** The number where it is safe, else the bigint. */
export function fromBigint(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}
