import { CheckpointError } from './file.ts';

/**
 * A reader of Python's pickle format that executes nothing. It runs the format's stack machine, but where a pickle asks
 * for a call it only notes which callable with which arguments; whoever reads the result decides what a few known
 * callables mean (`interpret`). Everything else stays a note.
 */

/** A name that the pickle refers to: `torch._utils._rebuild_tensor_v2`. */
export class PickleGlobal {
  readonly module: string;
  readonly name: string;
  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }
  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What a call would have made: never executed. */
export class PickleObject {
  readonly callable: unknown;
  readonly args: readonly unknown[];
  state: unknown = undefined;
  readonly items: unknown[] = [];
  readonly entries: Map<unknown, unknown> = new Map();
  constructor(callable: unknown, args: readonly unknown[]) {
    this.callable = callable;
    this.args = args;
  }
  /** The dotted name of the callable. */
  get path(): string {
    if (this.callable instanceof PickleGlobal) return this.callable.path;
    // PyTorch's old format stores the classes of modules outside of the pickle, with their sources
    const parts = this.callable instanceof PersistentId && Array.isArray(this.callable.id) ? (this.callable.id as unknown[]) : [];
    return parts[0] === 'module' && parts[1] instanceof PickleGlobal ? parts[1].path : '(computed)';
  }
}

/** A reference to something outside of the pickle, such as a tensor's storage. */
export class PersistentId {
  readonly id: unknown;
  constructor(id: unknown) {
    this.id = id;
  }
}

export interface PickleOptions {
  /** For messages. */
  readonly name: string;
  /** What a known callable makes of its arguments; undefined where it is not known. */
  interpret(callable: PickleGlobal, args: readonly unknown[]): unknown;
  /** Gives an object its state, where the interpretation knows how; false where it does not. */
  build?(object: unknown, state: unknown): boolean;
}

export interface Unpickled {
  readonly value: unknown;
  /** The offset behind the pickle's end. */
  readonly end: number;
  /** The dotted names of all callables that were neither executed nor interpreted. */
  readonly refused: ReadonlySet<string>;
}

const mark = Symbol('mark');
const textDecoder = new TextDecoder('utf-8');

/** Reads one pickle (protocols 0 to 5) that begins at `start`. */
export function unpickle(bytes: Uint8Array, options: PickleOptions, start = 0): Unpickled {
  return new Machine(bytes, options, start).run();
}

