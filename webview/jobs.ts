import type { AttackFinishedMessage, AttackRequest, JobFailedMessage, ProgressMessage, RunFinishedMessage } from './messages.ts';
import type { Panel } from './panel.ts';
import { isRunning } from './state.ts';

/** Numbers go on from the clock, so that they stay distinct when the panel is loaded again. */
let last = Date.now();

/** Runs the model with what is prepared; ends a run that goes on. */
export function startRun(panel: Panel): void {
  const { document, outline, model } = panel.store.state;
  if (!document || !outline) return;
  cancel(panel, 'run');
  const request = { type: 'run', job: ++last, version: document.version, model } as const;
  panel.store.update({ run: { request, graph: outline.graph } });
  panel.host.post(request);
}

export function startAttack(panel: Panel, options: Pick<AttackRequest, 'norm' | 'epsilon' | 'target'>): void {
  const { document, outline, model } = panel.store.state;
  if (!document || !outline) return;
  cancel(panel, 'attack');
  const request: AttackRequest = { type: 'attack', job: ++last, version: document.version, model, ...options };
  panel.store.update({ attack: { request, graph: outline.graph } });
  panel.host.post(request);
}

export function cancel({ store, host }: Panel, kind: 'run' | 'attack'): void {
  const job = store.state[kind];
  if (job && isRunning(job)) host.post({ type: 'cancel', job: job.request.job });
}

/** What the host says of a job; what it says of one that is no longer shown is passed over. */
export function heard({ store }: Panel, message: ProgressMessage | RunFinishedMessage | AttackFinishedMessage | JobFailedMessage): void {
  const { run, attack } = store.state;
  if (run?.request.job === message.job) {
    if (message.type === 'progress') store.update({ run: { ...run, progress: message } });
    else if (message.type === 'runFinished') store.update({ run: { ...run, result: message } });
    else if (message.type === 'jobFailed') store.update({ run: { ...run, failure: message } });
  } else if (attack?.request.job === message.job) {
    if (message.type === 'progress') store.update({ attack: { ...attack, progress: message } });
    else if (message.type === 'attackFinished') store.update({ attack: { ...attack, result: message } });
    else if (message.type === 'jobFailed') store.update({ attack: { ...attack, failure: message } });
  }
}

/** Asks the host for weights and inputs of the shown model. */
export function prepare({ store, host }: Panel): void {
  const { document, outline, model } = store.state;
  if (document && outline) host.post({ type: 'prepare', version: document.version, model });
}
