import type { Hover, Position } from 'vscode-languageserver-types';
import type { Analysis, TensorAt } from '../analysis.ts';
import { lineName } from '../python/source/notebook.ts';
import type { NotebookCell } from '../python/source/notebook.ts';
import { holds, narrower, rangeOf } from './ranges.ts';
import { dataTypesText, elementsText, shapesText } from './type-text.ts';

/** What is known of the tensor under the cursor: shape, data type, where it came from, its value where that is constant. `cells`: of a notebook. */
export function hover(analysis: Analysis, position: Position, cells?: readonly NotebookCell[]): Hover | null {
  const tensor = tensorAt(analysis, position);
  if (!tensor) return null;
  const lines = ['```python', `${tensor.name === undefined ? '' : `${tensor.name}: `}${shapesText(tensor.types)} ${dataTypesText(tensor.types)}`, '```'];
  if (tensor.origin) {
    const { text, location } = tensor.origin;
    const place = location.file === analysis.file ? `line ${lineName(cells, location.line)}` : `${location.file}, line ${location.line}`;
    lines.push(`from \`${text}\`, ${place}`);
  }
  const value = tensor.constant && elementsText(tensor.constant);
  if (value !== undefined) lines.push(`value \`${value}\``);
  return { contents: { kind: 'markdown', value: lines.join('\n') }, range: rangeOf(tensor.location) };
}

/** The innermost expression at a position that is a tensor. */
export function tensorAt(analysis: Analysis, position: Position): TensorAt | undefined {
  let found: TensorAt | undefined;
  for (const tensor of analysis.tensors) {
    const range = rangeOf(tensor.location);
    if (holds(range, position) && (!found || narrower(range, rangeOf(found.location)))) found = tensor;
  }
  return found;
}
