import type {
  BinaryOperator, BoolOp, CompareOperator, Comprehension, Expression, Keyword, Parameter, Parameters, UnaryOp,
} from '../source/syntax.ts';
import { described } from './describe-target.ts';
import { Fault } from './fault.ts';
import { decodeNumber } from './literals.ts';
import { strings } from './strings.ts';
import { TokenStream } from './token-stream.ts';
import { KEYWORD, NAME, NEWLINE, NUMBER, OPERATOR, STRING } from './tokens.ts';

/** How close the binary operators bind; `**` stands apart. */
const precedence: ReadonlyMap<string, number> = new Map([
  ['|', 1], ['^', 2], ['&', 3], ['<<', 4], ['>>', 4], ['+', 5], ['-', 5], ['*', 6], ['/', 6], ['//', 6], ['%', 6], ['@', 6],
]);
const comparisons = new Set(['<', '>', '==', '>=', '<=', '!=', '<>', 'in', 'is', 'not']);
/** A chain of operators is as deep as it is long. */
const LONGEST_CHAIN = 1000;

/** Parses expressions. Places are CPython's: parentheses belong to what stands around an expression. */
export class ExpressionParser extends TokenStream {
  /** `a := b`, or what has no name. */
  namedExpression(): Expression {
    if (this.kind === NAME && this.follows(':=')) {
      const { start } = this;
      const name = this.name();
      const target = { type: 'Name', start, end: this.end, name } as const;
      this.advance();
      const value = this.expression();
      return { type: 'NamedExpr', start, end: this.end, target, value };
    }
    return this.expression();
  }

  expression(): Expression {
    this.deeper();
    const { start } = this;
    if (this.is('lambda')) {
      const value = this.lambda();
      this.back();
      return value;
    }
    const body = this.disjunction();
    if (!this.take('if')) {
      this.back();
      return body;
    }
    const test = this.disjunction();
    if (!this.is('else')) throw new Fault(start, this.end, "expected 'else' after 'if' expression");
    this.advance();
    const orElse = this.expression();
    this.back();
    return { type: 'IfExp', start, end: this.end, test, body, orElse };
  }

  disjunction(): Expression {
    return this.boolean('or');
  }

  private boolean(operator: BoolOp['operator']): Expression {
    const { start } = this;
    const first = operator === 'or' ? this.boolean('and') : this.inversion();
    if (!this.is(operator)) return first;
    const values = [first];
    while (this.take(operator)) values.push(operator === 'or' ? this.boolean('and') : this.inversion());
    return { type: 'BoolOp', start, end: this.end, operator, values };
  }

  private inversion(): Expression {
    if (!this.is('not')) return this.comparison();
    const { start } = this;
    this.deeper();
    this.advance();
    const operand = this.inversion();
    this.back();
    return { type: 'UnaryOp', start, end: this.end, operator: 'not', operand };
  }

  private comparison(): Expression {
    const { start } = this;
    const left = this.bitwise(1);
    if (this.kind > OPERATOR || !comparisons.has(this.word)) return left;
    const operators: CompareOperator[] = [];
    const comparators: Expression[] = [];
    for (let operator = this.comparisonOperator(); operator !== undefined; operator = this.comparisonOperator()) {
      operators.push(operator);
      comparators.push(this.bitwise(1));
    }
    return operators.length === 0 ? left : { type: 'Compare', start, end: this.end, left, operators, comparators };
  }

  private comparisonOperator(): CompareOperator | undefined {
    if (this.kind !== OPERATOR && this.kind !== KEYWORD) return undefined;
    const text = this.word;
    if (!comparisons.has(text)) return undefined;
    if (text === 'not') {
      if (!this.follows('in')) return undefined;
      this.advance();
      this.advance();
      return 'not in';
    }
    if (text === '<>') throw this.wrong("invalid syntax: '<>' is '!=' in Python 3");
    this.advance();
    if (text === 'is' && this.take('not')) return 'is not';
    return text as CompareOperator;
  }

