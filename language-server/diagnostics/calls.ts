import type * as syntax from '../python/source/syntax.ts';

/** The call expression that stands exactly at a span, or the innermost one that holds it. */
export function callAt(tree: syntax.Module, span: syntax.Span): syntax.Call | undefined {
  let found: syntax.Call | undefined;
  visit(tree, span, (node) => {
    if (node.type === 'Call') found = node as unknown as syntax.Call;
  });
  return found;
}

interface Node extends syntax.Span { readonly type: string }

/** Visits the nodes that hold the span, outermost first. */
export function visit(node: syntax.Span & { readonly type: string }, span: syntax.Span, at: (node: Node) => void): void {
  if (node.start > span.start || node.end < span.end) return;
  at(node);
  for (const child of childrenOf(node)) visit(child, span, at);
}

/** The nodes directly under a node, in any order. */
export function childrenOf(node: object): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) collect(value, children);
  return children;
}

function collect(value: unknown, into: Node[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value && 'start' in value) into.push(value as Node);
    // parts without a type of their own: parameters, keywords, handlers, comprehensions
    else for (const inner of Object.values(value)) collect(inner, into);
  }
}
