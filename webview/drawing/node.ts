import { svg } from '../dom.ts';
import { outline as iconOutline } from '../icons.ts';
import { countText, keyConfiguration, outputShape, parameterCount, plural, valueShape } from '../model/describe.ts';
import type { Kind } from '../model/kinds.ts';
import { kindOf } from '../model/kinds.ts';
import type { Item } from '../model/outline.ts';
import { isModelFile } from '../model/outline.ts';
import type { Issue } from '../model/places.ts';
import { gravest } from '../model/places.ts';
import type { PlacedNode } from '../layout/scene.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { fitted, textWidth } from './text.ts';

/** What a drawing needs to know besides the scene. */
export interface Drawing {
  readonly graph: LayerGraph;
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
}

const margin = 12;
const layerWidth = 240;
const operatorWidth = 184;

/** The size of a closed item. Few widths serve all, so columns are straight and equal blocks have equal layouts. */
export function measure(graph: LayerGraph, item: Item): { width: number; height: number } {
  if (item.kind === 'input' || item.kind === 'output') {
    const wanted = textWidth(boundaryName(graph, item), 'type') + textWidth(outputShape(graph, item), 'shape') + 3 * margin + 12;
    return { width: Math.min(400, Math.max(160, Math.ceil(wanted / 40) * 40)), height: 32 };
  }
  const shape = textWidth(outputShape(graph, item), 'shape') + 2 * margin;
  if (item.kind === 'operator' && item.parent?.parent) return { width: shape > operatorWidth ? layerWidth : operatorWidth, height: 44 };
  const wanted = shape + textWidth(amount(graph, item), 'amount') + margin;
  const width = wanted <= layerWidth ? layerWidth : Math.min(400, Math.ceil(wanted / 40) * 40);
  return { width, height: detail(item) === '' ? 48 : 64 };
}

/** The kind that colours an item: a group is a container whatever its name says. */
export function itemKind(item: Item): Kind {
  if (item.kind === 'input' || item.kind === 'output') return 'boundary';
  if (item.operator?.type === 'Unknown') return 'gap';
  return item.group ? 'container' : kindOf(item.type);
}

/** What a screen reader says of an item. */
export function spoken(graph: LayerGraph, item: Item, issues: readonly Issue[] = []): string {
  const parts = [item.type, item.name];
  if (item.kind === 'layer') parts.push(detail(item), `output ${outputShape(graph, item)}`, `${amount(graph, item) || 'no parameters'}`);
  else parts.push(outputShape(graph, item));
  for (const issue of issues) parts.push(`${issue.severity}: ${issue.message}`);
  return parts.filter((part) => part !== '').join(', ');
}

/** Draws a node with its upper left corner at the origin of its own group. */
export function drawNode(node: PlacedNode, { graph, issues }: Drawing): SVGGElement {
  const { item, width, height, open } = node;
  const own = issues.get(item.key) ?? [];
  const gravity = gravest(own);
  const group = svg('g', {
    class: `node ${item.kind} ${open ? 'open' : 'closed'} kind-${itemKind(item)}${gravity ? ` has-${gravity}` : ''}`,
    transform: `translate(${node.x} ${node.y})`, 'data-key': item.key, id: elementId(item.key), role: 'img', 'aria-label': spoken(graph, item, own),
  });
  if (item.kind === 'input' || item.kind === 'output') drawBoundary(group, node, graph, item.kind === 'output' ? own.find(({ severity }) => severity === 'error') : undefined);
  else if (open) drawOpen(group, node, graph);
  else drawClosed(group, node, graph);
  if (gravity) group.append(badge(gravity, width, own.map(({ message }) => message).join('\n')));
  group.append(svg('rect', { class: 'ring', x: -3, y: -3, width: width + 6, height: height + 6, rx: item.kind === 'input' || item.kind === 'output' ? height / 2 + 3 : 9 }));
  return group;
}

/** A document-wide id for the element of an item. */
export function elementId(key: string): string {
  return `node-${encodeURIComponent(key)}`;
}

/** An input, an output, or, where a call raised, the end of what could be built, with the error under it. */
function drawBoundary(group: SVGGElement, { item, width, height }: PlacedNode, graph: LayerGraph, fault: Issue | undefined): void {
  const shape = valueShape(graph, item.kind === 'input' ? item.outputs[0] : item.inputs[0]);
  group.append(svg('rect', { class: 'card', width, height, rx: height / 2 }));
  if (fault) group.append(svg('text', { class: 'type', x: width / 2, y: 20, 'text-anchor': 'middle' }, 'fails here'));
  else group.append(text('type', 16, 20, fitted(boundaryName(graph, item), 'type', width - textWidth(shape, 'shape') - 3 * margin - 4)), text('shape', width - 16, 20, shape, 'end'));
  if (fault) group.append(svg('text', { class: 'fault', x: width / 2, y: height + 20, 'text-anchor': 'middle' }, fitted(fault.message, 'detail', 440), svg('title', {}, fault.message)));
}

