import ELK from 'elkjs/lib/elk-api.js';
import type { ElkNode, ELK as Elk } from 'elkjs/lib/elk-api.js';
import type { Arrangement, Point, Problem } from './problem.ts';
import { gaps } from './problem.ts';

/** Lays out one problem in layers from top to bottom. */
export type Engine = (problem: Problem) => Promise<Arrangement>;

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(gaps.layer),
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': String(gaps.node),
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.separateConnectedComponents': 'false',
  // execution order decides where there is a choice, so small edits move little
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
};

/** The engine behind a worker. The first layout is the slow one, so a small one is run at once. */
export function elkEngine(starting: Promise<Worker>): Engine {
  const loading = starting.then((worker): Elk => new ELK({ workerFactory: () => worker, algorithms: ['layered'] }));
  const engine: Engine = async (problem) => fromElk(problem, await (await loading).layout(toElk(problem)));
  const dot = { width: 8, height: 8, inlets: [4], outlets: [4] };
  // a worker that does not start is reported by the first layout that needs it
  engine({ nodes: [dot, dot], edges: [{ from: 0, outlet: 0, to: 1, inlet: 0 }] }).catch(() => undefined);
  return engine;
}

function toElk({ nodes, edges }: Problem): ElkNode {
  const many = nodes.length > 150;
  return {
    id: 'root',
    layoutOptions: { ...options, 'elk.layered.nodePlacement.strategy': many ? 'SIMPLE' : 'BRANDES_KOEPF' },
    children: nodes.map((node, index) => ({
      id: `n${index}`,
      width: node.width,
      height: node.height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS', ...(node.border && { 'elk.layered.layering.layerConstraint': node.border === 'top' ? 'FIRST' : 'LAST' }), 'elk.alignment': 'TOP' },
      ports: [
        ...node.inlets.map((x, port) => ({ id: `i${index}.${port}`, x, y: 0, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'NORTH' } })),
        ...node.outlets.map((x, port) => ({ id: `o${index}.${port}`, x, y: node.height, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'SOUTH' } })),
      ],
    })),
    edges: edges.map((edge, index) => ({ id: `e${index}`, sources: [`o${edge.from}.${edge.outlet}`], targets: [`i${edge.to}.${edge.inlet}`] })),
  };
}

function fromElk(problem: Problem, result: ElkNode): Arrangement {
  const children = new Map(result.children?.map((child) => [child.id, child]));
  const edges = new Map(result.edges?.map((edge) => [edge.id, edge]));
  return {
    positions: problem.nodes.map((_, index) => ({ x: children.get(`n${index}`)?.x ?? 0, y: children.get(`n${index}`)?.y ?? 0 })),
    routes: problem.edges.map((_, index): Point[] => {
      const section = edges.get(`e${index}`)?.sections?.[0];
      return section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y })) : [];
    }),
  };
}

/** Starts the layout worker. A webview cannot start one from a resource URI, so the script is fetched and started from a Blob. */
export async function startWorker(script: string): Promise<Worker> {
  const answer = await fetch(script);
  if (!answer.ok) throw new Error(`The layout worker could not be loaded (${answer.status}).`);
  const url = URL.createObjectURL(new Blob([await answer.text()], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}
