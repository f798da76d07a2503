import type { Dimension } from '../dimension.ts';
import { format, formatShape } from '../dimension.ts';
import type { DataType } from '../tensor.ts';
import { broadcast, broadcastInto } from './broadcasting.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, flag, mismatch, requireRank, rule, shapeOf, text, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Products of matrices and tensors. */

/** NumPy's matmul: the last two dimensions multiply, those before broadcast; a vector counts as a row or a column. */
export function matmulShape(context: Inference, left: Shape, right: Shape): Shape {
  if (left.length === 0 || right.length === 0) throw new ShapeFault(mismatch('a matrix product needs tensors of at least rank 1', left, right));
  const a = left.length === 1 ? [1, left[0]] : left;
  const b = right.length === 1 ? [right[0], 1] : right;
  unify(context, a[a.length - 1], b[b.length - 2], () =>
    `matrices cannot be multiplied, ${format(a[a.length - 1])} columns against ${format(b[b.length - 2])} rows: ${formatShape(left)} and ${formatShape(right)}`);
  const result: Dimension[] = [...broadcast(context, a.slice(0, -2), b.slice(0, -2))];
  if (left.length > 1) result.push(a[a.length - 2]);
  if (right.length > 1) result.push(b[b.length - 1]);
  return result;
}

function matmul(type: string, resultType: (context: Inference) => DataType | undefined): OperatorRule {
  return rule(type, {}, (context) => {
    const [left, right] = [shapeOf(context, 0), shapeOf(context, type === 'QLinearMatMul' ? 3 : 1)];
    return [{ dataType: resultType(context), shape: left && right && matmulShape(context, left, right) }];
  });
}

const gemm: OperatorRule = rule('Gemm', { alpha: 1, beta: 1, transA: 0, transB: 0 }, (context) => {
  const [left, right, bias] = [shapeOf(context, 0), shapeOf(context, 1), shapeOf(context, 2)];
  requireRank(left, 2, 'Gemm\'s first matrix');
  requireRank(right, 2, 'Gemm\'s second matrix');
  if (!left || !right) return [{ dataType: dataTypeOf(context, 0), shape: undefined }];
  const [rows, inner] = flag(context, 'transA') ? [left[1], left[0]] : left;
  const [innerRight, columns] = flag(context, 'transB') ? [right[1], right[0]] : right;
  unify(context, inner, innerRight, () =>
    mismatch(`matrices cannot be multiplied, ${format(inner)} columns against ${format(innerRight)} rows`, left, right));
  const shape = [rows, columns];
  if (bias) broadcastInto(context, bias, shape, 'Gemm\'s bias');
  return [{ dataType: dataTypeOf(context, 0), shape }];
});

export interface Einsum {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/** Splits an einsum equation into one list of letters a tensor; '...' stands for itself. Throws ShapeFault where it is malformed. */
export function parseEinsum(equation: string): Einsum {
  const compact = equation.replaceAll(' ', '');
  const [left, right, ...more] = compact.split('->');
  const letters = (part: string): string[] => {
    const found = part.match(/\.\.\.|[A-Za-z]/g) ?? [];
    if (found.join('') !== part) throw new ShapeFault(`einsum equation '${equation}' has an invalid subscript in '${part}'`);
    return found;
  };
  if (more.length > 0) throw new ShapeFault(`einsum equation '${equation}' has more than one '->'`);
  const inputs = left.split(',').map(letters);
  if (right !== undefined) return { inputs, output: letters(right) };
  // without an arrow: letters that appear once, in alphabetical order, behind the ellipsis
  const all = inputs.flat();
  const once = all.filter((letter) => letter !== '...' && all.indexOf(letter) === all.lastIndexOf(letter)).sort();
  return { inputs, output: all.includes('...') ? ['...', ...once] : once };
}

const einsum: OperatorRule = rule('Einsum', {}, (context) => {
  const equation = text(context, 'equation') ?? '';
  const { inputs, output } = parseEinsum(equation);
  if (inputs.length !== context.inputs.length) {
    throw new ShapeFault(`einsum equation '${equation}' names ${inputs.length} tensors, but there are ${context.inputs.length}`);
  }
  const sizes = new Map<string, Dimension>();
  let ellipsis: Shape = [];
  let complete = true;
  inputs.forEach((letters, i) => {
    const shape = shapeOf(context, i);
    if (!shape) { complete = false; return; }
    const spread = letters.indexOf('...');
    const named = letters.length - (spread < 0 ? 0 : 1);
    if (spread < 0 ? named !== shape.length : named > shape.length) {
      throw new ShapeFault(`einsum subscript '${letters.join('')}' names ${named} dimensions of operand ${i}, whose shape is ${formatShape(shape)}`);
    }
    const width = shape.length - named;
    letters.forEach((letter, j) => {
      if (letter === '...') {
        ellipsis = broadcast(context, ellipsis, shape.slice(spread, spread + width));
        return;
      }
      const size = shape[spread >= 0 && j > spread ? j + width - 1 : j];
      const present = sizes.get(letter);
      if (present === undefined || present === 1) sizes.set(letter, size);
      else if (size !== 1) {
        sizes.set(letter, unify(context, present, size, () =>
          `einsum '${equation}': dimension ${letter} is ${format(present)} before and ${format(size)} in operand ${i} of shape ${formatShape(shape)}`));
      }
    });
  });
  if (!complete) return [{ dataType: dataTypeOf(context, 0), shape: undefined }];
  const shape = output.flatMap((letter) => {
    if (letter === '...') return ellipsis;
    const size = sizes.get(letter);
    if (size === undefined) throw new ShapeFault(`einsum output subscript ${letter} does not appear in any input of '${equation}'`);
    return [size];
  });
  return [{ dataType: dataTypeOf(context, 0), shape }];
});

const determinant: OperatorRule = rule('Det', {}, (context) => {
  const shape = shapeOf(context, 0);
  if (shape && shape.length < 2) throw new ShapeFault(`a determinant needs square matrices, but the shape is ${formatShape(shape)}`);
  if (shape) unify(context, shape[shape.length - 1], shape[shape.length - 2], () => `a determinant needs square matrices, but the shape is ${formatShape(shape)}`);
  return [{ dataType: dataTypeOf(context, 0), shape: shape?.slice(0, -2) }];
});

export const matrix: readonly OperatorRule[] = [
  matmul('MatMul', (context) => dataTypeOf(context, 0) ?? dataTypeOf(context, 1)),
  matmul('MatMulInteger', () => 'int32'),
  matmul('QLinearMatMul', (context) => dataTypeOf(context, 7)),
  gemm, einsum, determinant,
];
