/** Python's regular expressions as JavaScript's. */

export const flagBits = { IGNORECASE: 2, LOCALE: 4, MULTILINE: 8, DOTALL: 16, UNICODE: 32, VERBOSE: 64, DEBUG: 128, ASCII: 256 } as const;

const inlineFlags: Readonly<Record<string, number>> = { i: 2, L: 4, m: 8, s: 16, u: 32, x: 64, a: 256 };

export interface Translation {
  readonly source: string;
  readonly flags: number;
  /** The names of groups by their numbers. */
  readonly names: ReadonlyMap<string, number>;
  readonly groups: number;
}

/** What Python refuses, with its words; `position` counts from 0. */
export class PatternError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** What JavaScript cannot express: atomic groups, possessive quantifiers, conditionals, case that counts in a part only. */
export class NotTranslated extends Error {}

export function translate(pattern: string, given: number): Translation {
  return new Translator(pattern, given).run();
}

class Translator {
  private readonly names = new Map<string, number>();
  private readonly text: string;
  private flags: number;
  /** The flags of the whole pattern. */
  private global = 0;
  private at = 0;
  private groups = 0;
  /** The flags around each open group. */
  private readonly around: number[] = [];

  constructor(text: string, flags: number) {
    this.text = text;
    this.flags = flags;
  }

  run(): Translation {
    const leading = /^\(\?([aiLmsux]+)\)/.exec(this.text);
    if (leading) {
      for (const letter of leading[1]) this.flags |= inlineFlags[letter];
      this.at = leading[0].length;
    }
    this.global = this.flags;
    let source = '';
    while (this.at < this.text.length) source += this.piece();
    if (this.around.length > 0) throw new PatternError('missing ), unterminated subpattern', this.text.lastIndexOf('('));
    return { source, flags: this.global, names: this.names, groups: this.groups };
  }

