import type {
  Alias, Assign, BinaryOperator, BrokenStatement, ExceptHandler, Expression, If, MatchCase, Span, Statement, WithItem,
} from '../syntax.ts';
import { broken, fault, identifier, isDamaged, textOf } from './context.ts';
import type { Context } from './context.ts';
import { callArguments, expression, parameters, spanOf } from './expressions.ts';
import { casePattern } from './patterns.ts';
import type { RawNode } from './tree.ts';

const compound = new Set([
  'if_statement', 'for_statement', 'while_statement', 'try_statement', 'with_statement', 'function_definition', 'class_definition', 'decorated_definition',
  'match_statement',
]);

/** Converts the statements of a module or a block. What does not parse becomes `Broken`; what stands around it stays. */
export function statements(context: Context, nodes: readonly RawNode[], into: Statement[] = []): Statement[] {
  for (const node of nodes) {
    if (node.kind === 'ERROR') salvage(context, node, nodes, into);
    else if (node.named && !node.missing) add(context, into, statement(context, node));
  }
  return into;
}

/** What is broken on one line is one broken statement. */
function add(context: Context, into: Statement[], next: Statement): void {
  const last = into[into.length - 1];
  const goesOn = next.type === 'Broken' && (last?.type === 'Broken' || last?.type === 'Assign') && !context.text.slice(last.end, next.start).includes('\n');
  if (!goesOn) into.push(next);
  else if (last.type === 'Broken') into[into.length - 1] = { ...last, end: Math.max(last.end, next.end) };
  else into[into.length - 1] = { ...last, end: Math.max(last.end, next.end), value: broken({ start: last.value.start, end: Math.max(last.end, next.end) }) };
}

/** Where the parser gave up on a stretch of text, whole statements inside it are kept if they stand in the block's own column. */
function salvage(context: Context, error: RawNode, siblings: readonly RawNode[], into: Statement[]): void {
  const sibling = siblings.find((node) => node.named && node.kind !== 'ERROR');
  const column = sibling ? columnOf(context, sibling) : columnOf(context, error);
  add(context, into, brokenStatement(error));
  for (const child of error.children) {
    if (compound.has(child.kind) && columnOf(context, child) === column) into.push(statement(context, child));
  }
}

/** The column of a node that begins its line; undefined for others. */
function columnOf(context: Context, node: RawNode): number | undefined {
  const lineStart = context.text.lastIndexOf('\n', node.start - 1) + 1;
  return context.text.slice(lineStart, node.start).trim() === '' ? node.start - lineStart : undefined;
}

function brokenStatement(span: Span, message = 'invalid syntax'): BrokenStatement {
  return { type: 'Broken', start: span.start, end: span.end, message };
}

/** Whether the repair pass took something from the statement's line, so that what is left is not what was meant. */
function isRepaired(context: Context, node: RawNode): boolean {
  if (context.repaired.length === 0) return false;
  const newline = context.text.indexOf('\n', node.end);
  const end = newline < 0 ? context.text.length : newline;
  return context.repaired.some((offset) => offset >= node.start && offset < end);
}

