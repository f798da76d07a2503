import type { TreeCursor } from 'web-tree-sitter';
import { grammar } from './grammar.ts';

/** A node of the concrete tree, copied out of wasm once; comments are left out. */
export interface RawNode {
  readonly kind: string;
  /** False for keywords and punctuation. */
  readonly named: boolean;
  /** Whether the parser put it in to recover from a fault. */
  readonly missing: boolean;
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
}

export interface RawTree {
  readonly root: RawNode;
  /** Whether the text parsed without a fault. */
  readonly clean: boolean;
}

/** Deeper nesting becomes an ERROR node: it would exhaust the stack of whoever walks the tree. */
const maximumDepth = 600;
const noChildren: readonly RawNode[] = [];
const skipped = new Set(['comment', 'line_continuation']);
/** Kinds that have no children of interest. */
const leaves = new Set(['identifier', 'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'string_start', 'string_content', 'string_end', 'type_conversion']);

const trimmed = /^(?:block|module|.*_(?:statement|definition|clause))$/;

export function parseTree(text: string): RawTree {
  const { parser } = grammar();
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  const cursor = tree.walk();
  const tooDeep = { found: false };
  const clean = !tree.rootNode.hasError;
  const root = copy(cursor, clean, 0, tooDeep);
  cursor.delete();
  tree.delete();
  return { root, clean: clean && !tooDeep.found };
}

function copy(cursor: TreeCursor, clean: boolean, depth: number, tooDeep: { found: boolean }): RawNode {
  const { kinds, named } = grammar();
  const id = cursor.nodeTypeId;
  const kind = kinds[id] ?? 'ERROR';
  const isNamed = named[id] ?? true;
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const missing = !clean && start === end && cursor.nodeIsMissing;
  if ((!isNamed && clean) || leaves.has(kind)) return { kind, named: isNamed, missing, start, end, children: noChildren };
  if (depth > maximumDepth) {
    tooDeep.found = true;
    return { kind: 'ERROR', named: true, missing: false, start, end, children: noChildren };
  }
  const children: RawNode[] = [];
  if (cursor.gotoFirstChild()) {
    do {
      const kindOfChild = kinds[cursor.nodeTypeId];
      if (!skipped.has(kindOfChild)) children.push(copy(cursor, clean, depth + 1, tooDeep));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  // a comment after a block's last statement is not part of it
  const last = trimmed.test(kind) ? children[children.length - 1] : undefined;
  return { kind, named: isNamed, missing, start, end: last ? last.end : end, children };
}
