import { FormatError } from '../../graph/onnx/wire.ts';

/** The parameters of an operator of MXNet's, which its files hold as Python's text: `(3, 3)`, `True`, `None`. */
export class Parameters {
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #place: string;

  constructor(given: Readonly<Record<string, unknown>>, place: string) {
    this.#given = given;
    this.#place = place;
  }

  /** The text; undefined where it is left out or None. */
  text(name: string): string | undefined {
    const value = this.#given[name];
    return value === undefined || value === null || value === 'None' ? undefined : String(value);
  }

  number(name: string, otherwise: number): number {
    return this.optional(name) ?? otherwise;
  }

  optional(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : this.#number(name, value);
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.text(name);
    return value === undefined ? otherwise : value === 'True' || value === 'true' || value === '1';
  }

  /** `(1, 2)`, `[1, 2]`, `1`; None among the numbers is undefined. */
  list(name: string): (number | undefined)[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return value.replace(/[[\]()L\s]/g, '').split(',').filter((part) => part !== '').map((part) => (part === 'None' ? undefined : this.#number(name, part)));
  }

  numbers(name: string): number[] | undefined {
    return this.list(name)?.map((one) => {
      if (one === undefined) throw new FormatError(`${this.#place}: ${name} is ${this.text(name)}, which has no place for None`);
      return one;
    });
  }

  #number(name: string, text: string): number {
    const number = Number(text);
    if (text === '' || Number.isNaN(number)) throw new FormatError(`${this.#place}: ${name} is ${text.slice(0, 40)}, which is no number`);
    return number;
  }
}