function statement(context: Context, node: RawNode): Statement {
  if (compound.has(node.kind)) return compoundStatement(context, node);
  const { start, end, children } = node;
  if (node.kind === 'expression_statement') return expressionStatement(context, node);
  if (isDamaged(context, node) || isRepaired(context, node)) return brokenStatement(node);
  switch (node.kind) {
    case 'return_statement':
      if (context.functions.length === 0) fault(context, node, "'return' outside function");
      return { type: 'Return', start, end, value: children[1] && expression(context, children[1]) };
    case 'pass_statement': return { type: 'Pass', start, end };
    case 'break_statement': return { type: 'Break', start, end };
    case 'continue_statement': return { type: 'Continue', start, end };
    case 'delete_statement': {
      const [, target] = children;
      const targets = target.kind === 'expression_list' ? target.children.filter((child) => child.named) : [target];
      return { type: 'Delete', start, end, targets: targets.map((each) => expression(context, each)) };
    }
    case 'raise_statement': {
      const from = children.findIndex((child) => child.kind === 'from');
      const exception = from === 1 ? undefined : children[1];
      return { type: 'Raise', start, end, exception: exception && expression(context, exception), cause: from < 0 ? undefined : expression(context, children[from + 1]) };
    }
    case 'assert_statement': return { type: 'Assert', start, end, test: expression(context, children[1]), message: children[3] && expression(context, children[3]) };
    case 'import_statement': return { type: 'Import', start, end, names: aliases(context, children.slice(1)) };
    case 'future_import_statement': return { type: 'ImportFrom', start, end, module: '__future__', level: 0, names: aliases(context, children.slice(3)) };
    case 'import_from_statement': return importFrom(context, node);
    case 'global_statement': return { type: 'Global', start, end, names: identifiers(context, children) };
    case 'nonlocal_statement': return { type: 'Nonlocal', start, end, names: identifiers(context, children) };
    case 'type_alias_statement': return typeAlias(context, node);
    case 'print_statement':
      fault(context, node, "Missing parentheses in call to 'print'. Did you mean print(...)?");
      return brokenStatement(node, "Missing parentheses in call to 'print'. Did you mean print(...)?");
    case 'exec_statement':
      fault(context, node, "Missing parentheses in call to 'exec'. Did you mean exec(...)?");
      return brokenStatement(node, "Missing parentheses in call to 'exec'. Did you mean exec(...)?");
    default: return brokenStatement(node);
  }
}

function expressionStatement(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const [first] = children;
  if (first?.kind === 'assignment') return assignment(context, first);
  if (isDamaged(context, node) || isRepaired(context, node)) return brokenStatement(node);
  if (first.kind === 'augmented_assignment') {
    if (isDamaged(context, first)) return brokenStatement(first);
    const operator = first.children[1].kind.slice(0, -1) as BinaryOperator;
    return { type: 'AugAssign', start, end, target: expression(context, first.children[0]), operator, value: expression(context, first.children[2]) };
  }
  if (children.length === 1) return { type: 'Expr', start, end, value: expression(context, first) };
  const elements = children.filter((child) => child.named).map((child) => expression(context, child));
  return { type: 'Expr', start, end, value: { type: 'Tuple', start, end, elements } };
}

function assignment(context: Context, node: RawNode): Statement {
  const { start, end } = node;
  const repaired = isRepaired(context, node);
  const targets: Expression[] = [];
  let current = node;
  for (;;) {
    const [left, separator] = current.children;
    if (left.kind === 'ERROR' || !separator) return brokenStatement(node);
    const target = expression(context, left);
    if (separator.kind === ':') return annotated(context, current, target, repaired || targets.length > 0);
    targets.push(target);
    const right = current.children[2];
    if (repaired || !right || isDamaged(context, current)) {
      const from = right?.start ?? separator.end;
      return { type: 'Assign', start, end, targets, value: broken({ start: from, end: Math.max(from, end) }) };
    }
    if (right.kind === 'assignment') current = right;
    else if (right.kind === 'augmented_assignment') {
      fault(context, right, 'invalid syntax');
      return brokenStatement(node);
    } else {
      const result: Assign = { type: 'Assign', start, end, targets, value: expression(context, right) };
      return result;
    }
  }
}

function annotated(context: Context, node: RawNode, target: Expression, isBroken: boolean): Statement {
  const { start, end, children } = node;
  if (isBroken || isDamaged(context, node)) return { type: 'AnnAssign', start, end, target, annotation: broken(node), value: broken(node) };
  return { type: 'AnnAssign', start, end, target, annotation: expression(context, children[2]), value: children[4] && expression(context, children[4]) };
}

function identifiers(context: Context, nodes: readonly RawNode[]): string[] {
  return nodes.filter((child) => child.kind === 'identifier').map((child) => identifier(context, child));
}

function dotted(context: Context, node: RawNode): string {
  return identifiers(context, node.children).join('.');
}

function aliases(context: Context, nodes: readonly RawNode[]): Alias[] {
  const result: Alias[] = [];
  for (const node of nodes) {
    const { start, end } = node;
    if (node.kind === 'dotted_name') result.push({ start, end, name: dotted(context, node) });
    else if (node.kind === 'aliased_import') result.push({ start, end, name: dotted(context, node.children[0]), asName: identifier(context, node.children[2]) });
    else if (node.kind === 'wildcard_import') result.push({ start, end, name: '*' });
  }
  return result;
}