  /** Binary operators that bind at least as close as `least`. */
  bitwise(least = 1): Expression {
    const { start } = this;
    let left = this.factor();
    for (let length = 0; ; length++) {
      const operator = this.word;
      const level = this.kind === OPERATOR ? precedence.get(operator) : undefined;
      if (level === undefined || level < least) return left;
      if (length > LONGEST_CHAIN) throw this.wrong('the expression is too long');
      this.advance();
      const right = this.bitwise(level + 1);
      left = { type: 'BinOp', start, end: this.end, left, operator: operator as BinaryOperator, right };
    }
  }

  private factor(): Expression {
    const operator = this.word;
    if (this.kind === OPERATOR && (operator === '-' || operator === '+' || operator === '~')) {
      const { start } = this;
      this.deeper();
      this.advance();
      const operand = this.factor();
      this.back();
      return { type: 'UnaryOp', start, end: this.end, operator: operator as UnaryOp['operator'], operand };
    }
    const { start } = this;
    const base = this.awaited();
    if (!this.is('**')) return base;
    this.deeper();
    this.advance();
    const right = this.factor();
    this.back();
    return { type: 'BinOp', start, end: this.end, left: base, operator: '**', right };
  }

  private awaited(): Expression {
    if (!this.is('await')) return this.primary();
    const { start } = this;
    this.advance();
    const value = this.primary();
    return { type: 'Await', start, end: this.end, value };
  }

  private primary(): Expression {
    const { start } = this;
    let value = this.atom();
    for (let length = 0; this.kind === OPERATOR; length++) {
      if (length > LONGEST_CHAIN) throw this.wrong('the expression is too long');
      const opening = this.word;
      if (opening === '.') {
        this.advance();
        const nameStart = this.start;
        const name = this.name();
        value = { type: 'Attribute', start, end: this.end, value, name, nameSpan: { start: nameStart, end: this.end } };
      } else if (opening === '(') {
        const callee = value;
        value = this.recovering(this.at, start, () => this.call(callee, start));
      } else if (opening === '[') {
        const subscripted = value;
        value = this.recovering(this.at, start, () => this.subscript(subscripted, start));
      } else break;
    }
    return value;
  }

  private call(callee: Expression, start: number): Expression {
    const open = this.start;
    this.advance();
    const given = this.callArguments();
    this.expect(')');
    // a generator alone takes the call's parentheses for its own
    const [only] = given.arguments;
    if (given.bare && only) given.arguments[0] = { ...only, start: open, end: this.end };
    return { type: 'Call', start, end: this.end, function: callee, arguments: given.arguments, keywords: given.keywords };
  }

  /** Arguments up to the closing parenthesis, which is left. */
  callArguments(): { arguments: Expression[]; keywords: Keyword[]; bare: boolean } {
    const positional: Expression[] = [];
    const keywords: Keyword[] = [];
    let bare = false;
    while (!this.is(')')) {
      const { start } = this;
      if (this.take('**')) {
        const value = this.expression();
        keywords.push({ start, end: this.end, value });
      } else if (this.take('*')) {
        const value = this.expression();
        positional.push({ type: 'Starred', start, end: this.end, value });
      } else if (this.kind === NAME && this.follows('=')) {
        const name = this.name();
        this.advance();
        const value = this.expression();
        keywords.push({ start, end: this.end, name, value });
      } else {
        let value = this.namedExpression();
        if (this.is('for') || (this.is('async') && this.follows('for'))) {
          const generators = this.comprehensions();
          value = { type: 'GeneratorExp', start, end: this.end, element: value, generators };
          bare = positional.length === 0 && keywords.length === 0 && this.is(')');
          if (!bare && (!this.is(')') || positional.length + keywords.length > 0)) this.fault(value, 'Generator expression must be parenthesized');
        }
        if (keywords.length > 0) {
          const unpacked = keywords[keywords.length - 1].name === undefined;
          this.fault({ start, end: this.end }, `positional argument follows keyword argument${unpacked ? ' unpacking' : ''}`);
        }
        positional.push(value);
      }
      if (!this.take(',')) break;
    }
    return { arguments: positional, keywords, bare };
  }

