import type {
  BinaryOperator, BoolOp, CompareOperator, Comprehension, Expression, Keyword, Name, NamedExpr, Parameter, Parameters, Span, UnaryOp,
} from '../syntax.ts';
import { broken, fault, identifier, isDamaged, textOf } from './context.ts';
import type { Context } from './context.ts';
import { decodeNumber } from './literals.ts';
import { string, strings } from './strings.ts';
import type { RawNode } from './tree.ts';

/** Converts an expression of the concrete tree. What does not parse becomes BrokenExpression, as small as it can be. */
export function expression(context: Context, node: RawNode): Expression {
  if (isDamaged(context, node)) return broken(node);
  const { start, end, children } = node;
  switch (node.kind) {
    case 'identifier': return name(context, node);
    case 'attribute': return onLeft(context, node, (value, span) => ({
      type: 'Attribute', ...span, value, name: identifier(context, children[2]), nameSpan: spanOf(children[2]),
    }));
    case 'call': return call(context, node);
    case 'subscript': return onLeft(context, node, (value, span) => ({ type: 'Subscript', ...span, value, index: index(context, node) }));
    case 'string': return string(context, node);
    case 'concatenated_string': return strings(context, node);
    case 'integer':
    case 'float': return number(context, node);
    case 'true': return { type: 'Constant', start, end, value: { kind: 'bool', value: true } };
    case 'false': return { type: 'Constant', start, end, value: { kind: 'bool', value: false } };
    case 'none': return { type: 'Constant', start, end, value: { kind: 'None' } };
    case 'ellipsis': return { type: 'Constant', start, end, value: { kind: 'Ellipsis' } };
    case 'binary_operator': return binary(context, node);
    case 'unary_operator': return unary(context, node);
    case 'not_operator': return { type: 'UnaryOp', start, end, operator: 'not', operand: expression(context, children[1]) };
    case 'boolean_operator': return boolean(context, node);
    case 'comparison_operator': return comparison(context, node);
    case 'conditional_expression': return conditional(context, node);
    case 'parenthesized_expression': return expression(context, children[1]);
    case 'list':
    case 'list_pattern': return { type: 'List', start, end, elements: elements(context, node) };
    case 'tuple':
    case 'tuple_pattern': return tuple(context, node);
    case 'expression_list':
    case 'pattern_list': return { type: 'Tuple', start, end, elements: elements(context, node) };
    case 'set': return { type: 'Set', start, end, elements: elements(context, node) };
    case 'dictionary': return dictionary(context, node);
    case 'list_comprehension': return { type: 'ListComp', start, end, element: expression(context, children[1]), generators: comprehensions(context, node) };
    case 'set_comprehension': return { type: 'SetComp', start, end, element: expression(context, children[1]), generators: comprehensions(context, node) };
    case 'generator_expression': return { type: 'GeneratorExp', start, end, element: expression(context, children[1]), generators: comprehensions(context, node) };
    case 'dictionary_comprehension': {
      const pair = children[1];
      return {
        type: 'DictComp', start, end, key: expression(context, pair.children[0]), value: expression(context, pair.children[2]), generators: comprehensions(context, node),
      };
    }
    case 'lambda': return lambda(context, node);
    case 'named_expression': return namedExpression(context, node);
    case 'await': return awaited(context, node);
    case 'yield': return yielded(context, node);
    case 'list_splat':
    case 'list_splat_pattern':
    case 'splat_type': return { type: 'Starred', start, end, value: expression(context, children[1]) };
    case 'slice': return slice(context, node);
    case 'type': return expression(context, children[0]);
    case 'union_type': return unionType(context, node);
    case 'member_type': return {
      type: 'Attribute', start, end, value: expression(context, children[0]), name: identifier(context, children[2]), nameSpan: spanOf(children[2]),
    };
    case 'generic_type': return genericType(context, node);
    case 'dotted_name': return dottedName(context, node);
    case 'as_pattern_target': return expression(context, children[0]);
    default:
      fault(context, node, 'invalid syntax');
      return broken(node);
  }
}

