import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCsv } from './csv.ts';
import { encodeText, readVocabulary } from './vocabulary.ts';

const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('CSV', () => {
  test('names of columns and of rows are passed over', () => {
    expect(readCsv('x.csv', 'name,a,b\nfirst,1,2.5\n"second",-3e2,\n')).toEqual({ dataType: 'float64', shape: [2, 2], data: Float64Array.of(1, 2.5, -300, Number.NaN) });
    expect(readCsv('x.csv', '1;2\n3;4').shape).toEqual([2, 2]);
    expect(readCsv('x.tsv', '1\t2\t3\n').shape).toEqual([1, 3]);
    expect(readCsv('x.csv', '7').data).toEqual(Float64Array.of(7));
  });

  test('what is wrong is said with its line', () => {
    expect(() => readCsv('x.csv', '1,2\n3')).toThrow('x.csv, line 2: it has 1 numbers, where the first row has 2');
    expect(() => readCsv('x.csv', '1,2\n3,four')).toThrow("x.csv, line 2: 'four' stands where a number is expected");
    expect(() => readCsv('x.csv', '\n')).toThrow('holds no rows');
  });
});

describe('text through a vocabulary', () => {
  const value = (length: number | undefined) => ({ id: 0, name: 'tokens', type: { dataType: 'int64' as const, shape: length === undefined ? undefined : [1, length] } });
  const write = (name: string, content: string) => {
    writeFileSync(join(scratch, name), content);
    return readVocabulary(join(scratch, name));
  };

  test('words, punctuation, padding, unknown words', () => {
    const vocabulary = write('words.txt', '<pad>\n<unk>\nthe\nfilm\nisn\'t\nbad\n.\n');
    const remarks: string[] = [];
    expect(encodeText('The film isn\'t terrible.', vocabulary, value(8), remarks).data).toEqual(BigInt64Array.of(2n, 3n, 4n, 1n, 6n, 0n, 0n, 0n));
    expect(encodeText('the the the', vocabulary, value(2), remarks).data).toEqual(BigInt64Array.of(2n, 2n));
    expect(remarks).toEqual(['cut from 3 to 2 words']);
  });

  test('JSON from words to numbers; words that are missing are said', () => {
    const remarks: string[] = [];
    expect(encodeText('good film', write('words.json', '{"film": 7}'), value(undefined), remarks).data).toEqual(BigInt64Array.of(7n));
    expect(remarks).toEqual(['1 words are not in the vocabulary and left out: good']);
    expect(() => write('bad.json', '{"film": "seven"}')).toThrow('is no vocabulary');
    expect(() => readVocabulary(join(scratch, 'none.txt'))).toThrow('there is no such file');
  });
});
