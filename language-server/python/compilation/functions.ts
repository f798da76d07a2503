/** def, lambda and class statements: making code once, and function objects each time the definition runs. */
import { type Code, type Completion, type Evaluate, type Execute, type Frame, NORMAL, RETURN, type Resume } from './code.ts';
import { compile, type Context, within } from './expressions.ts';
import type { Keywords } from '../interpreter-api.ts';
import { cellIndex, listParameters } from './scope.ts';
import { compileBlock } from './statements.ts';
import { compileGeneratorBlock } from '../operations/generators.ts';
import type * as syntax from '../source/syntax.ts';
import { PyFunction, type Value } from '../values/index.ts';

export function makeCode(node: Code['node'], context: Context, name: string): Code {
  const known = codes.get(node);
  if (known) return known;
  const scope = context.unit.scopes.get(node)!;
  const inner = within(context, scope);
  const parameters: syntax.Parameters = 'parameters' in node ? node.parameters : { positionalOnly: [], positional: [], keywordOnly: [] };
  const listed = listParameters(parameters).map((parameter) => scope.mangle(parameter.name));
  const named = parameters.positionalOnly.length + parameters.positional.length + parameters.keywordOnly.length;
  let execute: Execute | undefined;
  let resume: Resume | undefined;
  const code: Code = {
    name,
    doc: 'body' in node && Array.isArray(node.body) ? docOf(node.body as readonly syntax.Statement[]) : null,
    unit: context.unit,
    scope,
    node,
    parameters: listed.slice(0, named),
    positionalOnlyCount: parameters.positionalOnly.length,
    positionalCount: parameters.positionalOnly.length + parameters.positional.length,
    keywordOnlyCount: parameters.keywordOnly.length,
    variadicSlot: parameters.variadic ? named : undefined,
    keywordsSlot: parameters.keywords ? named + (parameters.variadic ? 1 : 0) : undefined,
    sharedParameters: listed.flatMap((parameter, slot) => {
      const cell = scope.captured.has(parameter) ? scope.cells.get(parameter) : undefined;
      return cell === undefined ? [] : [{ slot, cell }];
    }),
    slotCount: scope.slotCount,
    freeCount: scope.free.length,
    cellCount: scope.cellCount,
    isGenerator: node.type === 'FunctionDef' && node.isGenerator || node.type === 'GeneratorExp' || node.type === 'Lambda' && containsYield(node.body),
    isAsync: node.type === 'FunctionDef' && node.isAsync,
    get execute() {
      return execute ??= compileBody(node, inner);
    },
    get resume() {
      return resume ??= node.type === 'FunctionDef' ? compileGeneratorBlock(node.body, inner)
        : compileGeneratorBlock([returnOf(node as syntax.Lambda)], inner);
    },
  };
  codes.set(node, code);
  return code;
}

// keyed by node: a tree that is kept across analyses keeps its compiled code
const codes = new WeakMap<object, Code>();

/** The body of a lambda as a statement. */
function returnOf(node: syntax.Lambda): syntax.Return {
  return {
    type: 'Return', value: node.body,
    get start() {
      return node.start;
    },
    get end() {
      return node.end;
    },
  };
}

function containsYield(node: syntax.Expression): boolean {
  return node.type === 'Yield' || node.type === 'YieldFrom';
}

function compileBody(node: Code['node'], inner: Context): Execute {
  if (node.type === 'Lambda') {
    const value = compile(node.body, inner);
    return (frame): Completion => {
      frame.returned = value(frame);
      return RETURN;
    };
  }
  return node.type === 'GeneratorExp' ? () => NORMAL : compileBlock(node.body, inner);
}

function docOf(body: readonly syntax.Statement[]): Value {
  const [first] = body;
  return first?.type === 'Expr' && first.value.type === 'Constant' && first.value.value.kind === 'str' ? first.value.value.value : null;
}

/** The function object; decorators are the statement's. */
export function compileFunction(node: syntax.FunctionDef | syntax.Lambda, context: Context): Evaluate {
  const { parameters } = node;
  const name = node.type === 'Lambda' ? '<lambda>' : node.name;
  const positional = [...parameters.positionalOnly, ...parameters.positional];
  const defaults = positional.filter((parameter) => parameter.default).map((parameter) => compile(parameter.default!, context));
  const keywordDefaults = parameters.keywordOnly.filter((parameter) => parameter.default)
    .map((parameter) => ({ name: parameter.name, value: compile(parameter.default!, context) }));
  let code: Code | undefined;
  return (frame) => {
    code ??= makeCode(node, context, name);
    const values = defaults.length === 0 ? noDefaults : defaults.map((evaluate) => evaluate(frame));
    let named: Keywords | undefined;
    if (keywordDefaults.length > 0) {
      named = new Map();
      for (const { name: parameter, value } of keywordDefaults) named.set(parameter, value(frame));
    }
    const closure = code.freeCount === 0 ? noCells : code.scope.free.map((free) => frame.cells[cellIndex(context.scope, free)]);
    return new PyFunction(code, frame.globals, closure, values, named, qualname(frame, name));
  };
}

const noDefaults: readonly Value[] = [];
const noCells: PyFunction['closure'] = [];

export function qualname(frame: Frame, name: string): string {
  if (frame.namespace !== undefined) return `${String(frame.namespace.get('__qualname__'))}.${name}`;
  if (frame.function !== undefined) return `${frame.function.qualname}.<locals>.${name}`;
  return name;
}