  private piece(): string {
    const { text } = this;
    const character = text[this.at];
    switch (character) {
      case '\\': return this.escape(false);
      case '[': return this.characterClass();
      case '(': return this.open();
      case ')':
        if (this.around.length === 0) throw new PatternError('unbalanced parenthesis', this.at);
        this.flags = this.around.pop() as number;
        this.at++;
        return ')';
      case '.':
        this.at++;
        return this.flags & flagBits.DOTALL ? '[\\s\\S]' : '[^\\n]';
      case '^':
        this.at++;
        return this.flags & flagBits.MULTILINE ? '(?<![^\\n])' : '(?<![\\s\\S])';
      case '$':
        this.at++;
        return this.flags & flagBits.MULTILINE ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
      case '{': return this.braces();
      case '*': case '+': case '?': return this.quantifier(character);
    }
    if (this.flags & flagBits.VERBOSE) {
      if (/\s/.test(character)) {
        this.at++;
        return '';
      }
      if (character === '#') {
        const end = text.indexOf('\n', this.at);
        this.at = end < 0 ? text.length : end + 1;
        return '';
      }
    }
    this.at++;
    return /[/\]}]/.test(character) ? `\\${character}` : character;
  }

  private quantifier(sign: string): string {
    this.at++;
    if (this.text[this.at] === '+') throw new NotTranslated('a possessive quantifier');
    if (this.at === 1) throw new PatternError('nothing to repeat', 0);
    return sign;
  }

  private braces(): string {
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.text.slice(this.at));
    if (!match || (match[1] === '' && match[2] === '')) {
      this.at++;
      return '\\{';
    }
    this.at += match[0].length;
    if (this.text[this.at] === '+') throw new NotTranslated('a possessive quantifier');
    return `{${match[1] || '0'}${match[2]}${match[3]}}`;
  }

  private open(): string {
    const rest = this.text.slice(this.at);
    const start = this.at;
    const take = (match: RegExpExecArray, nested: boolean): RegExpExecArray => {
      this.at += match[0].length;
      if (nested) this.around.push(this.flags);
      return match;
    };
    let match = /^\(\?P<([^>]*)>/.exec(rest);
    if (match) {
      const [, name] = take(match, true);
      if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name)) throw new PatternError(`bad character in group name '${name}'`, start + 4);
      if (this.names.has(name)) throw new PatternError(`redefinition of group name '${name}' as group ${this.groups + 1}; was group ${this.names.get(name)}`, start + 4);
      this.names.set(name, ++this.groups);
      return '(';
    }
    if ((match = /^\(\?P=(\w+)\)/.exec(rest))) {
      const [, name] = take(match, false);
      const group = this.names.get(name);
      if (group === undefined) throw new PatternError(`unknown group name '${name}'`, start + 4);
      return `(?:\\${group})`;
    }
    if ((match = /^\(\?#[^)]*\)/.exec(rest))) {
      take(match, false);
      return '';
    }
    if ((match = /^\((?:\?:|\?=|\?!|\?<=|\?<!)/.exec(rest))) return take(match, true)[0];
    if ((match = /^\(\?([aiLmsux]*)(?:-([imsx]+))?:/.exec(rest))) {
      const [, on, off = ''] = take(match, true);
      let flags = this.flags;
      for (const letter of on) flags |= inlineFlags[letter];
      for (const letter of off) flags &= ~inlineFlags[letter];
      // the expression as a whole is told whether case counts
      if ((flags ^ this.global) & flagBits.IGNORECASE) throw new NotTranslated('case that counts in a part of the pattern only');
      this.flags = flags;
      return '(?:';
    }
    if (rest.startsWith('(?')) {
      if (/^\(\?[>(]/.test(rest)) throw new NotTranslated('an atomic group or a conditional');
      throw new PatternError(`unknown extension ?${rest[2] ?? ''}`, start + 1);
    }
    this.at++;
    this.around.push(this.flags);
    this.groups++;
    return '(';
  }

  private escape(inClass: boolean): string {
    const next = this.text[this.at + 1];
    if (next === undefined) throw new PatternError('bad escape (end of pattern)', this.at);
    this.at += 2;
    const unicode = !(this.flags & flagBits.ASCII);
    switch (next) {
      case 'A': return '(?<![\\s\\S])';
      case 'Z': return '(?![\\s\\S])';
      case 'd': case 'D': case 's': case 'S': return `\\${next}`;
      case 'w': return unicode && inClass ? '\\w\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u1fff\\u3040-\\ud7ff' : unicode ? '[\\w\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u1fff\\u3040-\\ud7ff]' : '\\w';
      case 'W': return inClass || !unicode ? '\\W' : '[^\\w\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u1fff\\u3040-\\ud7ff]';
      case 'b': case 'B': case 'n': case 'r': case 't': case 'f': case 'v': return `\\${next}`;
      case 'a': return '\\x07';
      case 'x': case 'u': {
        const match = /^[0-9a-fA-F]+/.exec(this.text.slice(this.at, this.at + (next === 'x' ? 2 : 4)));
        if (!match || match[0].length !== (next === 'x' ? 2 : 4)) throw new PatternError(`incomplete escape \\${next}${match?.[0] ?? ''}`, this.at - 2);
        this.at += match[0].length;
        return `\\${next}${match[0]}`;
      }
    }
    if (/[0-9]/.test(next)) return this.number(next, inClass);
    if (/[a-zA-Z]/.test(next)) throw new PatternError(`bad escape \\${next}`, this.at - 2);
    return /[\^$\\.*+?()[\]{}|/-]/.test(next) ? `\\${next}` : next;
  }

  /** A back reference or a character by its octal number. */
  private number(first: string, inClass: boolean): string {
    const octal = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/.exec(this.text.slice(this.at - 1));
    if (octal && (first === '0' || octal[0].length === 3 || inClass)) {
      this.at += octal[0].length - 1;
      return `\\x${(parseInt(octal[0], 8) & 0xff).toString(16).padStart(2, '0')}`;
    }
    const digits = /^\d{1,2}/.exec(this.text.slice(this.at - 1))![0];
    this.at += digits.length - 1;
    if (Number(digits) > this.groups) throw new PatternError(`invalid group reference ${digits}`, this.at - digits.length);
    return `(?:\\${digits})`;
  }

  private characterClass(): string {
    const { text } = this;
    const start = this.at;
    let source = '[';
    this.at++;
    if (text[this.at] === '^') {
      source += '^';
      this.at++;
    }
    for (let first = true; ; first = false) {
      const character = text[this.at];
      if (character === undefined) throw new PatternError('unterminated character set', start);
      if (character === ']' && !first) {
        this.at++;
        return `${source}]`;
      }
      if (character === '\\') source += this.escape(true);
      else {
        source += character === '[' || character === ']' ? `\\${character}` : character;
        this.at++;
      }
    }
  }
}
