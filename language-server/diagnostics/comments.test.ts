import { describe, expect, it } from 'vitest';
import { formatShape } from '../../graph/dimension.ts';
import { isSilenced, readComments, readStatedInput } from './comments.ts';

describe('readStatedInput', () => {
  it.each([
    ['1,3,224,224', undefined, '(1, 3, 224, 224)', undefined],
    ['x=1, 3, 8', 'x', '(1, 3, 8)', undefined],
    ['tokens=batch,128 int64', 'tokens', '(batch, 128)', 'int64'],
    ['(None, 28, 28)', undefined, '(None, 28, 28)', undefined],
    ['(10,)', undefined, '(10,)', undefined],
    ['1x3x32x32', undefined, '(1, 3, 32, 32)', undefined],
  ])('reads %s', (text, input, shape, dataType) => {
    const stated = readStatedInput(text)!;
    expect([stated.input, formatShape(stated.shape), stated.dataType]).toEqual([input, shape, dataType]);
  });

  it.each(['', 'three by four', '1,,2', '1,3 nonsense', '1.5,2'])('refuses %j', (text) => {
    expect(readStatedInput(text)).toBeUndefined();
  });
});

describe('readComments', () => {
  it('finds silenced codes and stated inputs with their lines', () => {
    const comments = readComments('x = f(y)  # layerscope: ignore[shape-mismatch, wrong-type]\n# layerscope: input 1,8\nz = 1  # layerscope: ignore\n');
    expect(comments.inputs).toEqual([{ shape: [1, 8], line: 2 }]);
    expect(isSilenced(comments, 'shape-mismatch', [1])).toBe(true);
    expect(isSilenced(comments, 'name-error', [1])).toBe(false);
    expect(isSilenced(comments, 'name-error', [2, 3])).toBe(true);
  });
});
