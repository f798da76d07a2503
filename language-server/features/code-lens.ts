import type { CodeLens } from 'vscode-languageserver-types';
import type { Analysis } from '../analysis.ts';
import { commands } from '../server/protocol.ts';
import type { ModelArgument } from '../server/protocol.ts';
import { rangeOf } from './ranges.ts';

const titles = [
  ['Graph', commands.showGraph],
  ['Run', commands.runModel],
  ['Find adversarial input', commands.findAdversarial],
] as const;

/** Over each model that is made in this file: its graph, a run, the search for an adversarial input. */
export function codeLenses(analysis: Analysis, uri: string): CodeLens[] {
  return analysis.models.flatMap(({ graph }) => {
    if (graph.location?.file !== analysis.file) return [];
    const { start } = rangeOf(graph.location);
    const argument: ModelArgument = { uri, model: graph.name };
    return titles.map(([title, command]): CodeLens => ({ range: { start, end: start }, command: { title, command, arguments: [argument] } }));
  });
}
