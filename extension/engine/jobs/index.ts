import type { JobKind } from '../../../webview/messages.ts';
import { attack, epsilon } from './attack.ts';
import { cost } from './cost.ts';
import { cover } from './cover.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import type { JobHandler } from './job.ts';
import { modes } from './modes.ts';
import { listing, neuron, question } from './neuron.ts';
import { run } from './run.ts';
import { tree } from './tree.ts';
import { values } from './values.ts';

/** Who does which kind of job. */
export const jobs: { readonly [Kind in JobKind]: JobHandler<Kind> } = { run, attack, epsilon, cost, modes, values, explain, evaluate, neuron, question, listing, tree, cover };