function importFrom(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const [, source] = children;
  const names = aliases(context, children.slice(3));
  if (source.kind === 'dotted_name') return { type: 'ImportFrom', start, end, module: dotted(context, source), level: 0, names };
  const [prefix, rest] = source.children;
  const level = textOf(context, prefix).replace(/[^.]/g, '').length;
  return { type: 'ImportFrom', start, end, module: rest && dotted(context, rest), level, names };
}

function typeAlias(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const left = children[1].children[0];
  const generic = left.kind === 'generic_type';
  const named = generic ? left.children[0] : left;
  if (named.kind !== 'identifier') {
    fault(context, node, 'invalid syntax');
    return brokenStatement(node);
  }
  return {
    type: 'TypeAlias', start, end, name: identifier(context, named), typeParameters: generic ? typeParameters(context, left.children[1]) : [], value: expression(context, children[3]),
  };
}

/** The names in `[T, *Ts, **P, U: int]`. */
function typeParameters(context: Context, node: RawNode | undefined): string[] {
  const names: string[] = [];
  for (const child of node?.children ?? []) {
    let at: RawNode | undefined = child;
    while (at && at.kind !== 'identifier') at = at.children.find((inner) => inner.named);
    if (at) names.push(identifier(context, at));
  }
  return names;
}

function compoundStatement(context: Context, node: RawNode): Statement {
  switch (node.kind) {
    case 'if_statement': return ifStatement(context, node);
    case 'for_statement': return forStatement(context, node);
    case 'while_statement': {
      const { start, end } = node;
      return { type: 'While', start, end, test: header(context, node, 'while'), body: block(context, node, "'while' statement"), orElse: elseBlock(context, node) };
    }
    case 'try_statement': return tryStatement(context, node);
    case 'with_statement': return withStatement(context, node);
    case 'match_statement': return matchStatement(context, node);
    case 'class_definition': return classDefinition(context, node, []);
    case 'function_definition': return functionDefinition(context, node, []);
    default: return decorated(context, node);
  }
}

/** The expression after a keyword; broken where there is none. */
function header(context: Context, node: RawNode, keyword: string): Expression {
  const at = node.children.findIndex((child) => child.kind === keyword && !child.named);
  const next = node.children[at + 1];
  if (!next || !next.named || next.missing || next.kind === 'block' || isRepairedHeader(context, node, next)) return broken(next ?? node);
  return expression(context, next);
}

/** Whether the repair pass changed the line on which the header's expression ends. */
function isRepairedHeader(context: Context, node: RawNode, part: RawNode): boolean {
  return context.repaired.some((offset) => offset >= node.start && offset <= part.end);
}

/** The body of a compound statement. Where the parser lost its place before the body, the body is broken. */
function block(context: Context, node: RawNode, what: string): Statement[] {
  const { children } = node;
  const at = children.findIndex((child) => child.kind === 'block');
  const body = children[at];
  const last = children[children.length - 1];
  const lost = children[at - 1];
  if (at < 0 || lost?.kind === 'ERROR') {
    const span = lost ?? last ?? node;
    const result: Statement[] = [brokenStatement(span)];
    for (const child of children) {
      if (child.kind === 'ERROR') for (const inner of child.children) if (compound.has(inner.kind)) result.push(statement(context, inner));
    }
    return result;
  }
  const inside = statements(context, body.children);
  if (inside.length > 0) return inside;
  const line = lineOf(context, node.start);
  fault(context, { start: Math.max(node.start, body.start - 1), end: body.start }, `expected an indented block after ${what} on line ${line}`);
  return [brokenStatement({ start: body.start, end: body.start }, 'expected an indented block')];
}

function lineOf(context: Context, offset: number): number {
  let line = 1;
  for (let at = context.text.indexOf('\n'); at >= 0 && at < offset; at = context.text.indexOf('\n', at + 1)) line++;
  return line;
}

