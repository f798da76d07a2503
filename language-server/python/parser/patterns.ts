import type { Expression, Pattern } from '../syntax.ts';
import { fault, identifier, isDamaged, textOf } from './context.ts';
import type { Context } from './context.ts';
import { dottedName, expression } from './expressions.ts';
import type { RawNode } from './tree.ts';

/** The patterns of a case: one alone, or a sequence where commas stand between or after them. */
export function casePattern(context: Context, parts: readonly RawNode[]): Pattern {
  const patterns = parts.filter((part) => part.kind === 'case_pattern');
  if (parts.length === 1) return pattern(context, patterns[0]);
  return {
    type: 'MatchSequence', start: parts[0].start, end: parts[parts.length - 1].end, patterns: patterns.map((each) => pattern(context, each)),
  };
}

function pattern(context: Context, node: RawNode): Pattern {
  const { start, end, children } = node;
  if (isDamaged(context, node)) return { type: 'MatchValue', start, end, value: { type: 'BrokenExpression', start, end, message: 'invalid syntax' } };
  switch (node.kind) {
    case 'case_pattern':
      if (children[0].kind === '-') return { type: 'MatchValue', start, end, value: value(context, children, start, end) };
      return pattern(context, children[0]);
    case 'as_pattern': return { type: 'MatchAs', start, end, pattern: pattern(context, children[0]), name: identifier(context, children[2]) };
    case 'dotted_name': {
      if (children.length > 1) return { type: 'MatchValue', start, end, value: dottedName(context, node) };
      const name = identifier(context, children[0]);
      return name === '_' ? { type: 'MatchAs', start, end } : { type: 'MatchAs', start, end, name };
    }
    case '_': return { type: 'MatchAs', start, end };
    case 'true': return { type: 'MatchSingleton', start, end, value: true };
    case 'false': return { type: 'MatchSingleton', start, end, value: false };
    case 'none': return { type: 'MatchSingleton', start, end, value: null };
    case 'union_pattern': return { type: 'MatchOr', start, end, patterns: alternatives(context, node) };
    case 'list_pattern': return { type: 'MatchSequence', start, end, patterns: named(node).map((each) => pattern(context, each)) };
    case 'tuple_pattern': {
      const inside = named(node);
      if (inside.length === 1 && children.length === 3) return pattern(context, inside[0]);
      return { type: 'MatchSequence', start, end, patterns: inside.map((each) => pattern(context, each)) };
    }
    case 'splat_pattern': {
      const name = textOf(context, children[1]);
      return name === '_' ? { type: 'MatchStar', start, end } : { type: 'MatchStar', start, end, name };
    }
    case 'dict_pattern': return mapping(context, node);
    case 'class_pattern': return classPattern(context, node);
    default: return { type: 'MatchValue', start, end, value: value(context, [node], start, end) };
  }
}

function named(node: RawNode): readonly RawNode[] {
  return node.children.filter((child) => child.named);
}

/** The alternatives of `a | -1 | b`: a minus sign stands before its number as a node of its own. */
function alternatives(context: Context, node: RawNode): Pattern[] {
  return splitAt(node.children, '|').map((nodes) => simple(context, nodes));
}

function simple(context: Context, nodes: readonly RawNode[]): Pattern {
  if (nodes.length === 1) return pattern(context, nodes[0]);
  const { start } = nodes[0];
  const { end } = nodes[nodes.length - 1];
  return { type: 'MatchValue', start, end, value: value(context, nodes, start, end) };
}

/** A literal pattern: a constant, with a sign, or a complex number written as a sum. */
function value(context: Context, nodes: readonly RawNode[], start: number, end: number): Expression {
  if (nodes.length === 1 && nodes[0].kind === 'complex_pattern') return value(context, nodes[0].children, start, end);
  const sum = nodes.findIndex((node, i) => i > 0 && (node.kind === '+' || node.kind === '-'));
  if (sum > 0) {
    const left = value(context, nodes.slice(0, sum), start, nodes[sum - 1].end);
    return { type: 'BinOp', start, end, left, operator: nodes[sum].kind as '+' | '-', right: expression(context, nodes[sum + 1]) };
  }
  if (nodes[0].kind === '-') return { type: 'UnaryOp', start, end, operator: '-', operand: expression(context, nodes[1]) };
  return expression(context, nodes[0]);
}

function mapping(context: Context, node: RawNode): Pattern {
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest: string | undefined;
  for (const entry of splitAt(node.children.slice(1, -1), ',')) {
    if (entry.length === 0) continue;
    if (entry[0].kind === 'splat_pattern') {
      rest = textOf(context, entry[0].children[1]);
      continue;
    }
    const colon = entry.findIndex((child) => child.kind === ':');
    const key = entry.slice(0, colon);
    const [first] = key;
    keys.push(first.kind === 'dotted_name' ? dottedName(context, first) : value(context, key, first.start, key[key.length - 1].end));
    patterns.push(pattern(context, entry[colon + 1]));
  }
  return { type: 'MatchMapping', start: node.start, end: node.end, keys, patterns, rest };
}

function classPattern(context: Context, node: RawNode): Pattern {
  const patterns: Pattern[] = [];
  const keywordNames: string[] = [];
  const keywordPatterns: Pattern[] = [];
  for (const child of node.children.slice(1)) {
    if (child.kind !== 'case_pattern') continue;
    const inner = child.children[0];
    if (inner.kind === 'keyword_pattern') {
      keywordNames.push(identifier(context, inner.children[0]));
      keywordPatterns.push(simple(context, inner.children.slice(2)));
    } else {
      if (keywordNames.length > 0) fault(context, child, 'positional patterns follow keyword patterns');
      patterns.push(pattern(context, child));
    }
  }
  return { type: 'MatchClass', start: node.start, end: node.end, class: dottedName(context, node.children[0]), patterns, keywordNames, keywordPatterns };
}

function splitAt(nodes: readonly RawNode[], kind: string): RawNode[][] {
  const result: RawNode[][] = [[]];
  for (const node of nodes) {
    if (node.kind === kind && !node.named) result.push([]);
    else result[result.length - 1].push(node);
  }
  return result;
}