  private subscript(value: Expression, start: number): Expression {
    this.advance();
    const from = this.start;
    const items: Expression[] = [];
    let comma = false;
    do {
      if (this.is(']') && items.length > 0) break;
      items.push(this.sliceItem());
      comma ||= this.is(',');
    } while (this.take(','));
    const { end } = this;
    this.expect(']');
    const single = !comma && items[0].type !== 'Starred';
    const index: Expression = single ? items[0] : { type: 'Tuple', start: from, end, elements: items };
    return { type: 'Subscript', start, end: this.end, value, index };
  }

  private sliceItem(): Expression {
    const { start } = this;
    if (this.is('*')) return this.starred();
    const lower = this.is(':') ? undefined : this.namedExpression();
    if (!this.take(':')) return lower as Expression;
    const stops = (): boolean => this.is(':') || this.is(',') || this.is(']');
    const upper = stops() ? undefined : this.expression();
    const step = this.take(':') && !stops() ? this.expression() : undefined;
    return { type: 'Slice', start, end: this.end, lower, upper, step };
  }

  private atom(): Expression {
    const { start, kind } = this;
    switch (kind) {
      case NAME: {
        const name = this.word;
        this.advance();
        return { type: 'Name', start, end: this.end, name };
      }
      case NUMBER: {
        this.advance();
        const value = decodeNumber(this.text.slice(start, this.end));
        if (value.kind === 'fault') throw new Fault(start, this.end, value.message);
        return { type: 'Constant', start, end: this.end, value };
      }
      case STRING: return strings(this);
      case KEYWORD: {
        const value = this.word === 'None' ? { kind: 'None' } as const : this.word === 'True' || this.word === 'False' ? { kind: 'bool', value: this.word === 'True' } as const : undefined;
        if (value === undefined) break;
        this.advance();
        return { type: 'Constant', start, end: this.end, value };
      }
      case OPERATOR: {
        const open = this.at;
        switch (this.word) {
          case '(': return this.recovering(open, start, () => this.parenthesised());
          case '[': return this.recovering(open, start, () => this.list());
          case '{': return this.recovering(open, start, () => this.braces());
          case '...':
            this.advance();
            return { type: 'Constant', start, end: this.end, value: { kind: 'Ellipsis' } };
        }
      }
    }
    throw this.wrong();
  }

  private parenthesised(): Expression {
    const { start } = this;
    this.deeper();
    this.advance();
    if (this.take(')')) {
      this.back();
      return { type: 'Tuple', start, end: this.end, elements: [] };
    }
    if (this.is('yield')) {
      const value = this.yielded();
      this.expect(')');
      this.back();
      return value;
    }
    const first = this.starredOrNamed();
    if (this.startsComprehension()) {
      const generators = this.comprehensions();
      this.expect(')');
      this.back();
      return { type: 'GeneratorExp', start, end: this.end, element: first, generators };
    }
    if (this.is(')')) {
      if (first.type === 'Starred') throw new Fault(first.start, first.end, 'cannot use starred expression here');
      this.advance();
      this.back();
      return first;
    }
    const elements = this.elements(first, ')');
    this.back();
    return { type: 'Tuple', start, end: this.end, elements };
  }

  private list(): Expression {
    const { start } = this;
    this.deeper();
    this.advance();
    if (this.take(']')) {
      this.back();
      return { type: 'List', start, end: this.end, elements: [] };
    }
    const first = this.starredOrNamed();
    if (this.startsComprehension()) {
      const generators = this.comprehensions();
      this.expect(']');
      this.back();
      return { type: 'ListComp', start, end: this.end, element: first, generators };
    }
    const elements = this.elements(first, ']');
    this.back();
    return { type: 'List', start, end: this.end, elements };
  }

