import elkWorker from 'elkjs/lib/elk-worker.min.js';
import { parseHTML } from 'linkedom';
import type { LayerGraph } from '../graph/graph.ts';
import { drawEdge, drawLabel } from '../webview/drawing/edge.ts';
import { drawNode, measure } from '../webview/drawing/node.ts';
import { svg } from '../webview/dom.ts';
import { elkEngine } from '../webview/layout/engine.ts';
import { layOut } from '../webview/layout/scene.ts';
import { outline } from '../webview/model/outline.ts';

const MARGIN = 24;

/** The panel's drawing in colours of its own: a picture that stands in a document, dark where the reader's is dark. */
const STYLE = `
.paper { fill: #ffffff } text { fill: #24292f; font: 12px "Segoe UI", "Helvetica Neue", Arial, sans-serif }
.type { font-size: 13px; font-weight: 600 } .name, .detail, .amount { fill: #57606a } .amount { font-size: 11px }
.shape, .label { font-family: "SF Mono", Consolas, Menlo, monospace; font-size: 11px } .label { fill: #57606a; stroke: #ffffff; stroke-width: 3; paint-order: stroke }
.card { fill: #f6f8fa; stroke: #d0d7de } .frame { fill: #f6f8fa; fill-opacity: .5; stroke: #d0d7de } .header { fill: none }
.input .card, .output .card { fill: #ffffff; stroke: #57606a } .mark { fill: #8c959f }
.kind-convolution .mark { fill: #0969da } .kind-dense .mark { fill: #8250df } .kind-normalisation .mark { fill: #1a7f37 } .kind-activation .mark { fill: #bf8700 }
.kind-sequence .mark { fill: #bc4c00 } .kind-gap .card { stroke: #bf8700; stroke-dasharray: 4 3 }
.line { fill: none; stroke: #8c959f; stroke-width: 1.25 } .head { fill: #8c959f } .ring, .expander, .far { display: none }
@media (prefers-color-scheme: dark) {
.paper { fill: #1f2328 } text { fill: #e6edf3 } .name, .detail, .amount, .label { fill: #9198a1 } .label { stroke: #1f2328 }
.card, .frame { fill: #2a3036; stroke: #3d444d } .input .card, .output .card { fill: #1f2328; stroke: #9198a1 } }`;

/** The graph as an SVG picture, all groups open. */
export async function svgOf(graph: LayerGraph): Promise<string> {
  // the panel's drawing makes elements; here they are made in a document of linkedom's
  const { document } = parseHTML('<!DOCTYPE html><html><body></body></html>');
  Object.assign(globalThis, { document });
  const scene = await layOut(outline(graph), {
    isOpen: (item) => item.group,
    measure: (item) => measure(graph, item),
    engine: elkEngine(Promise.resolve(new elkWorker.Worker() as Worker)),
  });
  const drawing = { graph, issues: new Map() };
  const [width, height] = [scene.width + 2 * MARGIN, scene.height + 2 * MARGIN];
  const body = svg('g', { transform: `translate(${MARGIN} ${MARGIN})` },
    svg('g', {}, ...scene.nodes.filter(({ open }) => open).map((node) => drawNode(node, drawing))),
    svg('g', {}, ...scene.edges.map((edge) => drawEdge(edge))),
    svg('g', {}, ...scene.edges.filter(({ labelled, points }) => labelled && points.length > 0).map((edge) => drawLabel(edge, graph))),
    svg('g', {}, ...scene.nodes.filter(({ open }) => !open).map((node) => drawNode(node, drawing))));
  const root = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, svg('style', {}, STYLE), svg('rect', { class: 'paper', width, height }), body);
  for (const element of root.querySelectorAll('[data-key], [aria-label]')) for (const name of ['data-key', 'id', 'role', 'aria-label']) element.removeAttribute(name);
  return `${root.toString()}\n`;
}
