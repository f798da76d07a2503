import { svg } from './dom.ts';

/** Outlines on a grid of 16, stroke 1.25. */
const outlines = {
  fit: 'M2.5 5.5v-3h3 M10.5 2.5h3v3 M13.5 10.5v3h-3 M5.5 13.5h-3v-3',
  plus: 'M8 3v10 M3 8h10',
  minus: 'M3 8h10',
  expand: 'M4.5 6 8 2.5 11.5 6 M4.5 10 8 13.5 11.5 10',
  collapse: 'M4.5 2.5 8 6 11.5 2.5 M4.5 13.5 8 10 11.5 13.5',
  search: 'M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0z M10 10l3.5 3.5',
  next: 'M8 3v10 M4 9l4 4 4-4',
  previous: 'M8 13V3 M4 7l4-4 4 4',
  close: 'M3.5 3.5l9 9 M12.5 3.5l-9 9',
  save: 'M8 2.5v8 M4.5 7.5 8 11l3.5-3.5 M2.5 13.5h11',
  error: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z M6 6l4 4 M10 6l-4 4',
  warning: 'M8 2.5 14 13.5H2z M8 6.5v3.5 M8 11.5v.5',
  information: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z M8 7.5v3.5 M8 5v.5',
  gap: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z M6.2 6.3A1.8 1.8 0 1 1 8 8.3v1 M8 11v.5',
  run: 'M4.5 3v10l8-5z',
  stop: 'M4 4h8v8H4z',
  source: 'M5.5 4 2 8l3.5 4 M10.5 4 14 8l-3.5 4',
  open: 'M2.5 4.5v8h11v-6.5h-6l-1.5-1.5z',
  random: 'M3 3h10v10H3z M5.8 5.8h.4 M9.8 9.8h.4 M9.8 5.8h.4 M5.8 9.8h.4',
  draw: 'M3 13l.8-3L11 2.8 13.2 5 6 12.2z',
  erase: 'M3 10.5 9 4.5l4 4-4.5 4.5H5.5z M6 7.5l4 4',
  chevron: 'M6 4l4 4-4 4',
} as const;

export type IconName = keyof typeof outlines;

export function icon(name: IconName): SVGSVGElement {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, svg('path', { d: outlines[name] }));
}

/** The outline alone, for drawing inside another picture. */
export function outline(name: IconName): string {
  return outlines[name];
}
