import { format, formatShape, isKnown, lessThan } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { ConstantTensor, DataType } from '../tensor.ts';
import { binary } from './arithmetic.ts';
import { castElement, count, eachIndex, stridesOf, tensorOf } from './folding.ts';
import type { Element } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { axesOf, constantOf, dataTypeOf, dimensionsOf, flag, normalAxis, number, numbersOf, numberAttribute, rule, shapeOf, typeOf } from './reading.ts';
import type { Shape } from './reading.ts';
import { runtimeSize } from './slicing.ts';

/** Operators that summarise a dimension, or order it. */

/** The axes that a reduction takes away: all where none are given, unless `noop_with_empty_axes`. */
function reducedAxes(context: Inference, rank: number): readonly number[] | undefined {
  const axes = axesOf(context, 1);
  if (axes === undefined) return undefined;
  if (axes === 'missing' || axes.length === 0) return flag(context, 'noop_with_empty_axes') ? [] : Array.from({ length: rank }, (_, i) => i);
  return [...new Set(axes.map((axis) => normalAxis(axis, rank)))];
}

function reducedShape(context: Inference): Shape | undefined {
  const shape = shapeOf(context, 0);
  const axes = shape && reducedAxes(context, shape.length);
  return axes && reduce(shape, axes, flag(context, 'keepdims'));
}

function reduce(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return keep ? shape.map((size, i) => (axes.includes(i) ? 1 : size)) : shape.filter((_, i) => !axes.includes(i));
}

/** Folds a reduction whose elements combine pairwise. */
function foldReduction(context: Inference, type: string): ConstantTensor[] | undefined {
  const source = constantOf(context, 0);
  const axes = source && reducedAxes(context, source.shape.length);
  const step = { ReduceSum: binary.Add, ReduceMean: binary.Add, ReduceProd: binary.Mul, ReduceMin: binary.Min, ReduceMax: binary.Max }[type];
  if (!axes || !step) return undefined;
  const kept = reduce(source.shape, axes, true) as readonly number[];
  const strides = stridesOf(kept);
  const data: (Element | undefined)[] = new Array<Element | undefined>(count(kept));
  const seen = new Set<number>();
  eachIndex(source.shape, (index, position) => {
    let offset = 0;
    index.forEach((i, axis) => { if (!axes.includes(axis)) offset += i * strides[axis]; });
    const element = source.data[position];
    const present = data[offset];
    data[offset] = seen.has(offset) ? present === undefined ? undefined : step(present, element, source.dataType) : element;
    seen.add(offset);
  });
  if (seen.size < data.length) return undefined;
  const size = axes.reduce((product, axis) => product * source.shape[axis], 1);
  const scaled = type === 'ReduceMean' ? data.map((element) => (element === undefined ? undefined : binary.Div(element, size, source.dataType))) : data;
  const folded = tensorOf(source.dataType, reduce(source.shape, axes, flag(context, 'keepdims')) as readonly number[], scaled.map((element) => (element === undefined ? undefined : castElement(element, source.dataType))));
  return folded && [folded];
}

const reductions = ['ReduceSum', 'ReduceMean', 'ReduceProd', 'ReduceMin', 'ReduceMax', 'ReduceL1', 'ReduceL2', 'ReduceLogSum', 'ReduceLogSumExp', 'ReduceSumSquare'].map((type) =>
  rule(type, { keepdims: 1, noop_with_empty_axes: 0 }, (context) => [{ dataType: dataTypeOf(context, 0), shape: reducedShape(context) }], (context) => foldReduction(context, type)));

const extremes = ['ArgMax', 'ArgMin'].map((type) => rule(type, { axis: 0, keepdims: 1, select_last_index: 0 }, (context) => {
  const shape = shapeOf(context, 0);
  const dataType: DataType = 'int64';
  return [{ dataType, shape: shape && reduce(shape, [normalAxis(number(context, 'axis'), shape.length)], flag(context, 'keepdims')) }];
}, (context) => {
  const [source, data] = [constantOf(context, 0), numbersOf(context, 0)];
  if (!source || !data || flag(context, 'select_last_index')) return undefined;
  const axis = normalAxis(number(context, 'axis'), source.shape.length);
  const best = alongAxis(source.shape, axis, data, (row) => [row.indexOf(type === 'ArgMax' ? Math.max(...row) : Math.min(...row))]);
  return [{ dataType: 'int64', shape: reduce(source.shape, [axis], flag(context, 'keepdims')) as readonly number[], data: best }];
}));

