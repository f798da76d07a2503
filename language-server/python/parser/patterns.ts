import type { Expression, Pattern } from '../source/syntax.ts';
import { ExpressionParser } from './expressions.ts';
import { NAME, NUMBER, OPERATOR, STRING } from './tokens.ts';

/** Parses the patterns of `case`. */
export class PatternParser extends ExpressionParser {
  /** One pattern, or a sequence where commas stand between or after them. */
  casePattern(): Pattern {
    const { start } = this;
    const first = this.starOrPattern();
    if (!this.is(',')) return first;
    const patterns = [first];
    while (this.take(',')) {
      if (this.is(':') || this.is('if')) break;
      patterns.push(this.starOrPattern());
    }
    return { type: 'MatchSequence', start, end: this.end, patterns };
  }

  private starOrPattern(): Pattern {
    const { start } = this;
    if (!this.take('*')) return this.pattern();
    const name = this.name();
    return name === '_' ? { type: 'MatchStar', start, end: this.end } : { type: 'MatchStar', start, end: this.end, name };
  }

  private pattern(): Pattern {
    const { start } = this;
    this.deeper();
    const first = this.closed();
    let pattern = first;
    if (this.is('|')) {
      const patterns = [first];
      while (this.take('|')) patterns.push(this.closed());
      pattern = { type: 'MatchOr', start, end: this.end, patterns };
    }
    if (this.take('as')) {
      const name = this.name();
      pattern = { type: 'MatchAs', start, end: this.end, pattern, name };
    }
    this.back();
    return pattern;
  }

  private closed(): Pattern {
    const { start } = this;
    if (this.kind === OPERATOR) {
      if (this.word === '(' || this.word === '[') return this.sequence(this.word === '(' ? ')' : ']');
      if (this.word === '{') return this.mapping();
      if (this.word === '-') return this.literal();
    }
    if (this.kind === NUMBER || this.kind === STRING) return this.literal();
    for (const [word, value] of [['None', null], ['True', true], ['False', false]] as const) {
      if (this.take(word)) return { type: 'MatchSingleton', start, end: this.end, value };
    }
    if (this.kind !== NAME) throw this.wrong();
    if (!this.follows('.') && !this.follows('(')) {
      const name = this.name();
      return name === '_' ? { type: 'MatchAs', start, end: this.end } : { type: 'MatchAs', start, end: this.end, name };
    }
    const value = this.dotted();
    return this.is('(') ? this.classPattern(value) : { type: 'MatchValue', start, end: this.end, value };
  }

  private dotted(): Expression {
    const { start } = this;
    let value: Expression = { type: 'Name', start, end: this.ends[this.at], name: this.name() };
    while (this.take('.')) {
      const nameStart = this.start;
      const name = this.name();
      value = { type: 'Attribute', start, end: this.end, value, name, nameSpan: { start: nameStart, end: this.end } };
    }
    return value;
  }

  private literal(): Pattern {
    const value = this.literalValue();
    return { type: 'MatchValue', start: value.start, end: value.end, value };
  }

  /** A constant, with a sign, or a complex number written as a sum. */
  private literalValue(): Expression {
    if (this.kind === STRING || this.kind === NUMBER || this.is('-')) return this.bitwise(5);
    throw this.wrong();
  }

  private sequence(closer: string): Pattern {
    const { start } = this;
    this.advance();
    const patterns: Pattern[] = [];
    let comma = false;
    while (!this.is(closer)) {
      patterns.push(this.starOrPattern());
      comma = this.take(',');
      if (!comma) break;
    }
    this.expect(closer);
    if (closer === ')' && patterns.length === 1 && !comma && patterns[0].type !== 'MatchStar') return patterns[0];
    return { type: 'MatchSequence', start, end: this.end, patterns };
  }

  private mapping(): Pattern {
    const { start } = this;
    this.advance();
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | undefined;
    while (!this.is('}')) {
      if (this.take('**')) rest = this.name();
      else {
        keys.push(this.mappingKey());
        this.expect(':');
        patterns.push(this.pattern());
      }
      if (!this.take(',')) break;
    }
    this.expect('}');
    return { type: 'MatchMapping', start, end: this.end, keys, patterns, rest };
  }

  private mappingKey(): Expression {
    if (this.kind === NAME) return this.dotted();
    return this.kind === NUMBER || this.kind === STRING || this.is('-') ? this.literalValue() : this.expression();
  }

  private classPattern(cls: Expression): Pattern {
    this.advance();
    const patterns: Pattern[] = [];
    const keywordNames: string[] = [];
    const keywordPatterns: Pattern[] = [];
    while (!this.is(')')) {
      if (this.kind === NAME && this.follows('=')) {
        keywordNames.push(this.name());
        this.advance();
        keywordPatterns.push(this.pattern());
      } else {
        if (keywordNames.length > 0) throw this.wrong('positional patterns follow keyword patterns');
        patterns.push(this.pattern());
      }
      if (!this.take(',')) break;
    }
    this.expect(')');
    return { type: 'MatchClass', start: cls.start, end: this.end, class: cls, patterns, keywordNames, keywordPatterns };
  }
}
