import { InlayHintKind } from 'vscode-languageserver-types';
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { formatShape } from '../../graph/dimension.ts';
import type { Analysis } from '../analysis.ts';
import { rangeOf } from './ranges.ts';
import { dataTypesText, shapesText } from './type-text.ts';

/** Shapes beside what makes tensors: behind assigned names, and behind the lines of a model's layers (Sequential). */
export function inlayHints(analysis: Analysis, within: Range): InlayHint[] {
  const hints: InlayHint[] = [];
  const shown = new Set<string>();
  const add = (line: number, character: number, text: string, tooltip: string): void => {
    if (line < within.start.line || line > within.end.line || shown.has(`${line}:${character}`)) return;
    shown.add(`${line}:${character}`);
    hints.push({ position: { line, character }, label: text, kind: InlayHintKind.Type, paddingLeft: true, tooltip });
  };
  for (const tensor of analysis.tensors) {
    if (tensor.name === undefined || !tensor.types.some(({ shape }) => shape)) continue;
    const { end } = rangeOf(tensor.location);
    add(end.line, end.character, shapesText(tensor.types), `${tensor.name}: ${shapesText(tensor.types)} ${dataTypesText(tensor.types)}`);
  }
  const assigned = new Set(hints.map(({ position }) => position.line));
  // a layer that is called where it is made, `Add()([x, y])`, is the beginning of a tensor that has a hint or needs none
  const calledAtOnce = new Set(analysis.tensors.map(({ location }) => `${location.line}:${location.column}`));
  for (const layer of layerOutputs(analysis)) {
    const { end } = rangeOf(layer.location);
    if (!assigned.has(end.line) && !calledAtOnce.has(`${layer.location.line}:${layer.location.column}`)) add(end.line, end.character, layer.shape, `${layer.name} gives ${layer.shape}`);
  }
  return hints;
}

/** Where layers are made in this file, with the shape that their call gives: only where all calls agree and no other layer is made by the same text. */
function layerOutputs({ file, models }: Analysis): { location: NonNullable<Analysis['models'][number]['graph']['location']>; shape: string; name: string }[] {
  const byPlace = new Map<string, { location: NonNullable<Analysis['models'][number]['graph']['location']>; shape: string; name: string } | null>();
  for (const { graph } of models) {
    for (const scope of graph.scopes.slice(1)) {
      const layer = graph.layers[scope.layer];
      const { location } = layer;
      if (!layer.listed || location?.file !== file || scope.outputs.length !== 1) continue;
      const shape = graph.values[scope.outputs[0]].type.shape;
      if (!shape) continue;
      const key = `${location.line}:${location.column}`;
      const text = formatShape(shape);
      const present = byPlace.get(key);
      if (present === undefined) byPlace.set(key, { location, shape: text, name: layer.path || layer.type });
      else if (present !== null && present.shape !== text) byPlace.set(key, null);
    }
  }
  return [...byPlace.values()].filter((entry) => entry !== null);
}
