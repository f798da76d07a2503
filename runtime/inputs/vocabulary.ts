import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { isKnown } from '../../graph/dimension.ts';
import { tensorOf } from '../../graph/elements.ts';
import type { Value } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { CheckpointError, reason } from '../formats/file.ts';

/** Numbers of words; the words that stand for what is not in it and for nothing have several names. */
export interface Vocabulary {
  readonly numbers: ReadonlyMap<string, number>;
  readonly unknown: number | undefined;
  readonly padding: number;
}

const unknownWords = ['[UNK]', '<unk>', '<UNK>', '<OOV>', 'unk', '[OOV]'];
const paddingWords = ['[PAD]', '<pad>', '<PAD>', ''];
const mostBytes = 100e6;

/** A vocabulary: JSON from words to numbers or a list of words, or text with a word on each line, whose numbers are those of the lines from 0. */
export function readVocabulary(path: string): Vocabulary {
  const name = basename(path);
  let text: string;
  try {
    if (statSync(path).size > mostBytes) throw new CheckpointError(`${name} is too large for a vocabulary`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw error instanceof CheckpointError ? error : new CheckpointError(`The vocabulary ${path} cannot be read: ${reason(error)}`);
  }
  const numbers = new Map<string, number>();
  if (extname(path).toLowerCase() === '.json') {
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      throw new CheckpointError(`${name} is no vocabulary: it is not JSON`);
    }
    const entries = Array.isArray(document) ? document.map((word, index) => [word as unknown, index] as const) : document !== null && typeof document === 'object' ? Object.entries(document) : [];
    for (const [word, number] of entries) {
      if (typeof word !== 'string' || typeof number !== 'number' || !Number.isInteger(number)) throw new CheckpointError(`${name} is no vocabulary: it should give each word a whole number, or list the words`);
      numbers.set(word, number);
    }
  } else {
    text.replace(/\n$/, '').split(/\r?\n/).forEach((word, index) => numbers.set(word.split('\t')[0], index));
  }
  if (numbers.size === 0) throw new CheckpointError(`${name} holds no words`);
  const first = (words: readonly string[]) => words.map((word) => numbers.get(word)).find((number) => number !== undefined);
  return { numbers, unknown: first(unknownWords), padding: first(paddingWords) ?? 0 };
}

/** A text as the numbers of its words: as many as the input takes, padded behind. What was left out is said in the remarks. */
export function encodeText(text: string, { numbers, unknown, padding }: Vocabulary, { name, type }: Value, remarks: string[]): Tensor {
  const words = text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];
  const missing: string[] = [];
  const found = words.flatMap((word) => {
    const number = numbers.get(word) ?? numbers.get(word.toLowerCase()) ?? (/^[^\p{L}\p{N}]+$/u.test(word) ? undefined : unknown);
    if (number !== undefined) return [number];
    if (/[\p{L}\p{N}]/u.test(word)) missing.push(word);
    return [];
  });
  if (missing.length > 0) remarks.push(`${missing.length} words are not in the vocabulary and left out: ${[...new Set(missing)].slice(0, 5).join(', ')}`);
  if (found.length === 0) throw new CheckpointError(`No word of the text is in the vocabulary, so there is nothing to give to the input ${name}`);
  const last = type.shape?.at(-1);
  const length = last !== undefined && isKnown(last) && (type.shape?.length ?? 0) > 1 ? last as number : found.length;
  if (found.length > length) remarks.push(`cut from ${found.length} to ${length} words`);
  const filled = Array.from({ length }, (_, index) => found[index] ?? padding);
  return tensorOf(type.dataType ?? 'int64', [1, length], filled);
}