function elseBlock(context: Context, node: RawNode): Statement[] {
  const clause = node.children.find((child) => child.kind === 'else_clause');
  return clause ? block(context, clause, "'else' statement") : [];
}

function ifStatement(context: Context, node: RawNode): Statement {
  const clauses = node.children.filter((child) => child.kind === 'elif_clause');
  const build = (from: number): If => {
    const clause = from < 0 ? node : clauses[from];
    const test = header(context, clause, from < 0 ? 'if' : 'elif');
    const body = block(context, clause, from < 0 ? "'if' statement" : "'elif' statement");
    const orElse = from + 1 < clauses.length ? [build(from + 1)] : elseBlock(context, node);
    return { type: 'If', start: clause.start, end: node.end, test, body, orElse };
  };
  return build(-1);
}

function forStatement(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const target = header(context, node, 'for');
  const iterable = header(context, node, 'in');
  return {
    type: 'For', start, end, isAsync: children[0].kind === 'async', target, iterable, body: block(context, node, "'for' statement"), orElse: elseBlock(context, node),
  };
}

function tryStatement(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const body = block(context, node, "'try' statement");
  const clauses = children.filter((child) => child.kind === 'except_clause');
  const handlers = clauses.map((clause) => exceptHandler(context, clause));
  const last = children.find((child) => child.kind === 'finally_clause');
  if (handlers.length === 0 && !last) fault(context, { start, end: start + 3 }, "expected 'except' or 'finally' block");
  return {
    type: 'Try', start, end, body, handlers, orElse: elseBlock(context, node), finallyBody: last ? block(context, last, "'finally' statement") : [],
    isStar: clauses.some((clause) => clause.children.some((child) => child.kind === '*')),
  };
}

function exceptHandler(context: Context, node: RawNode): ExceptHandler {
  const { start, end, children } = node;
  const colon = children.findIndex((child) => child.kind === ':');
  const head = children.slice(1, colon < 0 ? undefined : colon).filter((child) => child.kind !== '*' && child.kind !== 'block');
  const body = block(context, node, "'except' statement");
  const first = head[0];
  if (!first) return { start, end, body };
  if (first.kind === 'as_pattern') {
    return { start, end, exception: expression(context, first.children[0]), name: boundName(context, first.children[2]), body };
  }
  const as = head.findIndex((child) => child.kind === 'as');
  if (as > 0) return { start, end, exception: expression(context, first), name: boundName(context, head[as + 1]), body };
  if (head.length === 1) return { start, end, exception: expression(context, first), body };
  const elements = head.filter((child) => child.named).map((child) => expression(context, child));
  return { start, end, exception: { type: 'Tuple', start: first.start, end: head[head.length - 1].end, elements }, body };
}

function boundName(context: Context, node: RawNode | undefined): string | undefined {
  const inner = node?.kind === 'as_pattern_target' ? node.children[0] : node;
  return inner?.kind === 'identifier' ? identifier(context, inner) : undefined;
}

function withStatement(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const clause = children.find((child) => child.kind === 'with_clause');
  let values = (clause?.children ?? []).filter((child) => child.kind === 'with_item').map((item) => item.children[0]);
  // `with (a, b):` and `with (a as b):` have items in parentheses, not a tuple
  if (values.length === 1 && (values[0].kind === 'tuple' || (values[0].kind === 'parenthesized_expression' && values[0].children[1]?.kind === 'as_pattern'))) {
    values = values[0].children.filter((child) => child.named);
  }
  const items = isRepairedHeader(context, node, clause ?? node) && clause ? [{ context: broken(clause) }] : values.map((value) => withItem(context, value));
  return { type: 'With', start, end, isAsync: children[0].kind === 'async', items, body: block(context, node, "'with' statement") };
}

function withItem(context: Context, node: RawNode): WithItem {
  const { value, target } = detachTarget(node);
  return { context: expression(context, value), target: target && expression(context, target) };
}

