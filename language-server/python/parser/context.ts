import type { BrokenExpression, Span, SyntaxFault } from '../syntax.ts';
import type { RawNode } from './tree.ts';

/** What a conversion of one file carries along. */
export interface Context {
  /** The user's text, not the repaired one: names and literals are read from it. */
  readonly text: string;
  /** Whether the concrete tree has no fault, which spares looking for them. */
  readonly clean: boolean;
  /** Offsets that the repair pass blanked, in order. */
  readonly repaired: readonly number[];
  readonly faults: SyntaxFault[];
  /** The functions around the node being converted: whether each contains `yield`. */
  readonly functions: { isGenerator: boolean }[];
}

export function fault(context: Context, span: Span, message: string): void {
  context.faults.push({ start: span.start, end: span.end, message });
}

export function textOf(context: Context, node: RawNode): string {
  return context.text.slice(node.start, node.end);
}

/** An identifier as Python compares it: in Unicode's compatibility form. */
export function identifier(context: Context, node: RawNode): string {
  const name = textOf(context, node);
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(name) ? name : name.normalize('NFKC');
}

export function broken(span: Span, message = 'invalid syntax'): BrokenExpression {
  return { type: 'BrokenExpression', start: span.start, end: span.end, message };
}

/** Parts of an expression that are no expressions themselves: a fault in them is a fault of the expression. */
const parts = new Set([
  'argument_list', 'pair', 'keyword_argument', 'for_in_clause', 'if_clause', 'lambda_parameters', 'slice', 'dictionary_splat', 'list_splat',
  'interpolation', 'format_specifier', 'format_expression', 'type', 'default_parameter', 'type_parameter', 'generic_type', 'expression_list',
]);

/** Whether the fault is in this expression's own structure, not in one inside it. */
export function isDamaged(context: Context, node: RawNode): boolean {
  if (context.clean) return false;
  if (node.kind === 'ERROR' || node.missing) return true;
  for (const child of node.children) {
    if (child.kind === 'ERROR' || child.missing) return true;
    if (parts.has(child.kind) && isDamaged(context, child)) return true;
  }
  return false;
}
