import type { Expression, FormattedValue, JoinedStr, Span } from '../syntax.ts';
import { broken, fault, textOf } from './context.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import { decodeFormatText, decodeString, stringKind } from './literals.ts';
import type { StringKind } from './literals.ts';
import type { RawNode } from './tree.ts';

type Parts = (string | FormattedValue)[];

/** A single string literal. */
export function string(context: Context, node: RawNode): Expression {
  return combine(context, node, [node]);
}

/** Literals that stand side by side are one. */
export function strings(context: Context, node: RawNode): Expression {
  return combine(context, node, node.children);
}

function combine(context: Context, span: Span, literals: readonly RawNode[]): Expression {
  const { start, end } = span;
  const parts: Parts = [];
  let formatted = false;
  let bytes = 0;
  for (const literal of literals) {
    const kind = stringKind(textOf(context, literal.children[0]));
    formatted ||= kind.formatted;
    if (kind.bytes) bytes++;
    literalParts(context, literal, kind, parts);
  }
  if (bytes !== 0 && bytes !== literals.length) {
    fault(context, span, 'cannot mix bytes and nonbytes literals');
    return broken(span, 'cannot mix bytes and nonbytes literals');
  }
  if (formatted) return { type: 'JoinedStr', start, end, parts: merge(parts) };
  return { type: 'Constant', start, end, value: { kind: bytes ? 'bytes' : 'str', value: parts.join('') } };
}

function literalParts(context: Context, node: RawNode, kind: StringKind, parts: Parts): void {
  const [opening] = node.children;
  // the end's node may take an escaped quote along, so only its own end is to be relied on
  const quotes = /(["'])\1\1$/.test(textOf(context, opening)) ? 3 : 1;
  const end = node.end - quotes;
  if (!kind.formatted) parts.push(decodeString(context.text.slice(opening.end, end), kind));
  else fill(context, node.children.slice(1, -1), opening.end, end, kind, parts);
}

/** The text between `start` and `end`, with what the nodes interpolate in their places. */
function fill(context: Context, nodes: readonly RawNode[], start: number, end: number, kind: StringKind, parts: Parts): void {
  let from = start;
  for (const node of nodes) {
    if (node.kind !== 'interpolation' && node.kind !== 'format_expression') continue;
    parts.push(decodeFormatText(context.text.slice(from, node.start), kind));
    interpolation(context, node, kind, parts);
    from = node.end;
  }
  parts.push(decodeFormatText(context.text.slice(from, end), kind));
}

function interpolation(context: Context, node: RawNode, kind: StringKind, parts: Parts): void {
  const [opening, inner] = node.children;
  const equals = node.children.find((child, i) => i > 1 && child.kind === '=');
  const conversionNode = node.children.find((child) => child.kind === 'type_conversion');
  const specifier = node.children.find((child) => child.kind === 'format_specifier');
  const after = conversionNode ?? specifier ?? node.children[node.children.length - 1];
  if (equals) parts.push(context.text.slice(opening.end, after.start));
  let conversion: FormattedValue['conversion'];
  if (conversionNode) {
    const letter = textOf(context, conversionNode).slice(1);
    if (letter === 's' || letter === 'r' || letter === 'a') conversion = letter;
    else fault(context, conversionNode, `f-string: invalid conversion character '${letter}': expected 's', 'r', or 'a'`);
  } else if (equals && !specifier) conversion = 'r';
  let format: JoinedStr | undefined;
  if (specifier) {
    const inside: Parts = [];
    fill(context, specifier.children, specifier.start + 1, specifier.end, kind, inside);
    format = { type: 'JoinedStr', start: specifier.start, end: specifier.end, parts: merge(inside) };
  }
  parts.push({ type: 'FormattedValue', start: node.start, end: node.end, value: expression(context, inner), conversion, format });
}

/** Neighbouring texts as one, none of them empty. */
function merge(parts: Parts): Parts {
  const result: Parts = [];
  for (const part of parts) {
    const last = result[result.length - 1];
    if (typeof part !== 'string') result.push(part);
    else if (part === '') continue;
    else if (typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}
