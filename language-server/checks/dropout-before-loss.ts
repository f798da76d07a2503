import type { Diagnostic } from '../analysis.ts';
import { locationOf } from '../tracing/place.ts';
import type { TraceScope } from '../tracing/trace.ts';
import type { Check } from './check.ts';

/** Dropout as the last layer: in training, outputs are set to 0 at random before the loss sees them. */
export const dropoutBeforeLoss: Check = ({ file, losses }) => losses.flatMap(({ prediction, place }): Diagnostic[] => {
  if (place.file !== file || prediction.source.kind !== 'operator') return [];
  const { operator } = prediction.source;
  if (!isDropout(operator.scope)) return [];
  return [{
    severity: 'warning', code: 'dropout-before-loss', location: locationOf(place),
    message: 'The last layer is a dropout: in training it sets outputs to 0 at random before the loss sees them. Put it before the last layer.',
    related: operator.place?.file === file ? [{ location: locationOf(operator.place), message: 'the dropout' }] : [],
  }];
});

function isDropout(scope: TraceScope | undefined): boolean {
  return scope !== undefined && /^(Alpha|Spatial|Feature)?(Alpha)?Dropout\d?[dD]?$/.test((scope.layer as { cls?: { name: string } }).cls?.name ?? '');
}