  /** The rest of a display after its first element, its closing bracket included. */
  private elements(first: Expression, closer: string): Expression[] {
    const elements = [first];
    while (this.take(',')) {
      if (this.is(closer)) break;
      elements.push(this.starredOrNamed());
    }
    this.expect(closer);
    return elements;
  }

  private braces(): Expression {
    const { start } = this;
    this.deeper();
    this.advance();
    const value = this.is('}') || this.is('**') ? this.dictionary(start, undefined) : this.setOrDictionary(start);
    this.back();
    return value;
  }

  private setOrDictionary(start: number): Expression {
    const first = this.starredOrNamed();
    if (this.is(':')) return this.dictionary(start, first);
    if (this.startsComprehension()) {
      const generators = this.comprehensions();
      this.expect('}');
      return { type: 'SetComp', start, end: this.end, element: first, generators };
    }
    const elements = this.elements(first, '}');
    return { type: 'Set', start, end: this.end, elements };
  }

  private dictionary(start: number, first: Expression | undefined): Expression {
    const keys: (Expression | undefined)[] = [];
    const values: Expression[] = [];
    let key = first;
    while (key !== undefined || !this.is('}')) {
      if (key === undefined && this.take('**')) {
        keys.push(undefined);
        values.push(this.bitwise());
      } else {
        key ??= this.expression();
        this.expect(':');
        const value = this.expression();
        if (this.startsComprehension() && keys.length === 0) {
          const generators = this.comprehensions();
          this.expect('}');
          return { type: 'DictComp', start, end: this.end, key, value, generators };
        }
        keys.push(key);
        values.push(value);
      }
      key = undefined;
      if (!this.take(',')) break;
    }
    this.expect('}');
    return { type: 'Dict', start, end: this.end, keys, values };
  }

  private startsComprehension(): boolean {
    return this.is('for') || (this.is('async') && this.follows('for'));
  }

  private comprehensions(): Comprehension[] {
    const result: Comprehension[] = [];
    while (this.startsComprehension()) {
      const isAsync = this.take('async');
      this.advance();
      const target = this.targets();
      this.expect('in');
      const iterable = this.disjunction();
      const conditions: Expression[] = [];
      while (this.take('if')) conditions.push(this.disjunction());
      result.push({ target, iterable, conditions, isAsync });
    }
    return result;
  }

  /** The targets of `for`: what stands before `in`. */
  targets(): Expression {
    const { start } = this;
    const first = this.is('*') ? this.starred() : this.bitwise();
    if (!this.is(',')) {
      this.assignable(first);
      return first;
    }
    const elements = [first];
    while (this.take(',')) {
      if (this.is('in') || this.is('=')) break;
      elements.push(this.is('*') ? this.starred() : this.bitwise());
    }
    const target: Expression = { type: 'Tuple', start, end: this.end, elements };
    this.assignable(target);
    return target;
  }

  /** @throws Fault where the expression cannot be assigned to */
  assignable(target: Expression, what = 'assign to'): void {
    switch (target.type) {
      case 'Name': case 'Attribute': case 'Subscript': case 'BrokenExpression': return;
      case 'Tuple': case 'List':
        for (const element of target.elements) this.assignable(element, what);
        return;
      case 'Starred':
        this.assignable(target.value, what);
        return;
    }
    throw new Fault(target.start, target.end, `cannot ${what} ${described(target)}`);
  }

  starred(): Expression {
    const { start } = this;
    this.expect('*');
    const value = this.bitwise();
    return { type: 'Starred', start, end: this.end, value };
  }

  private starredOrNamed(): Expression {
    return this.is('*') ? this.starred() : this.namedExpression();
  }

