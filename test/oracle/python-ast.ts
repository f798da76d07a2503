import type { Comprehension, Expression, Keyword, Module, Parameter, Parameters, Pattern, Span, Statement } from '../../language-server/python/source/syntax.ts';

/** The form of `python_ast.py`, made from our own tree. */
export type Compact = null | string | number | boolean | readonly Compact[];

export function compact(module: Module): Compact {
  return ['Module', module.body.map(statement)];
}

const node = (type: string, span: Span, ...fields: readonly Compact[]): Compact => [type, span.start, span.end, ...fields];
const optional = (value: Expression | undefined): Compact => (value ? expression(value) : null);
const all = (values: readonly Expression[]): Compact => values.map(expression);

const binaryNames = {
  '+': 'Add', '-': 'Sub', '*': 'Mult', '@': 'MatMult', '/': 'Div', '//': 'FloorDiv', '%': 'Mod', '**': 'Pow', '<<': 'LShift', '>>': 'RShift', '&': 'BitAnd', '|': 'BitOr', '^': 'BitXor',
};
const compareNames = {
  '==': 'Eq', '!=': 'NotEq', '<': 'Lt', '<=': 'LtE', '>': 'Gt', '>=': 'GtE', is: 'Is', 'is not': 'IsNot', in: 'In', 'not in': 'NotIn',
};
const unaryNames = { '-': 'USub', '+': 'UAdd', '~': 'Invert', not: 'Not' };

function statement(s: Statement): Compact {
  switch (s.type) {
    case 'FunctionDef': return node(s.type, s, s.isAsync, s.name, parameters(s.parameters), s.body.map(statement), all(s.decorators), optional(s.returns), s.isGenerator, s.typeParameters);
    case 'ClassDef': return node(s.type, s, s.name, all(s.bases), s.keywords.map(keyword), s.body.map(statement), all(s.decorators), s.typeParameters);
    case 'Return': return node(s.type, s, optional(s.value));
    case 'Delete': return node(s.type, s, all(s.targets));
    case 'Assign': return node(s.type, s, all(s.targets), expression(s.value));
    case 'AugAssign': return node(s.type, s, expression(s.target), binaryNames[s.operator], expression(s.value));
    case 'AnnAssign': return node(s.type, s, expression(s.target), expression(s.annotation), optional(s.value));
    case 'TypeAlias': return node(s.type, s, s.name, s.typeParameters, expression(s.value));
    case 'For': return node(s.type, s, s.isAsync, expression(s.target), expression(s.iterable), s.body.map(statement), s.orElse.map(statement));
    case 'While':
    case 'If': return node(s.type, s, expression(s.test), s.body.map(statement), s.orElse.map(statement));
    case 'With': return node(s.type, s, s.isAsync, s.items.map((item) => [expression(item.context), optional(item.target)]), s.body.map(statement));
    case 'Match': return node(s.type, s, expression(s.subject), s.cases.map((each) => [pattern(each.pattern), optional(each.guard), each.body.map(statement)]));
    case 'Raise': return node(s.type, s, optional(s.exception), optional(s.cause));
    case 'Try': return node(
      s.type, s, s.body.map(statement), s.handlers.map((each) => ['ExceptHandler', optional(each.exception), each.name ?? null, each.body.map(statement)]),
      s.orElse.map(statement), s.finallyBody.map(statement), s.isStar,
    );
    case 'Assert': return node(s.type, s, expression(s.test), optional(s.message));
    case 'Import': return node(s.type, s, s.names.map((each) => node('alias', each, each.name, each.asName ?? null)));
    case 'ImportFrom': return node(s.type, s, s.module ?? null, s.names.map((each) => node('alias', each, each.name, each.asName ?? null)), s.level);
    case 'Global':
    case 'Nonlocal': return node(s.type, s, s.names);
    case 'Expr': return node(s.type, s, expression(s.value));
    case 'Pass':
    case 'Break':
    case 'Continue': return node(s.type, s);
    case 'Broken': return node(s.type, s, s.message);
  }
}

