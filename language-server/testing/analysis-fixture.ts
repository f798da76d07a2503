import type { Position } from 'vscode-languageserver-types';
import { formatShape } from '../../graph/dimension.ts';
import type { Analysis, Model } from '../analysis.ts';
import { Analyzer } from '../analysis/analyze.ts';
import type { AnalysisRequest } from '../analysis/request.ts';

/** One analyzer for all tests of a process, as in the server: libraries are interpreted once. */
const analyzer = await Analyzer.create();

export const file = '/project/net.py';

export function analyse(text: string, request: Partial<AnalysisRequest> = {}): Analysis {
  const analysis = analyzer.analyze({ file, text, ...request });
  const fault = analysis.diagnostics.find(({ code }) => code === 'internal-fault');
  if (fault) throw new Error(fault.message);
  return analysis;
}

/** A text in which `|` marks where the cursor stands. */
export function withCursor(marked: string): { text: string; position: Position } {
  const offset = marked.indexOf('|');
  if (offset === -1) throw new Error('no | in the text');
  const before = marked.slice(0, offset).split('\n');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), position: { line: before.length - 1, character: before.at(-1)!.length } };
}

/** `line code message` of every diagnostic. */
export function shown({ diagnostics }: Analysis): string[] {
  return diagnostics.map(({ severity, code, message, location }) => `${location.line} ${severity} ${code}: ${message}`);
}

/** `path type shape` of the layers that the framework lists. */
export function layersOf({ graph }: Model): string[] {
  return graph.layers.filter(({ listed }) => listed).map((layer) => {
    const scope = graph.scopes.find(({ layer: id }) => id === layer.id);
    return `${layer.path} ${layer.type} ${scope?.outputs.map((id) => formatShape(graph.values[id].type.shape)).join(' ') ?? '-'}`;
  });
}

export function inputsOf({ graph, inputs }: Model): string[] {
  return graph.inputs.map((id, index) => `${graph.values[id].name} ${formatShape(graph.values[id].type.shape)} ${inputs[index]}`);
}

export function outputsOf({ graph }: Model): string[] {
  return graph.outputs.map((id) => formatShape(graph.values[id].type.shape));
}