export function spanOf(node: RawNode): Span {
  return { start: node.start, end: node.end };
}

function name(context: Context, node: RawNode): Name {
  return { type: 'Name', start: node.start, end: node.end, name: identifier(context, node) };
}

/**
 * The grammar reads `*f(x)` outside of brackets as `(*f)(x)`: the star is moved out again.
 * Its operand keeps the parse of what stands to the right of it.
 */
function onLeft(context: Context, node: RawNode, build: (left: Expression, span: Span) => Expression): Expression {
  const left = expression(context, node.children[0]);
  if (left.type === 'Starred' && node.children[0].kind !== 'parenthesized_expression') {
    return { type: 'Starred', start: node.start, end: node.end, value: build(left.value, { start: left.value.start, end: node.end }) };
  }
  return build(left, spanOf(node));
}

function call(context: Context, node: RawNode): Expression {
  const given = node.children[1];
  return onLeft(context, node, (callee, span) => {
    if (given.kind === 'generator_expression') return { type: 'Call', ...span, function: callee, arguments: [expression(context, given)], keywords: [] };
    return { type: 'Call', ...span, function: callee, ...callArguments(context, given) };
  });
}

/** The arguments of a call, or the bases of a class. */
export function callArguments(context: Context, list: RawNode): { arguments: Expression[]; keywords: Keyword[] } {
  const positional: Expression[] = [];
  const keywords: Keyword[] = [];
  for (const child of list.children) {
    if (!child.named) continue;
    const { start, end } = child;
    if (child.kind === 'keyword_argument') {
      keywords.push({ start, end, name: identifier(context, child.children[0]), value: expression(context, child.children[2]) });
    } else if (child.kind === 'dictionary_splat') {
      keywords.push({ start, end, value: expression(context, child.children[1]) });
    } else {
      if (child.kind !== 'list_splat' && keywords.length > 0) {
        const unpacked = keywords[keywords.length - 1].name === undefined;
        fault(context, child, `positional argument follows keyword argument${unpacked ? ' unpacking' : ''}`);
      }
      positional.push(expression(context, child));
    }
  }
  return { arguments: positional, keywords };
}

function index(context: Context, node: RawNode): Expression {
  const inside = node.children.slice(2, -1);
  const items = inside.filter((child) => child.named);
  if (inside.length === 1 && items[0].kind !== 'list_splat') return expression(context, items[0]);
  return { type: 'Tuple', start: items[0].start, end: inside[inside.length - 1].end, elements: items.map((item) => expression(context, item)) };
}

function slice(context: Context, node: RawNode): Expression {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let position = 0;
  for (const child of node.children) {
    if (child.kind === ':') position++;
    else bounds[position] = expression(context, child);
  }
  return { type: 'Slice', start: node.start, end: node.end, lower: bounds[0], upper: bounds[1], step: bounds[2] };
}

function number(context: Context, node: RawNode): Expression {
  const { start, end } = node;
  const value = decodeNumber(textOf(context, node));
  if (value.kind !== 'fault') return { type: 'Constant', start, end, value };
  fault(context, node, value.message);
  return broken(node, value.message);
}

function binary(context: Context, node: RawNode): Expression {
  const operator = node.children[1].kind as BinaryOperator;
  if (operator === '&' || operator === '^') return andsAndXors(context, node);
  return onLeft(context, node, (left, span) => ({ type: 'BinOp', ...span, left, operator, right: expression(context, node.children[2]) }));
}

