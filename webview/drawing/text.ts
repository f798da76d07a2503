import { svg } from '../dom.ts';

/** The kinds of text in the drawing; their fonts are set in the style sheet, once. */
export type TextStyle = 'type' | 'name' | 'detail' | 'shape' | 'amount';

let context: CanvasRenderingContext2D | null = null;
const fonts = new Map<TextStyle, string>();
const widths = new Map<string, number>();

/** Forgets all widths: the theme's fonts changed. */
export function forgetFonts(): void {
  fonts.clear();
  widths.clear();
}

/** The width of a text in the drawing's own units. */
export function textWidth(text: string, style: TextStyle): number {
  const key = `${style}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement('canvas').getContext('2d');
    if (!context) return text.length * 7;
    context.font = fontOf(style);
    width = context.measureText(text).width;
    if (widths.size > 50_000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** The text, cut with an ellipsis where it is wider than `room`. */
export function fitted(text: string, style: TextStyle, room: number): string {
  if (textWidth(text, style) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${text.slice(0, middle)}…`, style) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
}

function fontOf(style: TextStyle): string {
  let font = fonts.get(style);
  if (font === undefined) {
    const sample = svg('text', { class: style });
    const holder = svg('svg', { class: 'scene hidden' }, sample);
    document.body.append(holder);
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(sample);
    font = `${fontWeight} ${fontSize} ${fontFamily}`;
    holder.remove();
    fonts.set(style, font);
  }
  return font;
}