class Machine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #options: PickleOptions;
  readonly #memo = new Map<number, unknown>();
  readonly #refused = new Set<string>();
  #stack: unknown[] = [];
  #at: number;

  constructor(bytes: Uint8Array, options: PickleOptions, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#options = options;
    this.#at = start;
  }

  run(): Unpickled {
    for (;;) {
      const at = this.#at;
      const code = this.#take(1)[0];
      if (code === 0x2e) return { value: this.#pop(), end: this.#at, refused: this.#refused };
      const step = (steps as Readonly<Record<number, Step>>)[code];
      if (!step) throw new CheckpointError(`${this.#options.name} is not a pickle or is damaged: byte ${at} holds the unknown instruction ${code}`);
      this.#step(step);
    }
  }

  #step(step: Step): void {
    switch (step) {
      case 'PROTO': this.#take(1); break;
      case 'FRAME': this.#take(8); break;
      case 'MARK': this.#stack.push(mark); break;
      case 'POP': this.#pop(); break;
      case 'POP_MARK': this.#marked(); break;
      case 'DUP': this.#stack.push(this.#top()); break;
      case 'NONE': this.#stack.push(null); break;
      case 'TRUE': this.#stack.push(true); break;
      case 'FALSE': this.#stack.push(false); break;
      case 'INT': this.#stack.push(integerOf(this.#line())); break;
      case 'LONG': this.#stack.push(integerOf(this.#line().replace(/L$/, ''))); break;
      case 'FLOAT': this.#stack.push(Number(this.#line())); break;
      case 'BININT': this.#stack.push(this.#view.getInt32(this.#skip(4), true)); break;
      case 'BININT1': this.#stack.push(this.#take(1)[0]); break;
      case 'BININT2': this.#stack.push(this.#view.getUint16(this.#skip(2), true)); break;
      case 'LONG1': this.#stack.push(longOf(this.#take(this.#take(1)[0]))); break;
      case 'LONG4': this.#stack.push(longOf(this.#take(this.#length(4)))); break;
      case 'BINFLOAT': this.#stack.push(this.#view.getFloat64(this.#skip(8), false)); break;
      case 'STRING': this.#stack.push(unquoted(this.#line())); break;
      case 'BINSTRING': this.#stack.push(this.#text(this.#length(4))); break;
      case 'SHORT_BINSTRING': this.#stack.push(this.#text(this.#take(1)[0])); break;
      case 'UNICODE': this.#stack.push(this.#line()); break;
      case 'SHORT_BINUNICODE': this.#stack.push(this.#text(this.#take(1)[0])); break;
      case 'BINUNICODE': this.#stack.push(this.#text(this.#length(4))); break;
      case 'BINUNICODE8': this.#stack.push(this.#text(this.#length(8))); break;
      case 'SHORT_BINBYTES': this.#stack.push(this.#take(this.#take(1)[0])); break;
      case 'BINBYTES': this.#stack.push(this.#take(this.#length(4))); break;
      case 'BINBYTES8': case 'BYTEARRAY8': this.#stack.push(this.#take(this.#length(8))); break;
      case 'EMPTY_TUPLE': case 'EMPTY_LIST': this.#stack.push([]); break;
      case 'TUPLE': case 'LIST': case 'FROZENSET': this.#stack.push(this.#marked()); break;
      case 'TUPLE1': this.#stack.push([this.#pop()]); break;
      case 'TUPLE2': this.#stack.push(this.#popMany(2)); break;
      case 'TUPLE3': this.#stack.push(this.#popMany(3)); break;
      case 'EMPTY_SET': this.#stack.push([]); break;
      case 'EMPTY_DICT': this.#stack.push(new Map()); break;
      case 'DICT': {
        const pairs = this.#marked();
        const map = new Map();
        for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1]);
        this.#stack.push(map);
        break;
      }
      case 'APPEND': this.#append([this.#pop()]); break;
      case 'APPENDS': case 'ADDITEMS': this.#append(this.#marked()); break;
      case 'SETITEM': this.#setItems(this.#popMany(2)); break;
      case 'SETITEMS': this.#setItems(this.#marked()); break;
      case 'PUT': this.#memo.set(Number(this.#line()), this.#top()); break;
      case 'BINPUT': this.#memo.set(this.#take(1)[0], this.#top()); break;
      case 'LONG_BINPUT': this.#memo.set(this.#view.getUint32(this.#skip(4), true), this.#top()); break;
      case 'MEMOIZE': this.#memo.set(this.#memo.size, this.#top()); break;
      case 'GET': this.#recall(Number(this.#line())); break;
      case 'BINGET': this.#recall(this.#take(1)[0]); break;
      case 'LONG_BINGET': this.#recall(this.#view.getUint32(this.#skip(4), true)); break;
      case 'GLOBAL': this.#stack.push(new PickleGlobal(this.#line(), this.#line())); break;
      case 'STACK_GLOBAL': {
        const [module, name] = this.#popMany(2);
        if (typeof module !== 'string' || typeof name !== 'string') this.#damaged('a name that is not text');
        this.#stack.push(new PickleGlobal(module as string, name as string));
        break;
      }
      case 'REDUCE': case 'NEWOBJ': {
        const [callable, args] = this.#popMany(2);
        this.#stack.push(this.#call(callable, args));
        break;
      }
      case 'NEWOBJ_EX': {
        const [callable, args] = this.#popMany(3);
        this.#stack.push(this.#call(callable, args));
        break;
      }
      case 'INST': {
        const callable = new PickleGlobal(this.#line(), this.#line());
        this.#stack.push(this.#call(callable, this.#marked()));
        break;
      }
      case 'OBJ': {
        const [callable, ...args] = this.#marked();
        this.#stack.push(this.#call(callable, args));
        break;
      }
      case 'BUILD': {
        const state = this.#pop();
        const object = this.#top();
        if (!this.#options.build?.(object, state) && object instanceof PickleObject) object.state = state;
        break;
      }
      case 'PERSID': this.#stack.push(new PersistentId(this.#line())); break;
      case 'BINPERSID': this.#stack.push(new PersistentId(this.#pop())); break;
      case 'EXT1': this.#refuseExtension(this.#take(1)[0]); break;
      case 'EXT2': this.#refuseExtension(this.#view.getUint16(this.#skip(2), true)); break;
      case 'EXT4': this.#refuseExtension(this.#view.getUint32(this.#skip(4), true)); break;
      case 'NEXT_BUFFER': this.#damaged('a reference to data outside of the file'); break;
      case 'READONLY_BUFFER': break;
    }
  }

  #call(callable: unknown, args: unknown): unknown {
    const list = Array.isArray(args) ? args : [];
    const known = callable instanceof PickleGlobal ? this.#options.interpret(callable, list) : undefined;
    if (known !== undefined) return known;
    const object = new PickleObject(callable, list);
    this.#refused.add(object.path);
    return object;
  }

  #refuseExtension(code: number): void {
    const name = new PickleGlobal('copyreg', `extension_${code}`);
    this.#refused.add(name.path);
    this.#stack.push(name);
  }

  #append(items: unknown[]): void {
    const list = this.#top();
    if (Array.isArray(list)) for (const item of items) list.push(item);
    else if (list instanceof PickleObject) for (const item of items) list.items.push(item);
    else this.#damaged('items for something that is no list');
  }

  #setItems(pairs: unknown[]): void {
    const map = this.#top();
    const entries = map instanceof PickleObject ? map.entries : map;
    if (!(entries instanceof Map)) this.#damaged('entries for something that is no dictionary');
    for (let i = 0; i + 1 < pairs.length; i += 2) (entries as Map<unknown, unknown>).set(pairs[i], pairs[i + 1]);
  }

  #recall(key: number): void {
    if (!this.#memo.has(key)) this.#damaged('a reference to something that was never stored');
    this.#stack.push(this.#memo.get(key));
  }

  #pop(): unknown {
    if (this.#stack.length === 0) this.#damaged('an instruction that takes more than there is');
    return this.#stack.pop();
  }

  #popMany(count: number): unknown[] {
    if (this.#stack.length < count) this.#damaged('an instruction that takes more than there is');
    return this.#stack.splice(this.#stack.length - count, count);
  }

  #top(): unknown {
    if (this.#stack.length === 0) this.#damaged('an instruction that takes more than there is');
    return this.#stack[this.#stack.length - 1];
  }

  #marked(): unknown[] {
    const from = this.#stack.lastIndexOf(mark);
    if (from < 0) this.#damaged('an end without a beginning');
    const items = this.#stack.splice(from);
    items.shift();
    return items;
  }

  #skip(count: number): number {
    const at = this.#at;
    if (at + count > this.#bytes.length) throw new CheckpointError(`${this.#options.name} is truncated: its pickle ends in the middle, at byte ${this.#bytes.length}`);
    this.#at += count;
    return at;
  }

  #take(count: number): Uint8Array {
    const at = this.#skip(count);
    return this.#bytes.subarray(at, at + count);
  }

  #length(width: 4 | 8): number {
    const at = this.#skip(width);
    return width === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true));
  }

  #text(length: number): string {
    return textDecoder.decode(this.#take(length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new CheckpointError(`${this.#options.name} is truncated: its pickle ends in the middle, at byte ${this.#bytes.length}`);
    const text = this.#text(end - this.#at);
    this.#at = end + 1;
    return text.replace(/\r$/, '');
  }

  #damaged(what: string): never {
    throw new CheckpointError(`${this.#options.name} is damaged: its pickle has ${what} before byte ${this.#at}`);
  }
}

