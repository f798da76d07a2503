import { isKnown } from '../../../graph/dimension.ts';
import { elementCount, elementSize } from '../../../graph/elements.ts';
import { batchSymbol, smallest } from '../../../graph/index.ts';
import { graphCost, planMemory, receptiveFields } from '../../../runtime/index.ts';
import type { JobHandler } from './job.ts';

/** What running and training the model cost at a batch size. Needs neither weights nor input. */
export const cost: JobHandler<'cost'> = async ({ graph }, { batch }) => {
  const symbol = batchSymbol(graph);
  const sized = smallest(graph, symbol === undefined ? new Map() : new Map([[symbol, batch]]));
  const { total, layers, operators, unknown } = graphCost(sized);
  return {
    batch, total,
    batchOpen: symbol !== undefined,
    layers: [...layers].map(([layer, figures]) => ({ layer, ...figures })),
    operators: [...operators].map(([operator, figures]) => ({ operator, ...figures })),
    parameterBytes: sized.parameters.reduce((sum, { type: { shape, dataType } }) => sum + (shape?.every(isKnown) && dataType && dataType !== 'string' ? elementCount(shape as readonly number[]) * elementSize(dataType) : 0), 0),
    inferenceBytes: planMemory(sized).graph,
    receptiveFields: [...receptiveFields(sized)].map(([value, axes]) => ({ value, axes: axes.map((size) => size ?? null) })),
    unknown: unknown.length,
  };
};
