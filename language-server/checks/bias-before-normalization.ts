import type { Layer } from '../../graph/graph.ts';
import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { consumersOf, leafCalls } from './graph-walk.ts';

/** A bias that batch normalisation takes out again: it costs memory and time and does nothing. */
export const biasBeforeNormalization: Check = ({ file, models }) => models.flatMap(({ graph }) => {
  const consumers = consumersOf(graph);
  const calls = leafCalls(graph);
  const producers = new Map(calls.map((call) => [call.output, call]));
  return calls.flatMap(({ layer, input }): Diagnostic[] => {
    const before = producers.get(input);
    if (!layer.type.startsWith('BatchNorm') || !before || before.layer.location?.file !== file.path || graph.outputs.includes(input) || !isMadeBy(file.text, before.layer)) return [];
    if ((consumers.get(input)?.length ?? 0) !== 1 || !/^(Conv|Dense|Linear|Separable)/.test(before.layer.type) || !isPlainlyLinear(before.operators)) return [];
    const bias = before.layer.parameters.map((id) => graph.parameters[id]).find(({ name }) => /(^|[./])bias$/.test(name));
    return bias ? [{
      severity: 'hint', code: 'bias-before-normalization', location: before.layer.location, related: layer.location ? [{ location: layer.location, message: 'the normalisation' }] : [],
      message: `The bias of ${before.layer.type} ${before.layer.path} is taken out again by the ${layer.type} that follows. Leave it out (${graph.framework === 'torch' ? 'bias' : 'use_bias'}=False).`,
    }] : [];
  });
});

/** Whether the line names the layer's class: the biases of a model that a library builds (`ResNet50()`) are the library's concern. */
function isMadeBy(text: string, { type, location }: Layer): boolean {
  const line = location && text.split('\n')[location.line - 1];
  return line !== undefined && line.slice(location!.column).split('(')[0].trimEnd().endsWith(type);
}

function isPlainlyLinear(operators: readonly { readonly type: string }[]): boolean {
  return operators.every(({ type }) => /^(Conv|ConvTranspose|Gemm|MatMul|Add|Transpose|Identity|Pad|Reshape)$/.test(type));
}
