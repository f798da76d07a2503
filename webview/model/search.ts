import { keyConfiguration, outputShape } from './describe.ts';
import type { Item, Outline } from './outline.ts';
import { descendants } from './outline.ts';

const texts = new WeakMap<Item, string>();

/**
 * Items whose name, path, type, configuration or output shape hold every word of the query, in order of execution.
 * Shapes are found however they are written: `(None, 8, 8)`, `8x8`, `8,8`.
 */
export function search(outline: Outline, query: string): Item[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const found: Item[] = [];
  const inner: Item[] = [];
  for (const item of descendants(outline.root)) {
    let text = texts.get(item);
    if (text === undefined) {
      text = `${item.name} ${item.layer?.path ?? ''} ${item.type} ${keyConfiguration(item)} ,${shapeText(outputShape(outline.graph, item))},`.toLowerCase();
      texts.set(item, text);
    }
    if (!words.every((word) => text.includes(word))) continue;
    if (item.kind === 'operator' && item.parent?.parent && !item.parent.group) inner.push(item);
    else found.push(item);
  }
  // what goes on inside a single layer is found only where nothing else is
  return found.length > 0 ? found : inner;
}

function wordsOf(query: string): string[] {
  const shape = /^\(?\s*(\w+\s*([,x×*]\s*\w+\s*)+),?\s*\)?$/i.exec(query.trim());
  // 8x8 stands for whole dimensions: 18,8 is another shape
  if (shape && /\d|none/i.test(query)) return [`,${shapeText(shape[1].replace(/[x×*]/gi, ','))},`.toLowerCase()];
  return query.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

function shapeText(text: string): string {
  return text.replace(/[\s()]/g, '').replace(/,$/, '');
}