function expression(e: Expression): Compact {
  switch (e.type) {
    case 'BoolOp': return node(e.type, e, e.operator === 'and' ? 'And' : 'Or', all(e.values));
    case 'NamedExpr': return node(e.type, e, expression(e.target), expression(e.value));
    case 'BinOp': return node(e.type, e, expression(e.left), binaryNames[e.operator], expression(e.right));
    case 'UnaryOp': return node(e.type, e, unaryNames[e.operator], expression(e.operand));
    case 'Lambda': return node(e.type, e, parameters(e.parameters), expression(e.body));
    case 'IfExp': return node(e.type, e, expression(e.test), expression(e.body), expression(e.orElse));
    case 'Dict': return node(e.type, e, e.keys.map(optional), all(e.values));
    case 'Set':
    case 'List':
    case 'Tuple': return node(e.type, e, all(e.elements));
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp': return node(e.type, e, expression(e.element), e.generators.map(comprehension));
    case 'DictComp': return node(e.type, e, expression(e.key), expression(e.value), e.generators.map(comprehension));
    case 'Await':
    case 'YieldFrom':
    case 'Starred': return node(e.type, e, expression(e.value));
    case 'Yield': return node(e.type, e, optional(e.value));
    case 'Compare': return node(e.type, e, expression(e.left), e.operators.map((each) => compareNames[each]), all(e.comparators));
    case 'Call': return node(e.type, e, expression(e.function), all(e.arguments), e.keywords.map(keyword));
    case 'JoinedStr': return node(e.type, e, e.parts.map(part));
    case 'Constant': return node(e.type, e, constant(e.value));
    case 'Attribute': return node(e.type, e, expression(e.value), e.name);
    case 'Subscript': return node(e.type, e, expression(e.value), expression(e.index));
    case 'Name': return node(e.type, e, e.name);
    case 'Slice': return node(e.type, e, optional(e.lower), optional(e.upper), optional(e.step));
    case 'BrokenExpression': return node(e.type, e, e.message);
  }
}

type Part = Extract<Expression, { type: 'JoinedStr' }>['parts'][number];

function part(p: Part): Compact {
  if (typeof p === 'string') return p;
  return ['FormattedValue', expression(p.value), p.conversion ?? null, p.format ? p.format.parts.map(part) : null];
}

function constant(value: Extract<Expression, { type: 'Constant' }>['value']): Compact {
  switch (value.kind) {
    case 'None':
    case 'Ellipsis': return value.kind;
    case 'bool':
    case 'str':
    case 'bytes': return [value.kind, value.value];
    case 'int': return ['int', `0x${value.value.toString(16)}`];
    case 'float': return ['float', value.value];
    case 'complex': return ['complex', value.imaginary];
  }
}

function keyword(k: Keyword): Compact {
  return node('keyword', k, k.name ?? null, expression(k.value));
}

function parameters(p: Parameters): Compact {
  const one = (each: Parameter): Compact => node('arg', each, each.name, optional(each.annotation), optional(each.default));
  return [p.positionalOnly.map(one), p.positional.map(one), p.variadic ? one(p.variadic) : null, p.keywordOnly.map(one), p.keywords ? one(p.keywords) : null];
}

function comprehension(c: Comprehension): Compact {
  return [expression(c.target), expression(c.iterable), all(c.conditions), c.isAsync];
}

function pattern(p: Pattern): Compact {
  switch (p.type) {
    case 'MatchValue': return node(p.type, p, expression(p.value));
    case 'MatchSingleton': return node(p.type, p, p.value === null ? 'None' : p.value);
    case 'MatchSequence':
    case 'MatchOr': return node(p.type, p, p.patterns.map(pattern));
    case 'MatchMapping': return node(p.type, p, all(p.keys), p.patterns.map(pattern), p.rest ?? null);
    case 'MatchClass': return node(p.type, p, expression(p.class), p.patterns.map(pattern), p.keywordNames, p.keywordPatterns.map(pattern));
    case 'MatchStar': return node(p.type, p, p.name ?? null);
    case 'MatchAs': return node(p.type, p, p.pattern ? pattern(p.pattern) : null, p.name ?? null);
  }
}

/** The first place where two trees differ, as a path and both sides; undefined where they are alike. */
export function difference(ours: Compact, theirs: Compact, path = ''): string | undefined {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) return `${path}: ${show(ours)} against ${show(theirs)}`;
    for (let i = 0; i < ours.length; i++) {
      const found = difference(ours[i], theirs[i], `${path}/${typeof ours[0] === 'string' && i > 0 ? `${ours[0]}.` : ''}${i}`);
      if (found) return found;
    }
    return undefined;
  }
  return ours === theirs ? undefined : `${path}: ${show(ours)} against ${show(theirs)}`;
}

function show(value: Compact): string {
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}
