import type { Alias, BinaryOperator, Expression, Statement } from '../source/syntax.ts';
import { Fault } from './fault.ts';
import { PatternParser } from './patterns.ts';
import { END, KEYWORD, NAME, NEWLINE, NUMBER, OPERATOR, STRING } from './tokens.ts';

const augmented = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=']);

/** Parses the statements that fit on a line. */
export class SimpleStatementParser extends PatternParser {
  /** One statement of a line. */
  protected simpleStatement(): Statement {
    const { start } = this;
    if (this.kind === KEYWORD) {
      switch (this.word) {
        case 'return': {
          this.advance();
          if (this.functions.length === 0) this.fault({ start, end: this.end }, "'return' outside function");
          const value = this.atLineEnd() ? undefined : this.expressions();
          return { type: 'Return', start, end: this.end, value };
        }
        case 'import': return this.imports();
        case 'from': return this.importFrom();
        case 'raise': return this.raise();
        case 'assert': {
          this.advance();
          const test = this.expression();
          const message = this.take(',') ? this.expression() : undefined;
          return { type: 'Assert', start, end: this.end, test, message };
        }
        case 'del': return this.deletion();
        case 'global': case 'nonlocal': {
          const type = this.word === 'global' ? 'Global' : 'Nonlocal';
          this.advance();
          const names = [this.name()];
          while (this.take(',')) names.push(this.name());
          return { type, start, end: this.end, names };
        }
        case 'pass': case 'break': case 'continue': {
          const type = this.word === 'pass' ? 'Pass' : this.word === 'break' ? 'Break' : 'Continue';
          this.advance();
          return { type, start, end: this.end };
        }
      }
    } else if (this.kind === NAME) {
      if (this.word === 'type' && this.kinds[this.at + 1] === NAME) return this.typeAlias();
      if (this.word === 'print' || this.word === 'exec') this.refusePython2();
    }
    return this.expressionStatement();
  }

  private refusePython2(): void {
    const next = this.kinds[this.at + 1];
    if (next !== NAME && next !== STRING && next !== NUMBER) return;
    let last = this.at;
    while (this.kinds[last + 1] !== NEWLINE && this.kinds[last + 1] !== END) last++;
    throw new Fault(this.start, this.ends[last], `Missing parentheses in call to '${this.word}'. Did you mean ${this.word}(...)?`);
  }

  private expressionStatement(): Statement {
    const { start } = this;
    const first = this.is('yield') ? this.yielded() : this.expressions();
    if (this.kind === NEWLINE) return { type: 'Expr', start, end: this.end, value: first };
    if (this.is('=')) return this.assignment(start, first);
    if (this.kind === OPERATOR && augmented.has(this.word)) {
      if (first.type !== 'Name' && first.type !== 'Attribute' && first.type !== 'Subscript' && first.type !== 'BrokenExpression') {
        throw new Fault(first.start, first.end, `'${first.type.toLowerCase()}' is an illegal expression for augmented assignment`);
      }
      const operator = this.word.slice(0, -1) as BinaryOperator;
      this.advance();
      const value = this.value();
      return { type: 'AugAssign', start, end: this.end, target: first, operator, value };
    }
    if (this.is(':') && (first.type === 'Name' || first.type === 'Attribute' || first.type === 'Subscript')) {
      this.advance();
      const annotation = this.expression();
      const value = this.take('=') ? this.value() : undefined;
      return { type: 'AnnAssign', start, end: this.end, target: first, annotation, value };
    }
    return { type: 'Expr', start, end: this.end, value: first };
  }

  private assignment(start: number, first: Expression): Statement {
    const targets = [first];
    let value = first;
    while (this.take('=')) {
      value = this.value();
      if (this.is('=')) targets.push(value);
    }
    for (const target of targets) {
      if (target.type === 'Starred') throw new Fault(target.start, target.end, 'starred assignment target must be in a list or tuple');
      this.assignable(target);
    }
    return { type: 'Assign', start, end: this.end, targets, value };
  }

  private value(): Expression {
    return this.is('yield') ? this.yielded() : this.expressions();
  }

  private deletion(): Statement {
    const { start } = this;
    this.advance();
    const targets = [this.bitwise()];
    while (this.take(',') && !this.atLineEnd()) targets.push(this.bitwise());
    for (const target of targets) this.assignable(target, 'delete');
    return { type: 'Delete', start, end: this.end, targets };
  }

  private raise(): Statement {
    const { start } = this;
    this.advance();
    const exception = this.atLineEnd() ? undefined : this.expression();
    const cause = exception && this.take('from') ? this.expression() : undefined;
    return { type: 'Raise', start, end: this.end, exception, cause };
  }

  private imports(): Statement {
    const { start } = this;
    this.advance();
    const names = [this.alias(true)];
    while (this.take(',')) names.push(this.alias(true));
    return { type: 'Import', start, end: this.end, names };
  }

  private importFrom(): Statement {
    const { start } = this;
    this.advance();
    let level = 0;
    for (; this.is('.') || this.is('...'); this.advance()) level += this.word.length;
    const module = this.kind === NAME ? this.dottedName() : undefined;
    if (module === undefined && level === 0) throw this.wrong();
    this.expect('import');
    const names: Alias[] = [];
    if (this.is('*')) {
      names.push({ start: this.start, end: this.ends[this.at], name: '*' });
      this.advance();
    } else if (this.take('(')) {
      do {
        if (this.is(')')) break;
        names.push(this.alias(false));
      } while (this.take(','));
      this.expect(')');
    } else {
      do names.push(this.alias(false)); while (this.take(','));
    }
    return { type: 'ImportFrom', start, end: this.end, module, level, names };
  }

  private alias(dotted: boolean): Alias {
    const { start } = this;
    const name = dotted ? this.dottedName() : this.name();
    const asName = this.take('as') ? this.name() : undefined;
    return { start, end: this.end, name, asName };
  }

  private dottedName(): string {
    let name = this.name();
    while (this.take('.')) name += `.${this.name()}`;
    return name;
  }

  private typeAlias(): Statement {
    const { start } = this;
    this.advance();
    const name = this.name();
    const typeParameters = this.typeParameters();
    this.expect('=');
    const value = this.expression();
    return { type: 'TypeAlias', start, end: this.end, name, typeParameters, value };
  }

  /** The names in `[T, *Ts, **P, U: int = str]`. */
  protected typeParameters(): string[] {
    const names: string[] = [];
    if (!this.take('[')) return names;
    while (!this.is(']')) {
      if (!this.take('*')) this.take('**');
      names.push(this.name());
      if (this.take(':')) this.expression();
      if (this.take('=')) this.expression();
      if (!this.take(',')) break;
    }
    this.expect(']');
    return names;
  }
}
