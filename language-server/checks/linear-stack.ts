import type { LayerGraph } from '../../graph/graph.ts';
import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { consumersOf, leafCalls } from './graph-walk.ts';
import type { LeafCall } from './graph-walk.ts';

const linear: ReadonlySet<string> = new Set(['Gemm', 'MatMul', 'Add', 'Identity', 'Reshape', 'Transpose', 'Shape', 'Slice', 'Concat', 'Gather', 'Constant', 'Unsqueeze', 'Squeeze']);

/**
 * Two dense layers with nothing between them but dropout: together they can do no more than one. A first layer that is narrower
 * than both what goes in and what comes out is a bottleneck and may be meant.
 */
export const linearStack: Check = ({ file, models }) => models.flatMap(({ graph }) => {
  if (graph.gaps.length > 0) return [];
  const consumers = consumersOf(graph);
  const calls = leafCalls(graph);
  const byInput = new Map<number, LeafCall[]>();
  for (const call of calls) byInput.set(call.input, [...byInput.get(call.input) ?? [], call]);
  return calls.flatMap((first): Diagnostic[] => {
    if (!isDense(first) || !isLinear(first) || first.layer.location?.file !== file.path) return [];
    let { output } = first;
    for (;;) {
      const next = byInput.get(output);
      if (graph.outputs.includes(output) || next?.length !== 1 || consumers.get(output)?.some((operator) => operator.scope !== next[0].scope.id)) return [];
      const [call] = next;
      if (call.layer.type.includes('Dropout')) {
        ({ output } = call);
        continue;
      }
      if (!isDense(call) || call.layer.location?.file !== file.path || isBottleneck(graph, first, call)) return [];
      return [{
        severity: 'warning', code: 'linear-stack', location: first.layer.location,
        message: `No activation between ${nameOf(first)} and ${nameOf(call)}: two linear layers in a row can do no more than one. Add an activation, or drop one of them.`,
        related: [{ location: call.layer.location, message: `${nameOf(call)} follows` }],
      }];
    }
  });
});

function isDense({ layer }: LeafCall): boolean {
  return /^(Dense|Linear|LazyLinear)$/.test(layer.type);
}

/** Without an activation of its own. */
function isLinear({ operators }: LeafCall): boolean {
  return operators.length > 0 && operators.every(({ type }) => linear.has(type));
}

function isBottleneck(graph: LayerGraph, first: LeafCall, second: LeafCall): boolean {
  const width = (value: number): number => {
    const size = graph.values[value].type.shape?.at(-1);
    return typeof size === 'number' ? size : NaN;
  };
  const hidden = width(first.output);
  // NaN, an unknown width, counts as a bottleneck
  return !(hidden >= Math.min(width(first.input), width(second.output)));
}

function nameOf({ layer }: LeafCall): string {
  return layer.path === '' ? layer.type : `${layer.type} ${layer.path}`;
}