function drawClosed(group: SVGGElement, { item, width, height }: PlacedNode, graph: LayerGraph): void {
  if (item.group) group.append(svg('rect', { class: 'card behind', x: 6, y: 6, width: width - 12, height: height - 2, rx: 6 }));
  group.append(
    svg('rect', { class: 'card', width, height, rx: 6 }),
    svg('path', { class: 'mark', d: `M6 0H4V${height}H6A6 6 0 0 1 0 ${height - 6}V6A6 6 0 0 1 6 0Z` }),
  );
  const shape = outputShape(graph, item);
  // the sign of a leaf layer moves its name aside when the pointer is near, into the gap behind the type: the rest of the way is kept free
  const expander = item.group ? 20 : 0;
  const spare = item.group ? 20 : item.children.length > 0 ? 20 - margin : 0;
  const type = fitted(item.type, 'type', width - 2 * margin - expander);
  group.append(text('type', margin, 20, type));
  if (item.kind === 'operator' && item.parent?.parent) {
    group.append(text('shape', margin, 36, fitted(shape, 'shape', width - 2 * margin)));
    const room = width - textWidth(type, 'type') - 3 * margin;
    group.append(text('name', width - margin, 20, fitted(detail(item), 'name', room), 'end'));
  } else {
    const room = width - textWidth(type, 'type') - 3 * margin - spare;
    if (item.kind !== 'operator' || isModelFile(graph)) group.append(text('name', width - margin - expander, 20, fitted(item.name, 'name', room), 'end'));
    const line = detail(item);
    if (line !== '') group.append(text('detail', margin, 37, fitted(line, 'detail', width - 2 * margin)));
    const total = amount(graph, item);
    group.append(text('shape', margin, height - 10, fitted(shape, 'shape', width - 3 * margin - textWidth(total, 'amount'))));
    if (total !== '') group.append(text('amount', width - margin, height - 10, total, 'end'));
  }
  if (item.children.length > 0) group.append(expanderButton(width, false));
}

function drawOpen(group: SVGGElement, { item, width, height }: PlacedNode, graph: LayerGraph): void {
  const type = fitted(item.type, 'type', width - 60);
  const left = 16 + textWidth(type, 'type') + 8;
  const total = amount(graph, item);
  const right = total !== '' && width - left - 40 > textWidth(total, 'amount') + 8 ? textWidth(total, 'amount') + 8 : 0;
  group.append(
    svg('rect', { class: 'frame', width, height, rx: 8 }),
    svg('rect', { class: 'header', x: 1, y: 1, width: width - 2, height: 26, rx: 7 }),
    text('type', 12, 18, type),
    text('name', left - 4, 18, item.name === item.type ? '' : fitted(item.name, 'name', width - left - 36 - right)),
    expanderButton(width, true),
  );
  if (right) group.append(text('amount', width - 36, 18, total, 'end'));
}

function expanderButton(width: number, open: boolean): SVGGElement {
  return svg('g', { class: 'expander', transform: `translate(${width - 28} ${open ? 2 : 4})` },
    svg('rect', { width: 24, height: 24, rx: 4 }),
    svg('path', { d: open ? 'M7 10h10M7 14h10' : 'M12 7v10M7 12h10', class: open ? 'shut' : '' }),
    svg('title', {}, open ? 'Collapse' : 'Expand'));
}

function badge(severity: Issue['severity'], width: number, message: string): SVGGElement {
  const shape = severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : severity === 'gap' ? 'gap' : 'information';
  return svg('g', { class: `badge ${severity}`, transform: `translate(${width - 10} -9)` },
    svg('circle', { cx: 8, cy: 8, r: 9 }), svg('path', { d: iconOutline(shape) }), svg('title', {}, message));
}

function text(style: string, x: number, y: number, content: string, anchor?: 'end'): SVGTextElement {
  return svg('text', { class: style, x, y, 'text-anchor': anchor }, content);
}

/** The line under the type: the configuration, or what a group holds. */
function detail(item: Item): string {
  const own = keyConfiguration(item);
  if (own !== '' || !item.group) return item.operator?.reason ?? own;
  const layers = item.children.filter(({ kind }) => kind === 'layer').length;
  return plural(layers, 'layer');
}

/** A single output needs no name: the analysis made it up. */
function boundaryName(graph: LayerGraph, item: Item): string {
  return item.kind === 'output' && graph.outputs.length === 1 && !isModelFile(graph) ? 'output' : item.name;
}

/** `1,792 params`; empty where there are none. */
function amount(graph: LayerGraph, item: Item): string {
  if (!item.layer) return '';
  const total = parameterCount(graph, item.layer.id);
  return total === 0 ? '' : `${countText(total)} params`;
}
