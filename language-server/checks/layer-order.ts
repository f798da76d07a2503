import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { consumersOf, leafCalls } from './graph-walk.ts';
import type { LeafCall } from './graph-walk.ts';

/** A layer right before another one that undoes or disturbs what it does. */
interface Order {
  readonly code: string;
  readonly before: RegExp;
  readonly after: RegExp;
  message(before: string, after: string): string;
}

const orders: readonly Order[] = [
  {
    code: 'dropout-before-normalization', before: /^(Alpha|Spatial)?Dropout/, after: /^BatchNorm/,
    message: (before, after) => `${before} right before ${after}: dropout changes the variance in training alone, so the statistics that ${after} collects do not fit at inference. Put the dropout after it.`,
  },
  {
    code: 'dropout-before-pooling', before: /^Dropout(1d|2d|3d)?$/, after: /^(Global)?Max(imum)?Pool/,
    message: (before, after) => `${before} right before ${after}: the maximum takes another element where one is dropped, so little is dropped. Put the dropout after the pooling.`,
  },
];

/** Pairs of layers in an order that defeats one of them. */
export const layerOrder: Check = ({ file, models }) => models.flatMap(({ graph }) => {
  const consumers = consumersOf(graph);
  const calls = leafCalls(graph);
  const producers = new Map(calls.map((call) => [call.output, call]));
  return calls.flatMap((call): Diagnostic[] => {
    const before = producerOf(producers, call);
    const order = before && orders.find((each) => each.before.test(before.layer.type) && each.after.test(call.layer.type));
    const location = before?.layer.location;
    if (!order || location?.file !== file.path || isIdle(before) || (consumers.get(call.input)?.length ?? 0) > 1) return [];
    return [{
      severity: order.code === 'dropout-before-normalization' ? 'warning' : 'hint', code: order.code, location, message: order.message(before.layer.type, call.layer.type),
      related: call.layer.location?.file === file.path ? [{ location: call.layer.location, message: `${call.layer.type} follows` }] : [],
    }];
  });
});

function producerOf(producers: ReadonlyMap<number, LeafCall>, { input, layer }: LeafCall): LeafCall | undefined {
  const found = producers.get(input);
  return found?.layer === layer ? undefined : found;
}

/** A dropout of rate 0 drops nothing. */
function isIdle({ layer }: LeafCall): boolean {
  return layer.configuration.rate === 0 || layer.configuration.p === 0;
}
