import { format, formatShape } from '../../graph/dimension.ts';
import type { ConstantTensor, TensorType } from '../../graph/tensor.ts';

/** The shapes of a tensor over the calls that were followed: `(None, 28, 28, 32)`, or several joined by `or`. */
export function shapesText(types: readonly TensorType[]): string {
  const distinct = [...new Set(types.map(({ shape }) => formatShape(shape)))];
  return distinct.length > 3 ? `${distinct.slice(0, 3).join(' or ')} or ...` : distinct.join(' or ');
}

export function dataTypesText(types: readonly TensorType[]): string {
  return [...new Set(types.map(({ dataType }) => dataType ?? 'unknown type'))].join(' or ');
}

/** The elements of a small tensor, as NumPy would show them on one line. */
export function elementsText({ shape, data }: ConstantTensor): string | undefined {
  if (data.length > 12) return undefined;
  const texts = data.map((element) => (typeof element === 'boolean' ? (element ? 'True' : 'False') : typeof element === 'string' ? `'${element}'` : format(element)));
  return shape.length === 0 ? texts[0] : nest(texts, shape);
}

function nest(texts: readonly string[], shape: readonly number[]): string {
  if (shape.length === 0) return texts[0];
  const [count, ...rest] = shape;
  const size = count === 0 ? 0 : texts.length / count;
  return `[${Array.from({ length: count }, (_, index) => nest(texts.slice(index * size, (index + 1) * size), rest)).join(', ')}]`;
}
