import type { BrokenExpression, ExceptHandler, Expression, Keyword, MatchCase, Span, Statement, SyntaxFault, WithItem } from '../source/syntax.ts';
import { Fault } from './fault.ts';
import { SimpleStatementParser } from './simple-statements.ts';
import { DEDENT, END, INDENT, KEYWORD, NAME, NEWLINE, OPERATOR, type Tokens } from './tokens.ts';

/** Parses statements. With `tolerant`, one that fails becomes `Broken` and its neighbours stay. */
export class StatementParser extends SimpleStatementParser {
  /** Offsets of what the repair pass changed: what stands on their lines is not what was meant. */
  private readonly repaired: readonly number[];

  constructor(text: string, tokens: Tokens, tolerant = false, repaired: readonly number[] = [], faults: SyntaxFault[] = []) {
    super(text, tokens, tolerant, faults);
    this.repaired = repaired;
  }

  module(): Statement[] {
    const body: Statement[] = [];
    while (this.kind !== END) this.statement(body);
    return body;
  }

  /** Parses a statement, or the simple statements of a line, into `body`. */
  private statement(body: Statement[]): void {
    if (!this.tolerant) {
      this.anyStatement(body);
      return;
    }
    const { at, start } = this;
    const count = body.length;
    const { length: functions } = this.functions;
    try {
      this.anyStatement(body);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.fault(error, error.message);
      this.functions.length = functions;
      body.length = count;
      this.skip(at);
      body.push(this.brokenLine(at, start, error.message));
    }
  }

  private anyStatement(body: Statement[]): void {
    if (this.kind === INDENT || this.kind === DEDENT) {
      // a DEDENT that closes nothing here belongs to an unexpected INDENT that was passed over
      const unexpected = this.kind === INDENT;
      if (unexpected && !this.tolerant) throw this.wrong('unexpected indent');
      if (unexpected) this.fault({ start: this.start, end: this.start + 1 }, 'unexpected indent');
      this.at++;
      return;
    }
    const compound = this.compound();
    if (compound) body.push(compound);
    else this.simpleStatements(body);
  }

  /** Goes behind the line that token `from` stands on, and behind the block that it begins. */
  private skip(from: number): void {
    this.at = from;
    while (this.kind !== NEWLINE && this.kind !== END) this.at++;
    this.end = this.ends[Math.max(from, this.at - 1)];
    if (this.kind === NEWLINE) this.at++;
    if (this.kinds[this.at] !== INDENT) return;
    let depth = 0;
    do {
      const kind = this.kinds[this.at];
      if (kind === INDENT) depth++;
      else if (kind === DEDENT) depth--;
      else if (kind < NEWLINE) this.end = this.ends[this.at];
      this.at++;
    } while (depth > 0 && this.kinds[this.at] !== END);
  }

