import type { JobKind } from '../../../webview/messages.ts';
import { attack } from './attack.ts';
import type { JobHandler } from './job.ts';
import { run } from './run.ts';

/** Who does which kind of job. */
export const jobs: { readonly [Kind in JobKind]: JobHandler<Kind> } = { run, attack };
