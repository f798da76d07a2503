import { GradientError, input, number, sizes, type Expansion, type Step } from './rule.ts';

/** Sampling of images at places that are computed, in elementary operators. */

/** Pictures of known size; linear and nearest, with all three ways to go over the edge. */
export const gridSample: Expansion = (step) => {
  const { graph, attributes, operator } = step;
  const [x, grid] = [input(step, 0), input(step, 1)];
  const [batch, channels, height, width, ...more] = sizes(step, x);
  const [, outHeight, outWidth] = sizes(step, grid);
  const mode = String(attributes.mode ?? 'linear');
  if (more.length > 0 || !['linear', 'bilinear', 'nearest'].includes(mode)) throw new GradientError(`The gradient of ${operator.type} ${operator.name} in mode ${mode} over ${more.length + 2} axes is not built`, operator);
  const count = outHeight * outWidth;
  const flat = graph.apply('Reshape', [x, graph.integers(batch, channels, height * width)]);
  // one coordinate for each place of the result: (batch, 1, places)
  const coordinate = (index: number, size: number): number => {
    const given = graph.apply('Reshape', [graph.apply('Gather', [grid, graph.constant('int64', [], [index])], { axis: 3 }), graph.integers(batch, 1, count)]);
    return placed(step, given, size);
  };
  const [column, row] = [coordinate(0, width), coordinate(1, height)];
  const zero = (like: number) => graph.scalar(0, like);
  /** The elements at whole coordinates; 0 outside. */
  const at = (rows: number, columns: number): number => {
    const inside = [[rows, height], [columns, width]].map(([place, size]) => graph.apply('And', [graph.apply('GreaterOrEqual', [place, zero(place)]), graph.apply('LessOrEqual', [place, graph.scalar(size - 1, place)])]));
    const clipped = (place: number, size: number) => graph.apply('Cast', [graph.apply('Clip', [place, zero(place), graph.scalar(size - 1, place)])], { to: 'int64' });
    const place = graph.apply('Add', [graph.apply('Mul', [clipped(rows, height), graph.constant('int64', [], [width])]), clipped(columns, width)]);
    const gathered = graph.apply('GatherElements', [flat, graph.apply('Expand', [place, graph.integers(batch, channels, count)])], { axis: 2 });
    return graph.apply('Where', [graph.apply('And', inside), gathered, zero(gathered)]);
  };
  let result: number;
  if (mode === 'nearest') result = at(graph.apply('Round', [row]), graph.apply('Round', [column]));
  else {
    const [top, left] = [graph.apply('Floor', [row]), graph.apply('Floor', [column])];
    const next = (place: number) => graph.apply('Add', [place, graph.scalar(1, place)]);
    const rest = (place: number, from: number) => graph.apply('Sub', [place, from]);
    const opposite = (weight: number) => graph.apply('Sub', [graph.scalar(1, weight), weight]);
    const [down, right] = [rest(row, top), rest(column, left)];
    const corners = ([[top, left, opposite(down), opposite(right)], [top, next(left), opposite(down), right], [next(top), left, down, opposite(right)], [next(top), next(left), down, right]] as const)
      .map(([rows, columns, a, b]) => graph.apply('Mul', [at(rows, columns), graph.apply('Mul', [a, b])]));
    result = corners.reduce((total, corner) => graph.apply('Add', [total, corner]));
  }
  return [graph.apply('Reshape', [result, graph.integers(batch, channels, outHeight, outWidth)])];
};

/** From -1 to 1 over the picture to its own coordinates, over the edge as the operator says. */
function placed(step: Step, given: number, size: number): number {
  const { graph, attributes } = step;
  const aligned = number(step, 'align_corners') === 1;
  const one = graph.scalar(1, given);
  const shifted = graph.apply('Add', [given, one]);
  const scaled = graph.apply('Mul', [shifted, graph.scalar((aligned ? size - 1 : size) / 2, given)]);
  const place = aligned ? scaled : graph.apply('Sub', [scaled, graph.scalar(0.5, given)]);
  const padding = String(attributes.padding_mode ?? 'zeros');
  if (padding === 'zeros') return place;
  const clip = (value: number) => graph.apply('Clip', [value, graph.scalar(0, given), graph.scalar(size - 1, given)]);
  if (padding === 'border') return clip(place);
  // there and back again: a wave of twice the span
  const [low, span] = aligned ? [0, size - 1] : [-0.5, size];
  if (span === 0) return graph.apply('Mul', [place, graph.scalar(0, given)]);
  const distance = graph.apply('Abs', [graph.apply('Sub', [place, graph.scalar(low, given)])]);
  const turns = graph.apply('Floor', [graph.apply('Div', [distance, graph.scalar(2 * span, given)])]);
  const within = graph.apply('Sub', [distance, graph.apply('Mul', [turns, graph.scalar(2 * span, given)])]);
  const reflected = graph.apply('Sub', [graph.scalar(span, given), graph.apply('Abs', [graph.apply('Sub', [within, graph.scalar(span, given)])])]);
  return clip(graph.apply('Add', [reflected, graph.scalar(low, given)]));
}

/** Each place of a picture, as a row (x, y, 1), times the matrix of its sample. */
export const affineGrid: Expansion = (step) => {
  const { graph, operator } = step;
  const size = graph.constantOf(step.inputs[1])?.data.map(Number);
  if (size?.length !== 4) throw new GradientError(`The gradient of ${operator.type} ${operator.name} needs a size of four numbers`, operator);
  const [batch, , height, width] = size;
  const theta = input(step, 0);
  const aligned = number(step, 'align_corners') === 1;
  const coordinate = (index: number, count: number) => (aligned ? (count === 1 ? 0 : (2 * index) / (count - 1) - 1) : (2 * index + 1) / count - 1);
  const rows = Array.from({ length: height * width }, (_, place) => [coordinate(place % width, width), coordinate(Math.floor(place / width), height), 1]).flat();
  const base = graph.constant(graph.type(theta).dataType ?? 'float32', [height * width, 3], rows);
  const product = graph.apply('MatMul', [base, graph.apply('Transpose', [theta], { perm: [0, 2, 1] })]);
  return [graph.apply('Reshape', [product, graph.integers(batch, height, width, 2)])];
};