/** What `choose` makes of each row along an axis, in the rows' places; the rows' results are of one length. */
function alongAxis(shape: readonly number[], axis: number, data: readonly number[], choose: (row: readonly number[]) => readonly number[]): number[] {
  const stride = stridesOf(shape)[axis];
  const size = shape[axis];
  const result: number[] = [];
  for (let outer = 0; outer < data.length; outer += stride * size) {
    const rows = Array.from({ length: stride }, (_, inner) => choose(Array.from({ length: size }, (__, i) => data[outer + inner + i * stride])));
    for (let i = 0; i < (rows[0]?.length ?? 0); i++) for (const row of rows) result.push(row[i]);
  }
  return result;
}

const topK: OperatorRule = rule('TopK', { axis: -1, largest: 1, sorted: 1 }, (context) => {
  const shape = shapeOf(context, 0);
  if (!shape) return [{ dataType: dataTypeOf(context, 0), shape }, { dataType: 'int64', shape }];
  const axis = normalAxis(number(context, 'axis'), shape.length);
  const k: Dimension = dimensionsOf(context, 1)?.[0] ?? numberAttribute(context, 'k') ?? runtimeSize('k');
  if (isKnown(k) && lessThan(shape[axis], k) === true) throw new ShapeFault(`the largest ${k} of ${format(shape[axis])} elements: k is out of range for ${formatShape(shape)}`);
  const chosen = shape.map((size, i) => (i === axis ? k : size));
  return [{ dataType: dataTypeOf(context, 0), shape: chosen }, { dataType: 'int64', shape: chosen }];
}, (context) => {
  const [source, data, k] = [constantOf(context, 0), numbersOf(context, 0), numbersOf(context, 1)?.[0]];
  if (!source || !data || k === undefined) return undefined;
  const axis = normalAxis(number(context, 'axis'), source.shape.length);
  const order = (row: readonly number[]): number[] => [...row.keys()].sort((a, b) => (flag(context, 'largest') ? row[b] - row[a] : row[a] - row[b]) || a - b).slice(0, k);
  const shape = source.shape.map((size, i) => (i === axis ? k : size));
  return [
    { dataType: source.dataType, shape, data: alongAxis(source.shape, axis, data, (row) => order(row).map((i) => row[i])) },
    { dataType: 'int64', shape, data: alongAxis(source.shape, axis, data, order) },
  ];
});

const cumulative = ['CumSum', 'CumProd'].map((type) => rule(type, { exclusive: 0, reverse: 0 }, (context) => {
  const [shape, axis] = [shapeOf(context, 0), numbersOf(context, 1)];
  if (shape && axis) normalAxis(axis[0], shape.length);
  return [typeOf(context, 0)];
}, (context) => {
  const [source, axis] = [constantOf(context, 0), numbersOf(context, 1)];
  if (!source || !axis || flag(context, 'exclusive') || flag(context, 'reverse')) return undefined;
  const along = normalAxis(axis[0], source.shape.length);
  const stride = stridesOf(source.shape)[along];
  const data: (Element | undefined)[] = [];
  eachIndex(source.shape, (index, position) => {
    const before = index[along] === 0 ? undefined : data[position - stride];
    const element = source.data[position];
    data.push(index[along] === 0 ? element : before === undefined ? undefined : (type === 'CumSum' ? binary.Add : binary.Mul)(before, element, source.dataType));
  });
  const folded = tensorOf(source.dataType, source.shape, data);
  return folded && [folded];
}));

export const reducing: readonly OperatorRule[] = [...reductions, ...extremes, topK, ...cumulative];
