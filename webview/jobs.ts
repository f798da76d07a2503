import type { FinishedMessage, JobFailedMessage, JobKind, JobOptions, PartialMessage, ProgressMessage, StartMessage } from './messages.ts';
import type { Panel } from './panel.ts';
import type { PanelState } from './state.ts';
import { isRunning, jobKinds } from './state.ts';

/** Numbers go on from the clock, so that they stay distinct when the panel is loaded again. */
let last = Date.now();

/** Starts a job on the shown model with what is prepared; ends one of the same kind that goes on. */
export function start<Kind extends JobKind>(panel: Panel, kind: Kind, options: JobOptions<Kind>): void {
  const { document, outline, model } = panel.store.state;
  if (!document || !outline) return;
  cancel(panel, kind);
  // kind and options belong together, which the compiler does not see of a generic kind
  const request = { type: 'start', job: ++last, version: document.version, model, kind, options } as StartMessage;
  panel.store.update({ [kind]: { request, graph: outline.graph } } as Partial<PanelState>);
  panel.host.post(request);
}

export function cancel({ store, host }: Panel, kind: JobKind): void {
  const job = store.state[kind];
  if (job && isRunning(job)) host.post({ type: 'cancel', job: job.request.job });
}

/** What the host says of a job; what it says of one that is no longer shown is passed over. */
export function heard({ store }: Panel, message: ProgressMessage | PartialMessage | FinishedMessage | JobFailedMessage): void {
  const kind = jobKinds.find((one) => store.state[one]?.request.job === message.job);
  if (kind === undefined) return;
  const news = message.type === 'progress' ? { progress: message } : message.type === 'jobFailed' ? { failure: message } : message.type === 'partial' ? { partial: message.result } : { result: message.result };
  store.update({ [kind]: { ...store.state[kind], ...news } } as Partial<PanelState>);
}

/** Asks the host for weights and inputs of the shown model. */
export function prepare({ store, host }: Panel): void {
  const { document, outline, model } = store.state;
  if (document && outline) host.post({ type: 'prepare', version: document.version, model });
}