  /** Expressions with commas between them, outside of brackets: one alone, or a tuple. */
  expressions(): Expression {
    const { start } = this;
    const first = this.is('*') ? this.starred() : this.expression();
    if (!this.is(',')) return first;
    const elements = [first];
    while (this.take(',')) {
      if (!this.startsExpression()) break;
      elements.push(this.is('*') ? this.starred() : this.expression());
    }
    return { type: 'Tuple', start, end: this.end, elements };
  }

  /** What an f-string's field holds. */
  expressionsOrNamed(): Expression {
    return this.kind === NAME && this.follows(':=') ? this.namedExpression() : this.expressions();
  }

  private startsExpression(): boolean {
    switch (this.kind) {
      case NAME: case NUMBER: case STRING: return true;
      case KEYWORD: return ['None', 'True', 'False', 'not', 'lambda', 'await'].includes(this.word);
      case OPERATOR: return ['(', '[', '{', '-', '+', '~', '*', '...'].includes(this.word);
      default: return false;
    }
  }

  yielded(): Expression {
    const { start } = this;
    this.expect('yield');
    const around = this.functions[this.functions.length - 1];
    if (around) around.isGenerator = true;
    else this.fault({ start, end: this.end }, "'yield' outside function");
    if (this.take('from')) {
      const value = this.expression();
      return { type: 'YieldFrom', start, end: this.end, value };
    }
    const value = this.startsExpression() ? this.expressions() : undefined;
    return { type: 'Yield', start, end: this.end, value };
  }

  private lambda(): Expression {
    const { start } = this;
    this.advance();
    const parameters = this.parameters(':', false);
    this.expect(':');
    this.functions.push({ isGenerator: false });
    const body = this.expression();
    this.functions.pop();
    return { type: 'Lambda', start, end: this.end, parameters, body };
  }

  /** Parameters up to `closer`, which is left. */
  parameters(closer: string, annotated: boolean): Parameters {
    let positionalOnly: Parameter[] = [];
    let positional: Parameter[] = [];
    const keywordOnly: Parameter[] = [];
    let variadic: Parameter | undefined;
    let keywords: Parameter | undefined;
    let star = false;
    const seen = new Set<string>();
    const add = (parameter: Parameter): Parameter => {
      if (seen.has(parameter.name)) this.fault(parameter, `duplicate argument '${parameter.name}' in function definition`);
      seen.add(parameter.name);
      return parameter;
    };
    while (!this.is(closer)) {
      if (keywords) throw this.wrong('arguments cannot follow var-keyword argument');
      if (this.take('/')) {
        if (positionalOnly.length > 0 || star) throw this.wrong('/ must be ahead of *');
        positionalOnly = positional;
        positional = [];
      } else if (this.take('**')) keywords = add(this.parameter(annotated, false));
      else if (this.take('*')) {
        if (star) throw this.wrong('* argument may appear only once');
        star = true;
        if (!this.is(',')) variadic = add(this.parameter(annotated, true));
      } else {
        const parameter = add(this.parameter(annotated, false));
        if (star) keywordOnly.push(parameter);
        else {
          const before = positional[positional.length - 1] ?? positionalOnly[positionalOnly.length - 1];
          if (before?.default && !parameter.default) this.fault(parameter, 'parameter without a default follows parameter with a default');
          positional.push(parameter);
        }
      }
      if (!this.take(',')) break;
    }
    return { positionalOnly, positional, variadic, keywordOnly, keywords };
  }

  private parameter(annotated: boolean, unpacked: boolean): Parameter {
    const { start } = this;
    if (this.is('(')) throw this.wrong('Function parameters cannot be parenthesized');
    const name = this.name();
    const annotation = annotated && this.take(':') ? (unpacked && this.is('*') ? this.starred() : this.expression()) : undefined;
    const { end } = this;
    const value = this.take('=') ? this.expression() : undefined;
    return { start, end, name, annotation, default: value };
  }

  /** Whether the line ends here. */
  atLineEnd(): boolean {
    return this.kind === NEWLINE || this.is(';');
  }
}
