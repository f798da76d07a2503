import { formatShape } from '../dimension.ts';
import type { LayerGraph, Operator } from '../graph.ts';

/** The graph in Graphviz's language: listed layers as nodes, the layers that hold them as clusters, edges with shapes. */
export function dot(graph: LayerGraph): string {
  const inner = new Set(graph.layers.filter(({ listed }) => listed).flatMap(({ parent }) => ancestorsOf(graph, parent)));
  const lines = [`digraph ${quoted(graph.name)} {`, '  rankdir=TB;', '  node [shape=box, style=rounded, fontname="Helvetica"];', '  edge [fontname="Helvetica", fontsize=10];'];

  // each operator is drawn as the outermost call of a listed layer that holds no listed layers, else as itself
  const unitOf = new Map<number, string>();
  const clusters = new Map<number, { nodes: string[]; clusters: Set<number> }>([[0, { nodes: [], clusters: new Set() }]]);
  const cluster = (scope: number): { nodes: string[]; clusters: Set<number> } => {
    const known = clusters.get(scope);
    if (known) return known;
    const fresh = { nodes: [], clusters: new Set<number>() };
    clusters.set(scope, fresh);
    const { parent } = graph.scopes[scope];
    if (parent !== undefined) cluster(parent).clusters.add(scope);
    return fresh;
  };
  const drawn = new Set<string>();
  for (const operator of graph.operators) {
    const chain = scopeChain(graph, operator);
    const unit = chain.find((scope) => scope !== 0 && graph.layers[graph.scopes[scope].layer].listed && !inner.has(graph.scopes[scope].layer));
    const id = unit === undefined ? `operator_${operator.id}` : `call_${unit}`;
    for (const output of operator.outputs) unitOf.set(output, id);
    if (drawn.has(id)) continue;
    drawn.add(id);
    const home = unit === undefined ? operator.scope : graph.scopes[unit].parent ?? 0;
    const layer = unit === undefined ? undefined : graph.layers[graph.scopes[unit].layer];
    const label = layer ? (layer.name === layer.type ? layer.type : `${layer.name}\n${layer.type}`) : operator.type === 'Unknown' ? `?\n${operator.reason ?? ''}` : operator.type;
    cluster(home).nodes.push(`${id} [label=${quoted(label)}${layer ? '' : ', style="rounded,dashed"'}];`);
  }
  for (const input of graph.inputs) {
    unitOf.set(input, `input_${input}`);
    lines.push(`  input_${input} [label=${quoted(`${graph.values[input].name}\n${formatShape(graph.values[input].type.shape)}`)}, shape=ellipse];`);
  }

  const write = (scope: number, indent: string): void => {
    const content = clusters.get(scope)!;
    for (const node of content.nodes) lines.push(`${indent}${node}`);
    for (const child of content.clusters) {
      lines.push(`${indent}subgraph cluster_${child} {`, `${indent}  label=${quoted(graph.layers[graph.scopes[child].layer].name)};`);
      write(child, `${indent}  `);
      lines.push(`${indent}}`);
    }
  };
  write(0, '  ');

  const edges = new Set<string>();
  const connect = (value: number, to: string): void => {
    const from = unitOf.get(value);
    if (from === undefined || from === to) return;
    edges.add(`  ${from} -> ${to} [label=${quoted(formatShape(graph.values[value].type.shape))}];`);
  };
  for (const operator of graph.operators) {
    const to = unitOf.get(operator.outputs[0]);
    for (const input of operator.inputs) if (input !== undefined && to !== undefined) connect(input, to);
  }
  for (const output of graph.outputs) {
    lines.push(`  output_${output} [label=${quoted(graph.values[output].name)}, shape=ellipse];`);
    connect(output, `output_${output}`);
  }
  return [...lines, ...edges, '}', ''].join('\n');
}

function scopeChain(graph: LayerGraph, operator: Operator): number[] {
  const chain: number[] = [];
  for (let scope: number | undefined = operator.scope; scope !== undefined; scope = graph.scopes[scope].parent) chain.unshift(scope);
  return chain;
}

function ancestorsOf(graph: LayerGraph, layer: number | undefined): number[] {
  const above: number[] = [];
  for (let at = layer; at !== undefined; at = graph.layers[at].parent) above.push(at);
  return above;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
