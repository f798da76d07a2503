import { equals, floorDivide, format, formatShape, isKnown, multiply } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import { dataTypeOf, dimensionsOf, has, normalAxes, numbers, numbersOf, number, requireRank, rule, shapeOf, text, unify } from './reading.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { ShapeFault } from './operator.ts';
import { runtimeSize } from './slicing.ts';
import type { Shape } from './reading.ts';

/** Operators that sample a tensor at other positions. */

function resized(context: Inference): Shape | undefined {
  const shape = shapeOf(context, 0);
  if (!shape) return undefined;
  const axes = normalAxes(numbers(context, 'axes') ?? [...shape.keys()], shape.length);
  const result: Dimension[] = [...shape];
  const given = (input: number): boolean => has(context, input) && shapeOf(context, input)?.[0] !== 0;
  if (given(3)) {
    const sizes = dimensionsOf(context, 3);
    const lengths = stretched(context, axes.map((axis) => shape[axis]), sizes ?? axes.map(() => runtimeSize('size')));
    if (lengths.length !== axes.length) throw new ShapeFault(`Resize has ${lengths.length} sizes for ${axes.length} axes`);
    axes.forEach((axis, i) => { result[axis] = lengths[i]; });
  } else {
    const scales = numbersOf(context, 2);
    if (scales && scales.length !== axes.length) throw new ShapeFault(`Resize has ${scales.length} scales for ${axes.length} axes`);
    axes.forEach((axis, i) => { result[axis] = scales ? scaled(shape[axis], scales[i]) : runtimeSize('size'); });
  }
  return result;
}

/** floor(size * scale); a symbolic size scales where the factor or its inverse is a whole number. */
function scaled(size: Dimension, scale: number): Dimension {
  if (isKnown(size)) return Math.floor(size * scale);
  if (scale === 1) return size;
  if (Number.isInteger(scale)) return multiply(size, scale);
  return Number.isInteger(1 / scale) ? floorDivide(size, 1 / scale) : runtimeSize('size');
}

/** `keep_aspect_ratio_policy`: one scale for all axes, so that the result lies inside or covers the wanted sizes. */
function stretched(context: Inference, from: Shape, to: readonly Dimension[]): readonly Dimension[] {
  const policy = text(context, 'keep_aspect_ratio_policy');
  if (policy === 'stretch' || !from.every(isKnown) || !to.every(isKnown)) return to;
  const ratios = (to as readonly number[]).map((size, i) => size / (from[i] as number));
  const scale = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  return (from as readonly number[]).map((size) => Math.floor(size * scale + 0.5));
}

const resize: OperatorRule = rule('Resize', {
  antialias: 0, coordinate_transformation_mode: 'half_pixel', cubic_coeff_a: -0.75, exclude_outside: 0, extrapolation_value: 0,
  keep_aspect_ratio_policy: 'stretch', mode: 'nearest', nearest_mode: 'round_prefer_floor',
}, (context) => [{ dataType: dataTypeOf(context, 0), shape: resized(context) }]);

/** Upsample is Resize with scales alone (operator set 9). */
const upsample: OperatorRule = rule('Upsample', { mode: 'nearest' }, (context) => {
  const shape = shapeOf(context, 0);
  const scales = has(context, 1) ? numbersOf(context, 1) : numbers(context, 'scales');
  return [{ dataType: dataTypeOf(context, 0), shape: shape && shape.map((size, i) => (scales ? scaled(size, scales[i]) : runtimeSize('size'))) }];
});

const gridSample: OperatorRule = rule('GridSample', { align_corners: 0, mode: 'linear', padding_mode: 'zeros' }, (context) => {
  const [input, grid] = [shapeOf(context, 0), shapeOf(context, 1)];
  if (!input || !grid) return [{ dataType: dataTypeOf(context, 0), shape: undefined }];
  if (input.length !== grid.length) throw new ShapeFault(`GridSample's grid must have the input's rank: ${formatShape(input)} and ${formatShape(grid)}`);
  const last = grid[grid.length - 1];
  if (equals(last, input.length - 2) === false) throw new ShapeFault(`GridSample's grid gives ${format(last)} coordinates for ${input.length - 2} spatial dimensions: ${formatShape(grid)}`);
  const batch = unify(context, input[0], grid[0], () => `GridSample's grid has ${format(grid[0])} batch elements, the input ${format(input[0])}`);
  return [{ dataType: dataTypeOf(context, 0), shape: [batch, input[1], ...grid.slice(1, -1)] }];
});

const affineGrid: OperatorRule = rule('AffineGrid', { align_corners: 0 }, (context) => {
  const [size, theta] = [dimensionsOf(context, 1), shapeOf(context, 0)];
  requireRank(theta, 3, 'AffineGrid\'s theta');
  return [{ dataType: dataTypeOf(context, 0), shape: size && [size[0], ...size.slice(2), size.length - 2] }];
});

const roiAlign: OperatorRule = rule('RoiAlign', {
  coordinate_transformation_mode: 'half_pixel', mode: 'avg', output_height: 1, output_width: 1, sampling_ratio: 0, spatial_scale: 1,
}, (context) => {
  const [input, rois] = [shapeOf(context, 0), shapeOf(context, 1)];
  requireRank(input, 4, 'RoiAlign\'s input');
  requireRank(rois, 2, 'RoiAlign\'s boxes');
  return [{ dataType: dataTypeOf(context, 0), shape: input && rois && [rois[0], input[1], number(context, 'output_height'), number(context, 'output_width')] }];
});

export const resizing: readonly OperatorRule[] = [resize, upsample, gridSample, affineGrid, roiAlign];