/** The grammar lets `as` bind closer than the operators: in `with a if b else c as d` it is taken off the last operand. */
function detachTarget(node: RawNode): { value: RawNode; target?: RawNode } {
  if (node.kind === 'as_pattern') return { value: node.children[0], target: node.children[2] };
  const last = node.children[node.children.length - 1];
  if (!last || !/^(?:conditional_expression|boolean_operator|not_operator|lambda|as_pattern)$/.test(last.kind)) return { value: node };
  const { value, target } = detachTarget(last);
  return target ? { value: { ...node, end: value.end, children: [...node.children.slice(0, -1), value] }, target } : { value: node };
}

function matchStatement(context: Context, node: RawNode): Statement {
  const { start, end, children } = node;
  const colon = children.findIndex((child) => child.kind === ':');
  const head = children.slice(1, colon < 0 ? undefined : colon);
  const subjects = head.filter((child) => child.named);
  const subject: Expression = subjects.length === 0 ? broken(node)
    : head.length === 1 ? expression(context, subjects[0])
      : { type: 'Tuple', start: subjects[0].start, end: head[head.length - 1].end, elements: subjects.map((each) => expression(context, each)) };
  const body = children.find((child) => child.kind === 'block');
  const cases = (body?.children ?? []).filter((child) => child.kind === 'case_clause').map((clause) => matchCase(context, clause));
  if (cases.length === 0) fault(context, { start, end: start + 5 }, "expected an indented block after 'match' statement");
  return { type: 'Match', start, end, subject, cases };
}

function matchCase(context: Context, node: RawNode): MatchCase {
  const { start, end, children } = node;
  const patterns = children.filter((child) => child.kind === 'case_pattern' || child.kind === ',');
  const guard = children.find((child) => child.kind === 'if_clause');
  return {
    start, end, pattern: patterns[0]?.kind === 'case_pattern' ? casePattern(context, patterns) : { type: 'MatchValue', start, end, value: broken(node) },
    guard: guard && expression(context, guard.children[1]), body: block(context, node, "'case' statement"),
  };
}

function decorated(context: Context, node: RawNode): Statement {
  const decorators = node.children.filter((child) => child.kind === 'decorator' && child.children.length > 1).map((child) => expression(context, child.children[1]));
  const definition = node.children[node.children.length - 1];
  if (definition.kind === 'class_definition') return classDefinition(context, definition, decorators);
  if (definition.kind === 'function_definition') return functionDefinition(context, definition, decorators);
  return brokenStatement(node);
}

function functionDefinition(context: Context, node: RawNode, decorators: readonly Expression[]): Statement {
  const { start, end, children } = node;
  const named = children.find((child) => child.kind === 'identifier');
  const list = children.find((child) => child.kind === 'parameters');
  // with parameters that are not known, running the body would report names that are there
  if (!named || named.missing || !list || isDamaged(context, list)) return brokenStatement(node);
  const given = parameters(context, list);
  const returned = children.find((child) => child.kind === 'type');
  const scope = { isGenerator: false };
  context.functions.push(scope);
  const body = block(context, node, 'function definition');
  context.functions.pop();
  return {
    type: 'FunctionDef', start, end, isAsync: children[0].kind === 'async', name: identifier(context, named), parameters: given, body, decorators,
    returns: returned && expression(context, returned), isGenerator: scope.isGenerator, nameSpan: spanOf(named),
    typeParameters: typeParameters(context, children.find((child) => child.kind === 'type_parameter')),
  };
}

function classDefinition(context: Context, node: RawNode, decorators: readonly Expression[]): Statement {
  const { start, end, children } = node;
  const named = children.find((child) => child.kind === 'identifier');
  if (!named || named.missing) return brokenStatement(node);
  const list = children.find((child) => child.kind === 'argument_list');
  const damaged = list ? isDamaged(context, list) || isRepairedHeader(context, node, list) : isRepairedHeader(context, node, named);
  const given = damaged ? { arguments: [broken(list ?? named)], keywords: [] } : list ? callArguments(context, list) : { arguments: [], keywords: [] };
  return {
    type: 'ClassDef', start, end, name: identifier(context, named), bases: given.arguments, keywords: given.keywords, body: block(context, node, 'class definition'),
    decorators, nameSpan: spanOf(named), typeParameters: typeParameters(context, children.find((child) => child.kind === 'type_parameter')),
  };
}
