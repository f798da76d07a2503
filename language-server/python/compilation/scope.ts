/**
 * Which variable a name means: found for a whole module in one pass, before any of it is compiled.
 *
 * A frame keeps its variables in numbered slots; those that a nested function shares are cells (free ones first, then its own).
 * List, set and dict comprehensions run inside the frame around them, with slots of their own ("inline" scopes).
 */
import type * as syntax from '../source/syntax.ts';

export type ScopeKind = 'module' | 'function' | 'class' | 'inline';

export class Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | undefined;
  /** The scope whose frame holds the variables: itself, unless it is inline. */
  readonly home: Scope;
  /** The innermost class around, for mangling `__private` names. */
  readonly className: string | undefined;
  readonly bound = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly uses = new Set<string>();
  readonly captured = new Set<string>();
  /** Names that come from frames around, in the order of their cells. */
  readonly free: string[] = [];
  readonly slots = new Map<string, number>();
  readonly cells = new Map<string, number>();
  slotCount = 0;
  cellCount = 0;
  /** A comprehension or generator expression: `:=` binds outside it. */
  comprehension = false;

  constructor(kind: ScopeKind, parent: Scope | undefined, className = parent?.className) {
    this.kind = kind;
    this.parent = parent;
    this.className = className;
    this.home = kind === 'inline' ? parent!.home : this;
  }

  mangle(name: string): string {
    if (this.className === undefined || !name.startsWith('__') || name.endsWith('__')) return name;
    const prefix = this.className.replace(/^_+/, '');
    return prefix === '' ? name : `_${prefix}${name}`;
  }
}

export type Variable =
  | { readonly kind: 'slot'; readonly index: number }
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'global' }
  /** In a class body: the namespace, then the cell if there is one, then globals. */
  | { readonly kind: 'namespace'; readonly cell: number | undefined };

const global: Variable = { kind: 'global' };

export function variable(scope: Scope, name: string): Variable {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const slot = at.slots.get(name);
    if (slot !== undefined) return { kind: 'slot', index: slot };
    if (at.kind === 'class' && at === scope) {
      return at.globals.has(name) ? global : { kind: 'namespace', cell: at.bound.has(name) && !at.nonlocals.has(name) ? undefined : at.cells.get(name) };
    }
    const cell = at.cells.get(name);
    if (cell !== undefined) return { kind: 'cell', index: cell };
    if (at.kind !== 'inline') return global;
  }
  return global;
}

/** The cell of a frame that holds a variable which a function made in `scope` shares. */
export function cellIndex(scope: Scope, name: string): number {
  for (let at = scope; ; at = at.parent!) {
    const index = at.cells.get(name);
    if (index !== undefined) return index;
    if (at.kind !== 'inline') throw new Error(`no cell for ${name}`);
  }
}

export type Scopes = ReadonlyMap<syntax.Span, Scope>;

/** The scopes of a module: its own, and those of its functions, lambdas, classes and comprehensions, by their nodes. */
export function analyseScopes(module: syntax.Module): Scopes {
  const walk = new Walk();
  const root = walk.open('module', module, undefined);
  walk.statements(module.body, root);
  walk.settle();
  return walk.scopes;
}

type Node = syntax.Statement | syntax.Expression;

class Walk {
  readonly scopes = new Map<syntax.Span, Scope>();

  open(kind: ScopeKind, node: syntax.Span, parent: Scope | undefined, className?: string): Scope {
    const scope = new Scope(kind, parent, className);
    this.scopes.set(node, scope);
    return scope;
  }

  settle(): void {
    for (const scope of this.scopes.values()) for (const name of scope.uses) capture(scope, name);
    for (const scope of this.scopes.values()) if (scope.kind !== 'inline') for (const name of scope.free) scope.cells.set(name, scope.cellCount++);
    for (const scope of this.scopes.values()) {
      const { home } = scope;
      if (scope.kind === 'class' && scope.captured.has('__class__')) scope.cells.set('__class__', home.cellCount++);
      if (scope.kind === 'module' || scope.kind === 'class') continue;
      for (const name of scope.bound) {
        if (scope.globals.has(name) || scope.nonlocals.has(name)) continue;
        if (scope.captured.has(name)) {
          scope.cells.set(name, home.cellCount++);
          scope.slots.delete(name);
        } else if (!scope.slots.has(name)) scope.slots.set(name, home.slotCount++);
      }
    }
  }

  bind(name: string, scope: Scope): void {
    const mangled = scope.mangle(name);
    scope.bound.add(mangled);
    if (scope.nonlocals.has(mangled)) scope.uses.add(mangled);
  }

  use(name: string, scope: Scope): void {
    scope.uses.add(scope.mangle(name));
    if (name === 'super') scope.uses.add('__class__');
  }