/** `&` binds closer than `^`, which the grammar has the other way round. */
function andsAndXors(context: Context, node: RawNode): Expression {
  // places of operands include their parentheses, which their expressions leave out
  interface Operand extends Span { readonly value: Expression }
  const operands: Operand[] = [];
  const operators: string[] = [];
  const collect = (each: RawNode): void => {
    const operator = each.kind === 'binary_operator' && !isDamaged(context, each) ? each.children[1].kind : '';
    if (operator !== '&' && operator !== '^') {
      operands.push({ ...spanOf(each), value: expression(context, each) });
      return;
    }
    collect(each.children[0]);
    operators.push(operator);
    collect(each.children[2]);
  };
  collect(node);
  const join = (left: Operand, operator: '&' | '^', right: Operand): Operand => {
    const span = { start: left.start, end: right.end };
    return { ...span, value: { type: 'BinOp', ...span, left: left.value, operator, right: right.value } };
  };
  const groups = [operands[0]];
  operators.forEach((operator, i) => {
    if (operator === '&') groups.push(join(groups.pop() as Operand, '&', operands[i + 1]));
    else groups.push(operands[i + 1]);
  });
  return groups.reduce((left, right) => join(left, '^', right)).value;
}

/** `A | B | C` groups to the left, also where the grammar reads the right side as one expression. */
function unionType(context: Context, node: RawNode): Expression {
  const attach = (left: Expression, each: RawNode, start: number): Expression => {
    const inner = each.kind === 'type' ? each.children[0] : each;
    const chain = (inner.kind === 'binary_operator' && inner.children[1]?.kind === '|') || inner.kind === 'union_type';
    if (chain && !isDamaged(context, inner)) {
      const first = attach(left, inner.children[0], start);
      return attach(first, inner.children[2], start);
    }
    return { type: 'BinOp', start, end: each.end, left, operator: '|', right: expression(context, inner) };
  };
  return attach(expression(context, node.children[0]), node.children[2], node.start);
}

function unary(context: Context, node: RawNode): Expression {
  // a star that the grammar refuses is given to it as a `~`, see parse.ts
  if (context.text[node.start] === '*') return { type: 'Starred', start: node.start, end: node.end, value: expression(context, node.children[1]) };
  return {
    type: 'UnaryOp', start: node.start, end: node.end, operator: node.children[0].kind as UnaryOp['operator'], operand: expression(context, node.children[1]),
  };
}

function boolean(context: Context, node: RawNode): Expression {
  const operator = node.children[1].kind as BoolOp['operator'];
  const values: Expression[] = [];
  collectOperands(context, node, operator, values);
  return { type: 'BoolOp', start: node.start, end: node.end, operator, values };
}

/** `a and b and c` is one operation of three values, as Python has it. */
function collectOperands(context: Context, node: RawNode, operator: string, values: Expression[]): void {
  const [left, , right] = node.children;
  if (left.kind === 'boolean_operator' && left.children[1].kind === operator && !isDamaged(context, left)) collectOperands(context, left, operator, values);
  else values.push(expression(context, left));
  values.push(expression(context, right));
}

function comparison(context: Context, node: RawNode): Expression {
  const { children } = node;
  const operators: CompareOperator[] = [];
  const comparators: Expression[] = [];
  for (let i = 1; i + 1 < children.length; i += 2) {
    if (children[i].kind === '<>') fault(context, children[i], "invalid syntax: '<>' is '!=' in Python 3");
    operators.push(children[i].kind === '<>' ? '!=' : children[i].kind as CompareOperator);
    comparators.push(expression(context, children[i + 1]));
  }
  return { type: 'Compare', start: node.start, end: node.end, left: expression(context, children[0]), operators, comparators };
}

/** `a := b if c else d` names the whole conditional, which the grammar has the other way round. */
function conditional(context: Context, node: RawNode): Expression {
  const body = expression(context, node.children[0]);
  const build = (value: Expression): Expression => ({
    type: 'IfExp', start: value.start, end: node.end, body: value, test: expression(context, node.children[2]), orElse: expression(context, node.children[4]),
  });
  if (body.type === 'NamedExpr' && node.children[0].kind === 'named_expression') return { ...body, end: node.end, value: build(body.value) };
  return { ...build(body), start: node.start };
}

