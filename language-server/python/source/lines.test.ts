import { expect, test } from 'vitest';
import fc from 'fast-check';
import { lineTable } from './lines.ts';

test('lines end in any of the three ways', () => {
  const table = lineTable('a\nbc\r\nd\re');
  expect(table.count).toBe(4);
  expect([0, 1, 2, 6, 8].map((offset) => table.position(offset))).toEqual([
    { line: 1, column: 0 }, { line: 1, column: 1 }, { line: 2, column: 0 }, { line: 3, column: 0 }, { line: 4, column: 0 },
  ]);
});

test('offsets and positions are inverse', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é') }), fc.nat(), (text, at) => {
    const offset = at % (text.length + 1);
    const table = lineTable(text);
    expect(table.offset(table.position(offset))).toBe(offset);
  }));
});
