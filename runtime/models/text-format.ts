import { FormatError } from '../../graph/onnx/wire.ts';

/** A message in protocol buffers' text format: each field's values in their order. Identifiers and numbers are text. */
export type TextMessage = ReadonlyMap<string, readonly (string | TextMessage)[]>;

const deepestNesting = 64;
const tokens = /\s+|#[^\n]*|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|[A-Za-z0-9_.+-]+|[{}<>:;,[\]]/y;

/** Reads the text format, such as Caffe's `.prototxt`. */
export function readTextFormat(text: string, file: string): TextMessage {
  return new Parser(text, file).message(0, undefined);
}

class Parser {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #token = '';
  /** Set where the token is quoted: what stands between the quotes. */
  #quoted: string | undefined;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#next();
  }

  message(depth: number, end: string | undefined): TextMessage {
    if (depth > deepestNesting) this.#fail(`messages are nested more than ${deepestNesting} deep`);
    const fields = new Map<string, (string | TextMessage)[]>();
    while (this.#token !== (end ?? '')) {
      if (this.#token === '') this.#fail(`a message is not closed: '${end}' is missing`);
      const name = this.#name();
      const values = fields.get(name) ?? [];
      fields.set(name, values);
      const colon = this.#take(':');
      if (this.#take('[')) {
        while (!this.#take(']')) {
          values.push(this.#value(depth));
          this.#take(',');
        }
      } else if (colon || this.#token === '{' || this.#token === '<') values.push(this.#value(depth));
      else this.#fail(`after ${name} a value is missing`);
      if (!this.#take(';')) this.#take(',');
    }
    return fields;
  }

  #value(depth: number): string | TextMessage {
    const open = this.#token;
    if (open === '{' || open === '<') {
      this.#next();
      const close = open === '{' ? '}' : '>';
      const inner = this.message(depth + 1, close);
      this.#next();
      return inner;
    }
    if (this.#quoted === undefined && !/^[\w.+-]/.test(open)) this.#fail(open === '' ? 'a value is missing' : `'${open}' is no value`);
    let value = this.#quoted ?? open;
    const quoted = this.#quoted !== undefined;
    this.#next();
    // strings that follow one another are one
    while (quoted && this.#quoted !== undefined) {
      value += this.#quoted;
      this.#next();
    }
    return value;
  }

  #name(): string {
    const name = this.#token;
    if (this.#quoted !== undefined || !/^[A-Za-z_][\w.]*$/.test(name)) this.#fail(`'${name.slice(0, 40)}' is no name of a field`);
    this.#next();
    return name;
  }

  #take(token: string): boolean {
    if (this.#token !== token || this.#quoted !== undefined) return false;
    this.#next();
    return true;
  }

  #next(): void {
    for (;;) {
      if (this.#at >= this.#text.length) {
        this.#token = '';
        this.#quoted = undefined;
        return;
      }
      tokens.lastIndex = this.#at;
      const match = tokens.exec(this.#text);
      if (!match) this.#fail(`'${this.#text.slice(this.#at, this.#at + 10)}' cannot stand here`);
      this.#at = tokens.lastIndex;
      if (/^[\s#]/.test(match[0])) continue;
      this.#token = match[0];
      this.#quoted = match[1] ?? match[2];
      return;
    }
  }

  #fail(what: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    throw new FormatError(`${this.#file} is no text of this format: line ${line}: ${what}`);
  }
}
