import { expect, test } from 'vitest';
import { LinearProgram } from './linear-program.ts';

test('finds the corner, says where there is none, and goes on after a change', async () => {
  const program = await LinearProgram.open(Float64Array.of(0, 0), Float64Array.of(4, Infinity));
  try {
    const row = program.addRow(Float64Array.of(1, 2), -Infinity, 10);
    const best = program.minimise(Float64Array.of(-1, -1));
    expect(best.status === 'optimal' && [...best.x]).toEqual([4, 3]);
    program.addRow(Float64Array.of(0, 1), 6, Infinity);
    expect(program.minimise(Float64Array.of(1, 0)).status).toBe('infeasible');
    program.boundRow(row, -Infinity, 14);
    const moved = program.minimise(Float64Array.of(-1, 0));
    expect(moved.status === 'optimal' && [...moved.x]).toEqual([2, 6]);
    program.keepRows(0);
    expect(program.minimise(Float64Array.of(0, -1)).status).toBe('unbounded');
  } finally {
    program.close();
  }
});
