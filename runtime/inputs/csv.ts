import { tensorOf } from '../../graph/elements.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { CheckpointError } from '../formats/file.ts';

/**
 * Numbers in rows, with commas, semicolons or tabs between them; a first row of names and a first column of names are passed over.
 * What is left out is NaN. Throws CheckpointError with the line where a number is expected and something else stands, or where rows differ in length.
 */
export function readCsv(name: string, text: string): Tensor {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  if (lines.length === 0) throw new CheckpointError(`${name} holds no rows`);
  const separator = ['\t', ';', ','].find((one) => lines[0].line.includes(one)) ?? ',';
  const cells = lines.map(({ line, number }) => ({ number, row: line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')) }));
  const isNumber = (cell: string) => cell === '' || /^(nan|na|null)$/i.test(cell) || !Number.isNaN(Number(cell));
  const named = cells[0].row.some((cell) => !isNumber(cell));
  const rows = named && cells.length > 1 ? cells.slice(1) : cells;
  // names of the examples stand in front of their numbers
  const from = rows.every(({ row }) => !isNumber(row[0])) && rows[0].row.length > 1 ? 1 : 0;
  const width = rows[0].row.length - from;
  const numbers = new Float64Array(rows.length * width);
  rows.forEach(({ row, number }, index) => {
    if (row.length - from !== width) throw new CheckpointError(`${name}, line ${number}: it has ${row.length - from} numbers, where the first row has ${width}`);
    row.slice(from).forEach((cell, column) => {
      if (!isNumber(cell)) throw new CheckpointError(`${name}, line ${number}: '${cell.slice(0, 40)}' stands where a number is expected`);
      numbers[index * width + column] = cell === '' || /^[a-z]/i.test(cell) && !/^inf/i.test(cell) ? Number.NaN : Number(cell);
    });
  });
  return tensorOf('float64', [rows.length, width], numbers);
}
