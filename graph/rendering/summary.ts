import { formatShape } from '../dimension.ts';
import type { LayerGraph } from '../graph.ts';
import { countParameters, formatCount, listLayers, type ListedLayer } from './layers.ts';

/** The table of layers that Keras's `model.summary()` made familiar, for a model of any framework. */
export function summary(graph: LayerGraph): string {
  const header = ['Layer', 'Type', 'Output shape', 'Parameters', 'Line'];
  const rows: string[][] = [];
  const visit = (layers: readonly ListedLayer[], depth: number): void => {
    for (const { layer, outputs, parameters, calls, layers: inner } of layers) {
      const name = graph.framework === 'torch' || graph.framework === 'mxnet' ? layer.path || layer.name : layer.name;
      rows.push([
        `${'  '.repeat(depth)}${name}${calls > 1 ? ` (${calls} calls)` : ''}`,
        layer.type,
        outputs.map(({ shape }) => formatShape(shape)).join(', ') || '-',
        formatCount(parameters),
        layer.location ? String(layer.location.line) : '',
      ]);
      visit(inner, depth + 1);
    }
  };
  visit(listLayers(graph), 0);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => (column >= 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const { total, trainable, nonTrainable } = countParameters(graph);
  const describe = (ids: readonly number[]) => ids.map((id) => `${graph.values[id].name} ${formatShape(graph.values[id].type.shape)}`).join(', ');
  return [
    `${graph.name}: ${graph.type}`,
    `Inputs: ${describe(graph.inputs) || 'none'}`,
    rule, line(header), rule, ...rows.map(line), rule,
    `Outputs: ${describe(graph.outputs) || 'none'}`,
    `Parameters: ${formatCount(total)} (trainable ${formatCount(trainable)}, others ${formatCount(nonTrainable)})`,
    ...graph.assumptions.map(({ text, location }) => `Assumed${location ? ` on line ${location.line}` : ''}: ${text}`),
    ...graph.gaps.map(({ reason, location }) => `Gap${location ? ` on line ${location.line}` : ''}: ${reason}`),
    '',
  ].join('\n');
}