  /** What is left of a line that failed: an assignment keeps its targets. */
  private brokenLine(from: number, start: number, message: string): Statement {
    const { at, end } = this;
    const { length } = this.faults;
    let targets: Expression[] = [];
    let value = end;
    this.at = from;
    try {
      for (;;) {
        const target = this.expressions();
        if (!this.is('=')) break;
        this.assignable(target);
        this.advance();
        targets.push(target);
        value = this.kind === NEWLINE ? this.end : this.start;
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    if (value > end) targets = [];
    this.faults.length = length;
    this.at = at;
    this.end = end;
    if (targets.length === 0) return { type: 'Broken', start, end, message };
    return { type: 'Assign', start, end, targets, value: { type: 'BrokenExpression', start: Math.min(value, end), end, message } };
  }

  private simpleStatements(body: Statement[]): void {
    do {
      if (this.kind === NEWLINE) break;
      const { at, start } = this;
      const statement = this.simpleStatement();
      body.push(this.isRepaired(start, this.lineEnd()) ? this.brokenRest(at, start) : statement);
    } while (this.take(';'));
    if (this.kind !== NEWLINE) throw this.wrong();
    this.at++;
  }

  private lineEnd(): number {
    let i = this.at;
    while (this.kinds[i] !== NEWLINE && this.kinds[i] !== END) i++;
    // what was blanked stands behind the last token
    const newline = this.text.indexOf('\n', this.starts[i]);
    return newline < 0 ? this.text.length : newline;
  }

  private brokenRest(at: number, start: number): Statement {
    const after = this.at;
    const { end } = this;
    const result = this.brokenLine(at, start, 'invalid syntax');
    this.at = after;
    this.end = end;
    return result;
  }

  private isRepaired(start: number, end: number): boolean {
    return this.repaired.length > 0 && this.repaired.some((offset) => offset >= start && offset <= end);
  }

  private compound(): Statement | undefined {
    if (this.kind === KEYWORD) {
      switch (this.word) {
        case 'if': return this.ifStatement();
        case 'for': return this.forStatement(this.start, false);
        case 'while': return this.whileStatement();
        case 'try': return this.tryStatement();
        case 'with': return this.withStatement(this.start, false);
        case 'def': return this.functionDefinition(this.start, false, []);
        case 'class': return this.classDefinition([]);
        case 'async': return this.asynchronous([]);
      }
    } else if (this.is('@')) return this.decorated();
    else if (this.kind === NAME && this.word === 'match' && this.beginsMatch()) return this.matchStatement();
    return undefined;
  }

  private asynchronous(decorators: readonly Expression[]): Statement {
    const { start } = this;
    this.advance();
    if (this.is('def')) return this.functionDefinition(start, true, decorators);
    if (this.is('for')) return this.forStatement(start, true);
    if (this.is('with')) return this.withStatement(start, true);
    throw this.wrong();
  }

  private decorated(): Statement {
    const decorators: Expression[] = [];
    while (this.take('@')) {
      decorators.push(this.namedExpression());
      if (this.kind !== NEWLINE) throw this.wrong();
      this.at++;
    }
    if (this.is('class')) return this.classDefinition(decorators);
    if (this.is('def')) return this.functionDefinition(this.start, false, decorators);
    if (this.is('async')) return this.asynchronous(decorators);
    throw this.wrong();
  }

  /** The suite of a compound statement: `what` names it in the message where it is missing. */
  private block(what: string, line: number): Statement[] {
    if (!this.take(':')) throw this.wrong("expected ':'");
    const body: Statement[] = [];
    if (this.kind !== NEWLINE) {
      this.suiteLine(body);
      return body;
    }
    this.at++;
    if (this.kinds[this.at] !== INDENT) {
      const fault = new Fault(Math.max(0, this.end - 1), this.end, `expected an indented block after ${what} on line ${this.lineOf(line)}`);
      if (!this.tolerant) throw fault;
      this.fault(fault, fault.message);
      body.push({ type: 'Broken', start: this.end, end: this.end, message: 'expected an indented block' });
      return body;
    }
    this.deeper();
    this.at++;
    while (this.kinds[this.at] !== DEDENT && this.kinds[this.at] !== END) this.statement(body);
    if (this.kinds[this.at] === DEDENT) this.at++;
    this.back();
    return body;
  }

  private suiteLine(body: Statement[]): void {
    if (!this.tolerant) {
      this.simpleStatements(body);
      return;
    }
    const { at, start } = this;
    try {
      this.simpleStatements(body);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.fault(error, error.message);
      this.skip(at);
      body.length = 0;
      body.push(this.brokenLine(at, start, error.message));
    }
  }

  private lineOf(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < offset; at = this.text.indexOf('\n', at + 1)) line++;
    return line;
  }

  /** The expression of a header; broken where it fails, so that the body stays. */
  private header(parse: () => Expression): Expression {
    const { at, start } = this;
    if (!this.tolerant) return parse();
    try {
      const value = parse();
      if (!this.is(':')) throw this.wrong();
      if (!this.isRepaired(start, this.end + 1)) return value;
      return { type: 'BrokenExpression', start, end: Math.max(start, this.end), message: 'invalid syntax' };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const colon = this.colon(at);
      if (colon === undefined) throw error;
      this.fault(error, error.message);
      this.at = colon;
      this.end = colon > at ? this.ends[colon - 1] : start;
      return { type: 'BrokenExpression', start, end: Math.max(start, this.end), message: error.message } satisfies BrokenExpression;
    }
  }

  /** The colon that ends the header that token `from` stands in: the last of its line outside of brackets. */
  private colon(from: number): number | undefined {
    let depth = 0;
    let found: number | undefined;
    for (let i = from; this.kinds[i] !== NEWLINE && this.kinds[i] !== END; i++) {
      if (this.kinds[i] !== OPERATOR) continue;
      const text = this.texts[i];
      if (text === '(' || text === '[' || text === '{') depth++;
      else if (text === ')' || text === ']' || text === '}') depth--;
      else if (text === ':' && depth === 0) found = i;
    }
    return found;
  }

  private elseBlock(): Statement[] {
    const { start } = this;
    return this.take('else') ? this.block("'else' statement", start) : [];
  }

  private ifStatement(): Statement {
    const { start, word } = this;
    this.deeper();
    this.advance();
    const test = this.header(() => this.namedExpression());
    const body = this.block(`'${word}' statement`, start);
    const orElse = this.is('elif') ? [this.ifStatement()] : this.elseBlock();
    this.back();
    return { type: 'If', start, end: this.end, test, body, orElse };
  }

  private whileStatement(): Statement {
    const { start } = this;
    this.advance();
    const test = this.header(() => this.namedExpression());
    const body = this.block("'while' statement", start);
    return { type: 'While', start, test, body, orElse: this.elseBlock(), end: this.end };
  }

  private forStatement(start: number, isAsync: boolean): Statement {
    this.advance();
    let iterable: Expression | undefined;
    const target = this.header(() => {
      const targets = this.targets();
      this.expect('in');
      iterable = this.header(() => this.expressions());
      return targets;
    });
    iterable ??= { type: 'BrokenExpression', start: target.end, end: target.end, message: 'invalid syntax' };
    const body = this.block("'for' statement", start);
    const orElse = this.elseBlock();
    return { type: 'For', start, end: this.end, isAsync, target, iterable, body, orElse };
  }

  private tryStatement(): Statement {
    const { start } = this;
    this.advance();
    const body = this.block("'try' statement", start);
    const handlers: ExceptHandler[] = [];
    let isStar = false;
    while (this.is('except')) {
      const handler = this.handler();
      isStar ||= handler.isStar;
      handlers.push(handler.handler);
    }
    const orElse = handlers.length > 0 ? this.elseBlock() : [];
    const { start: last } = this;
    const finallyBody = this.take('finally') ? this.block("'finally' statement", last) : [];
    if (handlers.length === 0 && finallyBody.length === 0) {
      const fault = new Fault(start, start + 3, "expected 'except' or 'finally' block");
      if (!this.tolerant) throw fault;
      this.fault(fault, fault.message);
    }
    return { type: 'Try', start, end: this.end, body, handlers, orElse, finallyBody, isStar };
  }

  private handler(): { handler: ExceptHandler; isStar: boolean } {
    const { start } = this;
    this.advance();
    const isStar = this.take('*');
    let exception: Expression | undefined;
    let name: string | undefined;
    if (!this.is(':')) {
      exception = this.header(() => {
        const { start: from } = this;
        const first = this.expression();
        if (this.take('as')) name = this.name();
        else if (this.is(',')) {
          const elements = [first];
          while (this.take(',')) elements.push(this.expression());
          return { type: 'Tuple', start: from, end: this.end, elements };
        }
        return first;
      });
    }
    const body = this.block("'except' statement", start);
    return { handler: { start, end: this.end, exception, name, body }, isStar };
  }

  private withStatement(start: number, isAsync: boolean): Statement {
    this.advance();
    let items: WithItem[] = [];
    const broken = this.header(() => {
      items = this.parenthesisedItems() ?? this.withItems();
      return items[0].context;
    });
    if (broken.type === 'BrokenExpression' && items[0]?.context !== broken) items = [{ context: broken }];
    const body = this.block("'with' statement", start);
    return { type: 'With', start, end: this.end, isAsync, items, body };
  }

  /** `(a as b, c):`; undefined where the parentheses are an expression's. */
  private parenthesisedItems(): WithItem[] | undefined {
    if (!this.is('(')) return undefined;
    const { at, end } = this;
    const { length } = this.faults;
    try {
      this.advance();
      const items: WithItem[] = [];
      do {
        if (this.is(')')) break;
        items.push(this.withItem());
      } while (this.take(','));
      if (items.length > 0 && this.take(')') && this.is(':')) return items;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    this.at = at;
    this.end = end;
    this.faults.length = length;
    return undefined;
  }

  private withItems(): WithItem[] {
    const items = [this.withItem()];
    while (this.take(',')) items.push(this.withItem());
    return items;
  }

  private withItem(): WithItem {
    const context = this.expression();
    if (!this.take('as')) return { context };
    const target = this.bitwise();
    this.assignable(target);
    return { context, target };
  }

  /** Whether `match` begins a statement: its line ends with a colon, and a `case` follows. */
  private beginsMatch(): boolean {
    const colon = this.colon(this.at);
    return colon !== undefined && colon > this.at + 1 && this.kinds[colon + 1] === NEWLINE && this.kinds[colon + 2] === INDENT
      && this.kinds[colon + 3] === NAME && this.texts[colon + 3] === 'case';
  }

  private matchStatement(): Statement {
    const { start } = this;
    this.advance();
    const subject = this.header(() => this.subject());
    this.expect(':');
    this.at += 2;
    const cases: MatchCase[] = [];
    while (this.kind === NAME && this.word === 'case') cases.push(this.matchCase());
    if (this.kind !== DEDENT) throw this.wrong();
    this.at++;
    return { type: 'Match', start, end: this.end, subject, cases };
  }

  private subject(): Expression {
    const { start } = this;
    const first = this.is('*') ? this.starred() : this.namedExpression();
    if (!this.is(',')) return first;
    const elements = [first];
    while (this.take(',') && !this.is(':')) elements.push(this.is('*') ? this.starred() : this.namedExpression());
    return { type: 'Tuple', start, end: this.end, elements };
  }

  private matchCase(): MatchCase {
    const { start } = this;
    this.advance();
    const pattern = this.casePattern();
    const guard = this.take('if') ? this.namedExpression() : undefined;
    const body = this.block("'case' statement", start);
    return { start, end: this.end, pattern, guard, body };
  }

  private functionDefinition(start: number, isAsync: boolean, decorators: readonly Expression[]): Statement {
    this.advance();
    const nameStart = this.start;
    const name = this.name();
    const nameSpan: Span = { start: nameStart, end: this.end };
    const typeParameters = this.typeParameters();
    this.expect('(');
    const parameters = this.parameters(')', true);
    this.expect(')');
    const returns = this.take('->') ? this.header(() => this.expressions()) : undefined;
    const scope = { isGenerator: false };
    this.functions.push(scope);
    const body = this.block('function definition', start);
    this.functions.pop();
    return { type: 'FunctionDef', start, end: this.end, isAsync, name, parameters, body, decorators, returns, isGenerator: scope.isGenerator, nameSpan, typeParameters };
  }

  private classDefinition(decorators: readonly Expression[]): Statement {
    const { start } = this;
    this.advance();
    const nameStart = this.start;
    const name = this.name();
    const nameSpan: Span = { start: nameStart, end: this.end };
    const typeParameters = this.typeParameters();
    let bases: Expression[] = [];
    let keywords: Keyword[] = [];
    const header = this.header(() => {
      if (this.take('(')) {
        ({ arguments: bases, keywords } = this.callArguments());
        this.expect(')');
      }
      return { type: 'Name', start: nameStart, end: this.end, name };
    });
    if (header.type === 'BrokenExpression') {
      bases = [header];
      keywords = [];
    }
    const body = this.block('class definition', start);
    return { type: 'ClassDef', start, end: this.end, name, bases, keywords, body, decorators, nameSpan, typeParameters };
  }
}