  statements(statements: readonly syntax.Statement[], scope: Scope): void {
    for (const statement of statements) this.visit(statement, scope);
  }

  all(nodes: readonly (Node | undefined)[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  parameters(parameters: syntax.Parameters, scope: Scope, outer: Scope): void {
    for (const parameter of listParameters(parameters)) {
      this.visit(parameter.default, outer);
      this.visit(parameter.annotation, outer);
      this.bind(parameter.name, scope);
      // parameters have the first slots, in order, even those that move to cells
      scope.slotCount++;
    }
    listParameters(parameters).forEach((parameter, index) => scope.slots.set(scope.mangle(parameter.name), index));
  }

  comprehension(node: syntax.Expression & { generators: readonly syntax.Comprehension[] }, results: readonly Node[], scope: Scope): void {
    const inner = this.open(node.type === 'GeneratorExp' ? 'function' : 'inline', node, scope);
    inner.comprehension = true;
    // the first iterable of a generator expression is its only parameter
    if (node.type === 'GeneratorExp') inner.slotCount = 1;
    node.generators.forEach((generator, index) => {
      this.visit(generator.iterable, index === 0 ? scope : inner);
      this.target(generator.target, inner);
      this.all(generator.conditions, inner);
    });
    this.all(results, inner);
  }

  target(node: syntax.Expression, scope: Scope): void {
    switch (node.type) {
      case 'Name': this.bind(node.name, scope); break;
      case 'Tuple': case 'List': for (const element of node.elements) this.target(element, scope); break;
      case 'Starred': this.target(node.value, scope); break;
      default: this.visit(node, scope);
    }
  }

  pattern(node: syntax.Pattern, scope: Scope): void {
    switch (node.type) {
      case 'MatchValue': this.visit(node.value, scope); break;
      case 'MatchSingleton': break;
      case 'MatchSequence': case 'MatchOr': for (const pattern of node.patterns) this.pattern(pattern, scope); break;
      case 'MatchMapping':
        this.all(node.keys, scope);
        for (const pattern of node.patterns) this.pattern(pattern, scope);
        if (node.rest !== undefined) this.bind(node.rest, scope);
        break;
      case 'MatchClass':
        this.visit(node.class, scope);
        for (const pattern of [...node.patterns, ...node.keywordPatterns]) this.pattern(pattern, scope);
        break;
      case 'MatchStar': if (node.name !== undefined) this.bind(node.name, scope); break;
      case 'MatchAs':
        if (node.pattern) this.pattern(node.pattern, scope);
        if (node.name !== undefined) this.bind(node.name, scope);
        break;
    }
  }

  visit(node: Node | undefined, scope: Scope): void {
    if (node === undefined) return;
    switch (node.type) {
      case 'FunctionDef': {
        this.all(node.decorators, scope);
        this.visit(node.returns, scope);
        this.bind(node.name, scope);
        for (const name of node.typeParameters) this.bind(name, scope);
        const inner = this.open('function', node, scope);
        this.parameters(node.parameters, inner, scope);
        this.statements(node.body, inner);
        break;
      }
      case 'Lambda': {
        const inner = this.open('function', node, scope);
        this.parameters(node.parameters, inner, scope);
        this.visit(node.body, inner);
        break;
      }
      case 'ClassDef': {
        this.all(node.decorators, scope);
        this.all(node.bases, scope);
        for (const keyword of node.keywords) this.visit(keyword.value, scope);
        this.bind(node.name, scope);
        for (const name of node.typeParameters) this.bind(name, scope);
        this.statements(node.body, this.open('class', node, scope, node.name));
        break;
      }
      case 'Return': case 'Expr': case 'Await': case 'YieldFrom': case 'Yield': case 'Starred': case 'Attribute': this.visit(node.value, scope); break;
      case 'Delete': for (const target of node.targets) this.target(target, scope); break;
      case 'Assign':
        this.visit(node.value, scope);
        for (const target of node.targets) this.target(target, scope);
        break;
      case 'AugAssign':
        this.visit(node.value, scope);
        this.visit(node.target, scope);
        this.target(node.target, scope);
        break;
      case 'AnnAssign':
        this.visit(node.value, scope);
        this.visit(node.annotation, scope);
        this.target(node.target, scope);
        break;
      case 'TypeAlias':
        this.bind(node.name, scope);
        for (const name of node.typeParameters) this.bind(name, scope);
        this.visit(node.value, scope);
        break;
      case 'For':
        this.visit(node.iterable, scope);
        this.target(node.target, scope);
        this.statements(node.body, scope);
        this.statements(node.orElse, scope);
        break;
      case 'While': case 'If':
        this.visit(node.test, scope);
        this.statements(node.body, scope);
        this.statements(node.orElse, scope);
        break;
      case 'With':
        for (const item of node.items) {
          this.visit(item.context, scope);
          if (item.target) this.target(item.target, scope);
        }
        this.statements(node.body, scope);
        break;
      case 'Match':
        this.visit(node.subject, scope);
        for (const matchCase of node.cases) {
          this.pattern(matchCase.pattern, scope);
          this.visit(matchCase.guard, scope);
          this.statements(matchCase.body, scope);
        }
        break;
      case 'Raise':
        this.visit(node.exception, scope);
        this.visit(node.cause, scope);
        break;
      case 'Try':
        this.statements(node.body, scope);
        for (const handler of node.handlers) {
          this.visit(handler.exception, scope);
          if (handler.name !== undefined) this.bind(handler.name, scope);
          this.statements(handler.body, scope);
        }
        this.statements(node.orElse, scope);
        this.statements(node.finallyBody, scope);
        break;
      case 'Assert':
        this.visit(node.test, scope);
        this.visit(node.message, scope);
        break;
      case 'Import':
        for (const alias of node.names) this.bind(alias.asName ?? alias.name.split('.')[0], scope);
        break;
      case 'ImportFrom':
        for (const alias of node.names) if (alias.name !== '*') this.bind(alias.asName ?? alias.name, scope);
        break;
      case 'Global': for (const name of node.names) scope.globals.add(scope.mangle(name)); break;
      case 'Nonlocal':
        for (const name of node.names) {
          scope.nonlocals.add(scope.mangle(name));
          scope.uses.add(scope.mangle(name));
        }
        break;
      case 'BoolOp': this.all(node.values, scope); break;
      case 'NamedExpr': {
        this.visit(node.value, scope);
        // binds outside the comprehensions around it
        let holder = scope;
        while (holder.comprehension) holder = holder.parent!;
        this.bind(node.target.name, holder);
        if (holder !== scope) this.use(node.target.name, scope);
        break;
      }
      case 'BinOp': this.visit(node.left, scope); this.visit(node.right, scope); break;
      case 'UnaryOp': this.visit(node.operand, scope); break;
      case 'IfExp': this.visit(node.test, scope); this.visit(node.body, scope); this.visit(node.orElse, scope); break;
      case 'Dict': this.all(node.keys, scope); this.all(node.values, scope); break;
      case 'Set': case 'List': case 'Tuple': this.all(node.elements, scope); break;
      case 'ListComp': case 'SetComp': case 'GeneratorExp': this.comprehension(node, [node.element], scope); break;
      case 'DictComp': this.comprehension(node, [node.key, node.value], scope); break;
      case 'Compare': this.visit(node.left, scope); this.all(node.comparators, scope); break;
      case 'Call':
        this.visit(node.function, scope);
        this.all(node.arguments, scope);
        for (const keyword of node.keywords) this.visit(keyword.value, scope);
        break;
      case 'JoinedStr': this.joined(node, scope); break;
      case 'Subscript': this.visit(node.value, scope); this.visit(node.index, scope); break;
      case 'Slice': this.visit(node.lower, scope); this.visit(node.upper, scope); this.visit(node.step, scope); break;
      case 'Name': this.use(node.name, scope); break;
      default:
    }
  }

  joined(node: syntax.JoinedStr, scope: Scope): void {
    for (const part of node.parts) {
      if (typeof part === 'string') continue;
      this.visit(part.value, scope);
      if (part.format) this.joined(part.format, scope);
    }
  }
}

/** Every parameter, in the order of the frame's first slots. */
export function listParameters(parameters: syntax.Parameters): syntax.Parameter[] {
  const { positionalOnly, positional, keywordOnly, variadic, keywords } = parameters;
  return [...positionalOnly, ...positional, ...keywordOnly, ...(variadic ? [variadic] : []), ...(keywords ? [keywords] : [])];
}

/** Finds the frame that binds a name, and makes it a cell there and a free variable in the frames between. */
function capture(from: Scope, name: string): void {
  const crossed: Scope[] = [];
  for (let at: Scope | undefined = from; at !== undefined; at = at.parent) {
    if (at.globals.has(name)) return;
    const binds = at.bound.has(name) && !at.nonlocals.has(name);
    if (at.kind === 'module') return;
    if (at.kind === 'class') {
      if (name === '__class__' && crossed.length > 0) {
        at.captured.add(name);
        break;
      }
      if (at === from && binds) {
        // a class body may read a name from outside before it binds it, but only from globals
        return;
      }
      crossed.push(at);
    } else if (binds) {
      if (crossed.length > 0) at.captured.add(name);
      break;
    } else if (at.kind === 'function') {
      crossed.push(at);
    }
    if (at.parent === undefined || at.parent.kind === 'module') return;
  }
  for (const scope of crossed) if (!scope.free.includes(name)) scope.free.push(name);
}
