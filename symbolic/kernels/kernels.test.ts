import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Kernels, MemoryLimit } from './kernels.ts';

test('the inlined WebAssembly is what kernels.as compiles to', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('./build.mjs', import.meta.url)), '--check']);
});

describe('the kernels', () => {
  const size = fc.integer({ min: 1, max: 11 });
  const numbers = (count: number) => fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -8, max: 8 })), { minLength: count, maxLength: count });

  test('multiply matrices of any shape, zeros and all', () => {
    const kernels = new Kernels();
    fc.assert(fc.property(fc.tuple(size, size, size).chain(([R, K, N]) => fc.tuple(fc.constant([R, K, N]), numbers(R * K), numbers(K * N), numbers(R * N), fc.boolean())), ([[R, K, N], a, b, before, accumulate]) => {
      const mark = kernels.mark();
      const target = kernels.store(before);
      kernels.multiply(R, K, N, kernels.store(a), kernels.store(b), target, accumulate);
      const result = kernels.f64(target, R * N);
      for (let r = 0; r < R; r++) {
        for (let j = 0; j < N; j++) {
          let expected = accumulate ? before[r * N + j] : 0;
          for (let k = 0; k < K; k++) expected += a[r * K + k] * b[k * N + j];
          expect(result[r * N + j] + 0).toBe(expected + 0);
        }
      }
      kernels.release(mark);
    }));
  });

  test('the lines of a ReLU hold it at both ends, whatever the range', () => {
    const kernels = new Kernels();
    const range = fc.tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: -1e9, max: 1e9, noNaN: true })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(fc.property(range, ([lower, upper]) => {
      const mark = kernels.mark();
      const [slope, intercept, low] = [kernels.zeros(1), kernels.zeros(1), kernels.zeros(1)];
      kernels.run.reluLines(1, kernels.store([lower]), kernels.store([upper]), slope, intercept, low);
      const [s, t, a] = [slope, intercept, low].map((pointer) => kernels.f64(pointer, 1)[0]);
      for (const x of [lower, upper, lower + (upper - lower) / 3]) {
        expect(s * x + t).toBeGreaterThanOrEqual(Math.max(x, 0) - 1e-15 * Math.abs(x));
        expect(a * x).toBeLessThanOrEqual(Math.max(x, 0));
      }
      kernels.release(mark);
    }));
  });

  test('refuse more memory than was allowed', () => {
    const kernels = new Kernels(10e6);
    expect(() => kernels.allocate(5e6)).toThrow(MemoryLimit);
  });
});