function elements(context: Context, node: RawNode): Expression[] {
  const result: Expression[] = [];
  for (const child of node.children) if (child.named) result.push(expression(context, child));
  return result;
}

function tuple(context: Context, node: RawNode): Expression {
  // a pattern such as `(a), b = ...` is a group, not a tuple of one
  if (node.kind === 'tuple_pattern' && node.children.length === 3 && node.children[1].named) return expression(context, node.children[1]);
  return { type: 'Tuple', start: node.start, end: node.end, elements: elements(context, node) };
}

function dictionary(context: Context, node: RawNode): Expression {
  const keys: (Expression | undefined)[] = [];
  const values: Expression[] = [];
  for (const child of node.children) {
    if (child.kind === 'pair') {
      keys.push(expression(context, child.children[0]));
      values.push(expression(context, child.children[2]));
    } else if (child.kind === 'dictionary_splat') {
      keys.push(undefined);
      values.push(expression(context, child.children[1]));
    }
  }
  return { type: 'Dict', start: node.start, end: node.end, keys, values };
}

function comprehensions(context: Context, node: RawNode): Comprehension[] {
  const result: { target: Expression; iterable: Expression; conditions: Expression[]; isAsync: boolean }[] = [];
  for (const child of node.children) {
    if (child.kind === 'for_in_clause') {
      const isAsync = child.children[0].kind === 'async';
      const parts = isAsync ? child.children.slice(1) : child.children;
      const target = expression(context, parts[1]);
      const iterable = expression(context, parts[3]);
      if (parts.length > 4) fault(context, { start: parts[3].start, end: parts[parts.length - 1].end }, 'invalid syntax: several iterables need parentheses');
      result.push({ target, iterable, conditions: [], isAsync });
    } else if (child.kind === 'if_clause') {
      result[result.length - 1].conditions.push(expression(context, child.children[1]));
    }
  }
  return result;
}

function lambda(context: Context, node: RawNode): Expression {
  const list = node.children.find((child) => child.kind === 'lambda_parameters');
  const given = list ? parameters(context, list) : noParameters;
  context.functions.push({ isGenerator: false });
  const body = expression(context, node.children[node.children.length - 1]);
  context.functions.pop();
  return { type: 'Lambda', start: node.start, end: node.end, parameters: given, body };
}

function namedExpression(context: Context, node: RawNode): NamedExpr {
  return { type: 'NamedExpr', start: node.start, end: node.end, target: name(context, node.children[0]), value: expression(context, node.children[2]) };
}

/** `await` binds closer than `**`, which the grammar has the other way round. */
function awaited(context: Context, node: RawNode): Expression {
  const value = expression(context, node.children[1]);
  if (value.type === 'BinOp' && value.operator === '**' && node.children[1].kind === 'binary_operator') {
    return { ...value, start: node.start, left: { type: 'Await', start: node.start, end: value.left.end, value: value.left } };
  }
  return { type: 'Await', start: node.start, end: node.end, value };
}

function yielded(context: Context, node: RawNode): Expression {
  const { start, end, children } = node;
  const around = context.functions[context.functions.length - 1];
  if (around) around.isGenerator = true;
  else fault(context, node, "'yield' outside function");
  if (children[1]?.kind === 'from') return { type: 'YieldFrom', start, end, value: expression(context, children[2]) };
  return { type: 'Yield', start, end, value: children[1] && expression(context, children[1]) };
}

function genericType(context: Context, node: RawNode): Expression {
  const list = node.children[1];
  const inside = list.children.slice(1, -1);
  const items = inside.filter((child) => child.named);
  const index: Expression = inside.length === 1 && items[0].children[0]?.kind !== 'list_splat' && items[0].children[0]?.kind !== 'splat_type' ? expression(context, items[0])
    : { type: 'Tuple', start: items[0].start, end: inside[inside.length - 1].end, elements: items.map((item) => expression(context, item)) };
  return { type: 'Subscript', start: node.start, end: node.end, value: name(context, node.children[0]), index };
}

