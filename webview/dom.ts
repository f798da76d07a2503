/** Making elements without markup text: names of models and files come from anywhere, and the content policy forbids inline styles. */

export type Child = Node | string | undefined | false;
type Attribute = string | number | boolean | undefined;
type Listener = (event: never) => void;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An HTML element; attributes that are `on…` functions are listeners, `true` sets an empty attribute, `false` and undefined none. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Record<string, Attribute | Listener> = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Record<string, Attribute | Listener> = {}, ...children: Child[]): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

export function fill<E extends Element>(element: E, attributes: Record<string, Attribute | Listener>, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as unknown as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

/** Sets or removes attributes; `false` and undefined remove. */
export function attributes(element: Element, values: Record<string, Attribute>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Whether the user asks for little motion. */
export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
}

let announcer: HTMLElement | undefined;

/** Tells a screen reader something that sighted users see change. */
export function announce(text: string): void {
  if (!announcer) {
    announcer = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    document.body.append(announcer);
  }
  announcer.textContent = text;
}