/** The instructions of the format by their codes, as Python's pickletools documents them. */
const steps = {
  0x80: 'PROTO', 0x95: 'FRAME', 0x28: 'MARK', 0x30: 'POP', 0x31: 'POP_MARK', 0x32: 'DUP', 0x4e: 'NONE', 0x88: 'TRUE', 0x89: 'FALSE',
  0x49: 'INT', 0x4c: 'LONG', 0x46: 'FLOAT', 0x4a: 'BININT', 0x4b: 'BININT1', 0x4d: 'BININT2', 0x8a: 'LONG1', 0x8b: 'LONG4', 0x47: 'BINFLOAT',
  0x53: 'STRING', 0x54: 'BINSTRING', 0x55: 'SHORT_BINSTRING', 0x56: 'UNICODE', 0x8c: 'SHORT_BINUNICODE', 0x58: 'BINUNICODE', 0x8d: 'BINUNICODE8',
  0x43: 'SHORT_BINBYTES', 0x42: 'BINBYTES', 0x8e: 'BINBYTES8', 0x96: 'BYTEARRAY8', 0x29: 'EMPTY_TUPLE', 0x5d: 'EMPTY_LIST', 0x74: 'TUPLE', 0x6c: 'LIST',
  0x91: 'FROZENSET', 0x85: 'TUPLE1', 0x86: 'TUPLE2', 0x87: 'TUPLE3', 0x8f: 'EMPTY_SET', 0x7d: 'EMPTY_DICT', 0x64: 'DICT', 0x61: 'APPEND', 0x65: 'APPENDS',
  0x90: 'ADDITEMS', 0x73: 'SETITEM', 0x75: 'SETITEMS', 0x70: 'PUT', 0x71: 'BINPUT', 0x72: 'LONG_BINPUT', 0x94: 'MEMOIZE', 0x67: 'GET', 0x68: 'BINGET',
  0x6a: 'LONG_BINGET', 0x63: 'GLOBAL', 0x93: 'STACK_GLOBAL', 0x52: 'REDUCE', 0x81: 'NEWOBJ', 0x92: 'NEWOBJ_EX', 0x69: 'INST', 0x6f: 'OBJ', 0x62: 'BUILD',
  0x50: 'PERSID', 0x51: 'BINPERSID', 0x82: 'EXT1', 0x83: 'EXT2', 0x84: 'EXT4', 0x97: 'NEXT_BUFFER', 0x98: 'READONLY_BUFFER',
} as const satisfies Record<number, string>;
type Step = (typeof steps)[keyof typeof steps];

function integerOf(text: string): number | bigint | boolean {
  // protocol 0 writes truth as 00 and 01
  if (text === '00') return false;
  if (text === '01') return true;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : /^-?\d+$/.test(text) ? BigInt(text) : number;
}

function longOf(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  value = BigInt.asIntN(8 * bytes.length, value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unquoted(text: string): string {
  return text.replace(/^(['"])([\s\S]*)\1$/, '$2');
}