/** `a.b.c`, as imports, decorators and patterns have it. */
export function dottedName(context: Context, node: RawNode): Expression {
  const names = node.children.filter((child) => child.kind === 'identifier');
  let value: Expression = name(context, names[0]);
  for (const next of names.slice(1)) {
    value = { type: 'Attribute', start: node.start, end: next.end, value, name: identifier(context, next), nameSpan: spanOf(next) };
  }
  return value;
}

const noParameters: Parameters = { positionalOnly: [], positional: [], keywordOnly: [] };

/** The parameters of a function or a lambda. Parts that do not parse are left out, with a fault. */
export function parameters(context: Context, list: RawNode): Parameters {
  let positionalOnly: Parameter[] = [];
  let positional: Parameter[] = [];
  const keywordOnly: Parameter[] = [];
  let variadic: Parameter | undefined;
  let keywords: Parameter | undefined;
  let afterStar = false;
  const seen = new Set<string>();
  for (const child of list.children) {
    if (!child.named || child.kind === 'ERROR') continue;
    if (child.kind === 'positional_separator') {
      positionalOnly = positional;
      positional = [];
      continue;
    }
    if (child.kind === 'keyword_separator') {
      afterStar = true;
      continue;
    }
    const { kind, parameter } = parameterOf(context, child);
    if (!parameter) continue;
    if (seen.has(parameter.name)) fault(context, parameter, `duplicate argument '${parameter.name}' in function definition`);
    seen.add(parameter.name);
    if (kind === 'variadic') {
      variadic = parameter;
      afterStar = true;
    } else if (kind === 'keywords') keywords = parameter;
    else if (afterStar) keywordOnly.push(parameter);
    else {
      const previous = positional[positional.length - 1] ?? positionalOnly[positionalOnly.length - 1];
      if (previous?.default && !parameter.default) fault(context, parameter, 'parameter without a default follows parameter with a default');
      positional.push(parameter);
    }
  }
  return { positionalOnly, positional, variadic, keywordOnly, keywords };
}

function parameterOf(context: Context, node: RawNode): { kind: 'plain' | 'variadic' | 'keywords'; parameter?: Parameter } {
  const { children } = node;
  switch (node.kind) {
    case 'identifier': return { kind: 'plain', parameter: { start: node.start, end: node.end, name: identifier(context, node) } };
    case 'list_splat_pattern': return { kind: 'variadic', parameter: plain(context, children[1]) };
    case 'dictionary_splat_pattern': return { kind: 'keywords', parameter: plain(context, children[1]) };
    case 'default_parameter': return withDefault(context, children[0], children[2]);
    case 'typed_parameter': {
      const inner = parameterOf(context, children[0]);
      const type = children[2];
      if (!inner.parameter || !type) return inner;
      return { kind: inner.kind, parameter: { ...inner.parameter, end: type.end, annotation: expression(context, type) } };
    }
    case 'typed_default_parameter': {
      const inner = parameterOf(context, children[0]).parameter;
      const [type, value] = [children[2], children[4]];
      if (!inner || !type || !value) return { kind: 'plain', parameter: inner };
      return { kind: 'plain', parameter: { ...inner, end: type.end, annotation: expression(context, type), default: expression(context, value) } };
    }
    default:
      fault(context, node, node.kind === 'tuple_pattern' ? 'Function parameters cannot be parenthesized' : 'invalid syntax');
      return { kind: 'plain' };
  }
}

function plain(context: Context, node: RawNode | undefined): Parameter | undefined {
  return node?.kind === 'identifier' ? { start: node.start, end: node.end, name: identifier(context, node) } : undefined;
}

function withDefault(context: Context, target: RawNode, value: RawNode | undefined): { kind: 'plain'; parameter?: Parameter } {
  const parameter = plain(context, target);
  if (!parameter) fault(context, target, 'Function parameters cannot be parenthesized');
  return { kind: 'plain', parameter: parameter && (value ? { ...parameter, default: expression(context, value) } : parameter) };
}
