import { h } from '../dom.ts';
import { spark } from '../drawing/plots.ts';
import type { CostFigures, CostResult, ModesResult, ValuesResult } from '../messages.ts';
import { bytes, countText, figure, keyConfiguration, outputShape, parameterCount, placeText, short } from '../model/describe.ts';
import type { Item, Outline } from '../model/outline.ts';
import { placeOf } from '../model/places.ts';

/** One column of the table: its heading, the style that sets its width, and what it says of an item. */
export interface Column {
  readonly title: string;
  /** The class of its cells: `amount` for figures. */
  readonly kind: 'layer' | 'type' | 'configuration' | 'shape' | 'amount' | 'line' | 'picture';
  /** What the heading means, where that needs words. */
  readonly explanation?: string;
  cell(item: Item): Node | string;
  /** What the rows can be sorted by, the greatest first; undefined for rows without. */
  order?(item: Item): number | undefined;
}

const mark = (): HTMLElement => h('span', { class: 'mark' });

function layer(): Column[] {
  return [{ title: 'Layer', kind: 'layer', cell: ({ name }) => h('span', {}, mark(), name) }, { title: 'Type', kind: 'type', cell: ({ type }) => type }];
}

const parameters = ({ graph }: Outline): Column => ({
  title: 'Parameters', kind: 'amount', cell: (item) => {
    const amount = item.layer ? parameterCount(graph, item.layer.id) : 0;
    return amount === 0 ? '' : countText(amount);
  },
});

/** What the program says: the summary. */
export function structure(outline: Outline, file: string): readonly Column[] {
  return [
    ...layer(), { title: 'Configuration', kind: 'configuration', cell: keyConfiguration },
    { title: 'Output shape', kind: 'shape', cell: (item) => outputShape(outline.graph, item) }, parameters(outline),
    { title: 'Line', kind: 'line', cell: (item) => {
      const place = placeOf(item, outline);
      return place ? place.file === file ? String(place.line) : placeText(place, file) : '';
    } },
  ];
}

/** What running and training cost, as far as it is known. */
export function costs(outline: Outline, cost: CostResult | undefined, modes: ModesResult | undefined): readonly Column[] {
  const layers = new Map(cost?.layers.map((figures) => [figures.layer, figures]));
  const operators = new Map(cost?.operators.map((figures) => [figures.operator, figures]));
  const fields = new Map(cost?.receptiveFields.map(({ value, axes }) => [value, axes]));
  const times = new Map(modes?.operators.map(({ operator, milliseconds }) => [operator, milliseconds]));
  const figures = (item: Item): CostFigures | undefined => item.layer ? layers.get(item.layer.id) : item.operator ? operators.get(item.operator.id) : undefined;
  const amount = (title: string, explanation: string, text: (figures: CostFigures) => string): Column => ({
    title, explanation, kind: 'amount', cell: (item) => {
      const known = figures(item);
      return known ? text(known) : '';
    },
  });
  return [
    ...layer(), parameters(outline),
    amount('Multiply-adds', 'Multiplications with addition in matrix products and convolutions', ({ multiplyAdds }) => multiplyAdds === 0 ? '' : short(multiplyAdds)),
    amount('FLOPs', 'All arithmetic operations on elements: two for each multiply-add, and those of the other operators', ({ operations }) => operations === 0 ? '' : short(operations)),
    amount('Activations', 'Bytes of all results: about what training keeps for the way back', ({ activationBytes }) => activationBytes === 0 ? '' : bytes(activationBytes)),
    { title: 'Receptive field', kind: 'amount', explanation: 'How many neighbouring elements of the input one element of the result sees', cell: (item) => {
      const value = (item.scope?.outputs ?? item.outputs)[0];
      const axes = value === undefined ? undefined : fields.get(value)?.filter((size) => size !== null && size > 1);
      return axes && axes.length > 0 ? axes.join(' × ') : '';
    } },
    ...(modes ? [{ title: 'Time', kind: 'amount', explanation: 'Median of its operators, one after the other', cell: (item) => {
      const milliseconds = within(item, times);
      return milliseconds === undefined ? '' : milliseconds < 0.1 ? `${Math.round(milliseconds * 1000)} µs` : `${rounded(milliseconds)} ms`;
    } } satisfies Column] : []),
  ];
}

/** What the last run computed, and how it differs from `against`: one row for the first output of each layer. */
export function values(result: ValuesResult | undefined, against: string): readonly Column[] {
  const rows = new Map(result?.values.map((row) => [row.value, row]));
  const of = (item: Item): ValuesResult['values'][number] | undefined => {
    const value = (item.scope?.outputs ?? item.outputs)[0];
    return value === undefined ? undefined : rows.get(value);
  };
  const amount = (title: string, figureOf: (row: ValuesResult['values'][number]) => number | undefined, text: (figure: number) => string, explanation?: string): Column => ({
    title, explanation, kind: 'amount',
    cell: (item) => {
      const row = of(item);
      const found = row && figureOf(row);
      return found === undefined ? '' : text(found);
    },
    order: (item) => {
      const row = of(item);
      return row && figureOf(row);
    },
  });
  return [
    ...layer(),
    amount('Minimum', ({ statistics }) => statistics.minimum, rounded), amount('Maximum', ({ statistics }) => statistics.maximum, rounded),
    amount('Mean', ({ statistics }) => statistics.mean, rounded), amount('Deviation', ({ statistics }) => statistics.deviation, rounded),
    amount('Zeros', ({ statistics }) => (100 * statistics.zeros) / statistics.count, (share) => `${rounded(share)} %`, 'Share of the elements that are exactly zero'),
    { title: 'Distribution', kind: 'picture', cell: (item) => {
      const row = of(item);
      if (!row) return '';
      const { notANumber, infinite, histogram, minimum, maximum } = row.statistics;
      if (notANumber + infinite > 0) return h('span', { class: 'error' }, [notANumber > 0 ? `${notANumber} NaN` : '', infinite > 0 ? `${infinite} infinite` : ''].filter((part) => part !== '').join(', '));
      return spark(histogram, `from ${figure(minimum)} to ${figure(maximum)}`);
    } },
    ...(result?.compared ? [
      amount('Change', ({ change }) => change?.largest, rounded, `Largest absolute difference from ${against}`),
      amount('Relative', ({ change }) => change?.relative, (share) => (Number.isFinite(share) ? `${rounded(100 * share)} %` : 'from 0'), `The length of the difference against that of ${against}`),
      { ...amount('Cosine', ({ change }) => change?.cosine, (cosine) => figure(Number(cosine.toFixed(5))), `1 where it points the same way as in ${against}; sorted from the least`), order: (item) => {
        const cosine = of(item)?.change?.cosine;
        return cosine === undefined ? undefined : -cosine;
      } } satisfies Column,
    ] : []),
  ];
}

/** Three digits are enough in a table. */
function rounded(value: number): string {
  return figure(Number(value.toPrecision(3)));
}

/** The sum over all operators inside, where any was measured. */
function within(item: Item, times: ReadonlyMap<number, number>): number | undefined {
  if (item.operator) return times.get(item.operator.id);
  let sum: number | undefined;
  for (const child of item.children) {
    const part = within(child, times);
    if (part !== undefined) sum = (sum ?? 0) + part;
  }
  return sum;
}
