/**
 * Lines in messages. A message that says `line 14` would have to be made anew whenever text before it is edited; so it says where the line
 * is, by a mark, and the mark becomes the number when the message is shown.
 */
import { NodePlace, type Place, type SourceFile } from '../interpreter-api.ts';
import type { Span } from '../source/syntax.ts';

const numbers = new WeakMap<Span, number>();
const places = new Map<number, { readonly node: WeakRef<Span>; readonly file: WeakRef<SourceFile> }>();
let marked = 0;

/** After so many marks, those of statements that are gone are forgotten. */
const sweepEvery = 10_000;

/** What stands in a message for the line that a place is on. */
export function lineMark({ file, node }: NodePlace): string {
  let number = numbers.get(node);
  if (number === undefined) {
    number = ++marked;
    numbers.set(node, number);
    places.set(number, { node: new WeakRef(node), file: new WeakRef(file) });
    if (marked % sweepEvery === 0) for (const [key, place] of places) if (place.node.deref() === undefined) places.delete(key);
  }
  return `\uE000${number}\uE001`;
}

/** A message with its lines as `lineOf` writes them now. */
export function withLines(message: string, lineOf: (place: Place) => string): string {
  if (!message.includes('\uE000')) return message;
  return message.replace(/\uE000(\d+)\uE001/g, (_, number: string) => {
    const known = places.get(Number(number));
    const [node, file] = [known?.node.deref(), known?.file.deref()];
    return node && file ? lineOf(new NodePlace(file, node)) : '?';
  });
}
