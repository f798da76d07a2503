// The verifier's hot loops, in AssemblyScript (TypeScript's syntax, compiled to WebAssembly with SIMD).
// All matrices are row-major float64 in linear memory; pointers are byte addresses; counts are elements.
// Nothing here allocates. Rounding is to nearest: who calls accounts for it (bounds/rounding.ts).

// @ts-nocheck

function nonzeroBlock(a: usize, rowBytes: usize, rows: i32, K: i32, values: usize, indices: usize, bRowBytes: i32): i32 {
  // Packs up to 4 rows of A column by column, leaving out columns that are zero in all 4.
  let count = 0;
  const a1 = rows > 1 ? a + rowBytes : a;
  const a2 = rows > 2 ? a + 2 * rowBytes : a;
  const a3 = rows > 3 ? a + 3 * rowBytes : a;
  for (let k = 0; k < K; k++) {
    const o = <usize>k << 3;
    const v0 = load<f64>(a + o);
    const v1 = load<f64>(a1 + o);
    const v2 = load<f64>(a2 + o);
    const v3 = load<f64>(a3 + o);
    if (v0 != 0 || v1 != 0 || v2 != 0 || v3 != 0) {
      const t = values + (<usize>count << 5);
      store<f64>(t, v0);
      store<f64>(t, v1, 8);
      store<f64>(t, v2, 16);
      store<f64>(t, v3, 24);
      store<i32>(indices + (<usize>count << 2), k * bRowBytes);
      count++;
    }
  }
  return count;
}

/**
 * C = A B, or C += A B. A is R x K, B is K x N, C is R x N.
 * `pack` has room for ceil(R/4) * (K * 36 + 8) bytes: A is packed there without the columns that are zero in a block of
 * 4 rows, which is what dead ReLUs leave.
 */
export function multiply(R: i32, K: i32, N: i32, a: usize, b: usize, c: usize, accumulate: i32, pack: usize): void {
  const aRow = <usize>K << 3;
  const bRow = <usize>N << 3;
  const blocks = (R + 3) >> 2;
  const blockBytes = <usize>K * 36 + 8;
  for (let block = 0; block < blocks; block++) {
    const p = pack + <usize>block * blockBytes;
    const rows = min(4, R - block * 4);
    store<i32>(p, nonzeroBlock(a + <usize>(block * 4) * aRow, aRow, rows, K, p + 8, p + 8 + (<usize>K << 5), <i32>bRow));
  }
  const N4 = N & ~3;
  for (let j = 0; j < N4; j += 4) {
    for (let block = 0; block < blocks; block++) {
      const p = pack + <usize>block * blockBytes;
      const count = load<i32>(p);
      const rows = min(4, R - block * 4);
      let values = p + 8;
      let index = p + 8 + (<usize>K << 5);
      const end = index + (<usize>count << 2);
      const bj = b + (<usize>j << 3);
      let c00 = f64x2.splat(0), c01 = f64x2.splat(0), c10 = f64x2.splat(0), c11 = f64x2.splat(0);
      let c20 = f64x2.splat(0), c21 = f64x2.splat(0), c30 = f64x2.splat(0), c31 = f64x2.splat(0);
      while (index < end) {
        const row = bj + <usize>load<u32>(index);
        const b0 = v128.load(row);
        const b1 = v128.load(row, 16);
        const s0 = v128.load64_splat(values);
        c00 = f64x2.add(c00, f64x2.mul(s0, b0));
        c01 = f64x2.add(c01, f64x2.mul(s0, b1));
        const s1 = v128.load64_splat(values, 8);
        c10 = f64x2.add(c10, f64x2.mul(s1, b0));
        c11 = f64x2.add(c11, f64x2.mul(s1, b1));
        const s2 = v128.load64_splat(values, 16);
        c20 = f64x2.add(c20, f64x2.mul(s2, b0));
        c21 = f64x2.add(c21, f64x2.mul(s2, b1));
        const s3 = v128.load64_splat(values, 24);
        c30 = f64x2.add(c30, f64x2.mul(s3, b0));
        c31 = f64x2.add(c31, f64x2.mul(s3, b1));
        index += 4;
        values += 32;
      }
      let t = c + <usize>(block * 4) * bRow + (<usize>j << 3);
      put(t, c00, c01, accumulate);
      if (rows > 1) { t += bRow; put(t, c10, c11, accumulate); }
      if (rows > 2) { t += bRow; put(t, c20, c21, accumulate); }
      if (rows > 3) { t += bRow; put(t, c30, c31, accumulate); }
    }
  }
  for (let j = N4; j < N; j++) {
    for (let r = 0; r < R; r++) {
      let sum: f64 = 0;
      const ar = a + <usize>r * aRow;
      const bj = b + (<usize>j << 3);
      for (let k = 0; k < K; k++) sum += load<f64>(ar + (<usize>k << 3)) * load<f64>(bj + <usize>k * bRow);
      const t = c + <usize>r * bRow + (<usize>j << 3);
      store<f64>(t, accumulate ? load<f64>(t) + sum : sum);
    }
  }
}

// @ts-ignore: decorator
@inline
function put(target: usize, left: v128, right: v128, accumulate: i32): void {
  if (accumulate) {
    left = f64x2.add(left, v128.load(target));
    right = f64x2.add(right, v128.load(target, 16));
  }
  v128.store(target, left);
  v128.store(target, right, 16);
}

/** target[r][column] += source[r][i] * value for every entry (i, column, value) of a sparse matrix in CSR form. */
export function scatter(R: i32, nSource: i32, nTarget: i32, source: usize, starts: usize, columns: usize, values: usize, target: usize): void {
  for (let r = 0; r < R; r++) {
    const s = source + (<usize>(r * nSource) << 3);
    const t = target + (<usize>(r * nTarget) << 3);
    for (let i = 0; i < nSource; i++) {
      const factor = load<f64>(s + (<usize>i << 3));
      if (factor == 0) continue;
      const from = load<i32>(starts + (<usize>i << 2));
      const to = load<i32>(starts + (<usize>i << 2), 4);
      for (let e = from; e < to; e++) {
        const at = t + (<usize>load<i32>(columns + (<usize>e << 2)) << 3);
        store<f64>(at, load<f64>(at) + factor * load<f64>(values + (<usize>e << 3)));
      }
    }
  }
}

/**
 * target[r][i] += sum of source[r][column] * value over row i of a sparse matrix in CSR form. Four rows of the source are taken at a
 * time, so that a coefficient is read once for them and their sums do not wait for one another; each sum has the same order alone.
 */
export function gather(R: i32, nTarget: i32, nSource: i32, source: usize, starts: usize, columns: usize, values: usize, target: usize): void {
  const row = <usize>nSource << 3;
  const out = <usize>nTarget << 3;
  let r = 0;
  for (; r + 4 <= R; r += 4) {
    const s = source + <usize>r * row;
    const t = target + <usize>r * out;
    for (let i = 0; i < nTarget; i++) {
      const from = load<i32>(starts + (<usize>i << 2));
      const to = load<i32>(starts + (<usize>i << 2), 4);
      let a: f64 = 0;
      let b: f64 = 0;
      let c: f64 = 0;
      let d: f64 = 0;
      for (let e = from; e < to; e++) {
        const value = load<f64>(values + (<usize>e << 3));
        const at = s + (<usize>load<i32>(columns + (<usize>e << 2)) << 3);
        a += value * load<f64>(at);
        b += value * load<f64>(at + row);
        c += value * load<f64>(at + 2 * row);
        d += value * load<f64>(at + 3 * row);
      }
      const at = t + (<usize>i << 3);
      store<f64>(at, load<f64>(at) + a);
      store<f64>(at + out, load<f64>(at + out) + b);
      store<f64>(at + 2 * out, load<f64>(at + 2 * out) + c);
      store<f64>(at + 3 * out, load<f64>(at + 3 * out) + d);
    }
  }
  for (; r + 2 <= R; r += 2) {
    const s = source + <usize>r * row;
    const t = target + <usize>r * out;
    for (let i = 0; i < nTarget; i++) {
      const from = load<i32>(starts + (<usize>i << 2));
      const to = load<i32>(starts + (<usize>i << 2), 4);
      let a: f64 = 0;
      let b: f64 = 0;
      for (let e = from; e < to; e++) {
        const value = load<f64>(values + (<usize>e << 3));
        const at = s + (<usize>load<i32>(columns + (<usize>e << 2)) << 3);
        a += value * load<f64>(at);
        b += value * load<f64>(at + row);
      }
      const at = t + (<usize>i << 3);
      store<f64>(at, load<f64>(at) + a);
      store<f64>(at + out, load<f64>(at + out) + b);
    }
  }
  for (; r < R; r++) {
    const s = source + <usize>r * row;
    const t = target + <usize>r * out;
    for (let i = 0; i < nTarget; i++) {
      const from = load<i32>(starts + (<usize>i << 2));
      const to = load<i32>(starts + (<usize>i << 2), 4);
      let sum: f64 = 0;
      for (let e = from; e < to; e++) {
        sum += load<f64>(values + (<usize>e << 3)) * load<f64>(s + (<usize>load<i32>(columns + (<usize>e << 2)) << 3));
      }
      const at = t + (<usize>i << 3);
      store<f64>(at, load<f64>(at) + sum);
    }
  }
}

/** Adds to outLower and outUpper the range of W x over the box [lower, upper]; W is N x K, one box for each of R rows. */
export function intervalDense(R: i32, K: i32, N: i32, weights: usize, lower: usize, upper: usize, outLower: usize, outUpper: usize): void {
  const zero = f64x2.splat(0);
  const K2 = K & ~1;
  for (let i = 0; i < N; i++) {
    const w = weights + (<usize>i * <usize>K << 3);
    for (let r = 0; r < R; r++) {
      const l = lower + (<usize>r * <usize>K << 3);
      const u = upper + (<usize>r * <usize>K << 3);
      let low = zero;
      let high = zero;
      for (let k = 0; k < K2; k += 2) {
        const o = <usize>k << 3;
        const weight = v128.load(w + o);
        const positive = f64x2.pmax(weight, zero);
        const negative = f64x2.pmin(weight, zero);
        const lo = v128.load(l + o);
        const up = v128.load(u + o);
        low = f64x2.add(low, f64x2.add(f64x2.mul(positive, lo), f64x2.mul(negative, up)));
        high = f64x2.add(high, f64x2.add(f64x2.mul(positive, up), f64x2.mul(negative, lo)));
      }
      let sumLow = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
      let sumHigh = f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1);
      if (K2 < K) {
        const o = <usize>K2 << 3;
        const weight = load<f64>(w + o);
        const lo = load<f64>(l + o);
        const up = load<f64>(u + o);
        sumLow += weight > 0 ? weight * lo : weight * up;
        sumHigh += weight > 0 ? weight * up : weight * lo;
      }
      const at = <usize>(r * N + i) << 3;
      store<f64>(outLower + at, load<f64>(outLower + at) + sumLow);
      store<f64>(outUpper + at, load<f64>(outUpper + at) + sumHigh);
    }
  }
}

export function intervalSparse(R: i32, K: i32, N: i32, starts: usize, columns: usize, values: usize, lower: usize, upper: usize, outLower: usize, outUpper: usize): void {
  for (let r = 0; r < R; r++) {
    const l = lower + (<usize>r * <usize>K << 3);
    const u = upper + (<usize>r * <usize>K << 3);
    for (let i = 0; i < N; i++) {
      const from = load<i32>(starts + (<usize>i << 2));
      const to = load<i32>(starts + (<usize>i << 2), 4);
      let low: f64 = 0;
      let high: f64 = 0;
      for (let e = from; e < to; e++) {
        const weight = load<f64>(values + (<usize>e << 3));
        const o = <usize>load<i32>(columns + (<usize>e << 2)) << 3;
        const lo = load<f64>(l + o);
        const up = load<f64>(u + o);
        low += weight > 0 ? weight * lo : weight * up;
        high += weight > 0 ? weight * up : weight * lo;
      }
      const at = <usize>(r * N + i) << 3;
      store<f64>(outLower + at, load<f64>(outLower + at) + low);
      store<f64>(outUpper + at, load<f64>(outUpper + at) + high);
    }
  }
}

/** constant[r] += <coefficients[r], bias>, error[r] += <|coefficients[r]|, weight>; `bias` is 0 where there is none. */
export function charge(R: i32, n: i32, coefficients: usize, bias: usize, weight: usize, constant: usize, error: usize): void {
  const n2 = n & ~1;
  for (let r = 0; r < R; r++) {
    const c = coefficients + (<usize>r * <usize>n << 3);
    let sum = f64x2.splat(0);
    let slack = f64x2.splat(0);
    let tail: f64 = 0;
    let tailSlack: f64 = 0;
    for (let k = 0; k < n2; k += 2) {
      const o = <usize>k << 3;
      const v = v128.load(c + o);
      if (bias) sum = f64x2.add(sum, f64x2.mul(v, v128.load(bias + o)));
      slack = f64x2.add(slack, f64x2.mul(f64x2.abs(v), v128.load(weight + o)));
    }
    if (n2 < n) {
      const o = <usize>n2 << 3;
      const v = load<f64>(c + o);
      if (bias) tail = v * load<f64>(bias + o);
      tailSlack = abs(v) * load<f64>(weight + o);
    }
    const at = <usize>r << 3;
    store<f64>(constant + at, load<f64>(constant + at) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + tail));
    store<f64>(error + at, load<f64>(error + at) + (f64x2.extract_lane(slack, 0) + f64x2.extract_lane(slack, 1) + tailSlack));
  }
}

/** constant[r] += the minimum of <coefficients[r], x> over the box of the row's region. */
export function concretize(R: i32, n: i32, coefficients: usize, regions: usize, lower: usize, upper: usize, constant: usize): void {
  const zero = f64x2.splat(0);
  const n2 = n & ~1;
  for (let r = 0; r < R; r++) {
    const c = coefficients + (<usize>r * <usize>n << 3);
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    const l = lower + region;
    const u = upper + region;
    let sum = zero;
    for (let k = 0; k < n2; k += 2) {
      const o = <usize>k << 3;
      const v = v128.load(c + o);
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(f64x2.pmax(v, zero), v128.load(l + o)), f64x2.mul(f64x2.pmin(v, zero), v128.load(u + o))));
    }
    let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    if (n2 < n) {
      const o = <usize>n2 << 3;
      const v = load<f64>(c + o);
      total += v > 0 ? v * load<f64>(l + o) : v * load<f64>(u + o);
    }
    const at = constant + (<usize>r << 3);
    store<f64>(at, load<f64>(at) + total);
  }
}

/** target[r] = the corner of the row's region where <coefficients[r], x> is smallest. */
export function corner(R: i32, n: i32, coefficients: usize, regions: usize, lower: usize, upper: usize, target: usize): void {
  for (let r = 0; r < R; r++) {
    const row = <usize>r * <usize>n << 3;
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    for (let k = 0; k < n; k++) {
      const o = <usize>k << 3;
      store<f64>(target + row + o, load<f64>(coefficients + row + o) > 0 ? load<f64>(lower + region + o) : load<f64>(upper + region + o));
    }
  }
}

/**
 * The linear bounds of n ReLUs from their inputs' ranges. Upper: slope x + intercept; lower: `low` x with low in {0, 1},
 * whichever leaves the smaller area. The intercept is raised so that the line is above the ReLU at both ends as rounded.
 */
export function reluLines(n: i32, lower: usize, upper: usize, slope: usize, intercept: usize, low: usize): void {
  for (let k = 0; k < n; k++) {
    const o = <usize>k << 3;
    const l = load<f64>(lower + o);
    const u = load<f64>(upper + o);
    let s: f64 = 0;
    let t: f64 = 0;
    let a: f64 = 0;
    if (l >= 0) {
      s = 1;
      a = 1;
    } else if (u > 0) {
      s = u / (u - l);
      // at l the line must be at least 0, at u at least u; each product and sum is rounded once
      t = max(-s * l, u - s * u);
      t += (abs(t) + u) * 4.5e-16;
      a = u > -l ? 1 : 0;
    }
    store<f64>(slope + o, s);
    store<f64>(intercept + o, t);
    store<f64>(low + o, a);
  }
}

/**
 * One backward step through n ReLUs: positive coefficients take the lower line, negative ones the upper.
 * `alpha` holds a lower slope for each row and ReLU, or is 0 and the region's `low` is taken.
 */
export function reluBackward(R: i32, n: i32, source: usize, target: usize, accumulate: i32, regions: usize, slope: usize, intercept: usize, low: usize, alpha: usize, constant: usize): void {
  const zero = f64x2.splat(0);
  const n2 = n & ~1;
  for (let r = 0; r < R; r++) {
    const row = <usize>r * <usize>n << 3;
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    const s = slope + region;
    const t = intercept + region;
    const a = alpha ? alpha + row : low + region;
    let sum = zero;
    for (let k = 0; k < n2; k += 2) {
      const o = <usize>k << 3;
      const v = v128.load(source + row + o);
      const positive = f64x2.pmax(v, zero);
      const negative = f64x2.pmin(v, zero);
      sum = f64x2.add(sum, f64x2.mul(negative, v128.load(t + o)));
      let result = f64x2.add(f64x2.mul(positive, v128.load(a + o)), f64x2.mul(negative, v128.load(s + o)));
      if (accumulate) result = f64x2.add(result, v128.load(target + row + o));
      v128.store(target + row + o, result);
    }
    let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    if (n2 < n) {
      const o = <usize>n2 << 3;
      const v = load<f64>(source + row + o);
      let result = v > 0 ? v * load<f64>(a + o) : v * load<f64>(s + o);
      if (v < 0) total += v * load<f64>(t + o);
      if (accumulate) result += load<f64>(target + row + o);
      store<f64>(target + row + o, result);
    }
    const at = constant + (<usize>r << 3);
    store<f64>(at, load<f64>(at) + total);
  }
}

/** The relaxed network's value behind n ReLUs at the row's worst point: each ReLU replaced by the line that its coefficient takes. */
export function reluRelaxed(R: i32, n: i32, coefficients: usize, before: usize, regions: usize, slope: usize, intercept: usize, low: usize, alpha: usize, target: usize): void {
  for (let r = 0; r < R; r++) {
    const row = <usize>r * <usize>n << 3;
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    const a = alpha ? alpha + row : low + region;
    for (let k = 0; k < n; k++) {
      const o = <usize>k << 3;
      const x = load<f64>(before + row + o);
      const value = load<f64>(coefficients + row + o) >= 0 ? load<f64>(a + o) * x : load<f64>(slope + region + o) * x + load<f64>(intercept + region + o);
      store<f64>(target + row + o, value);
    }
  }
}

/**
 * One Adam step uphill for the lower slopes: the bound's derivative by a slope is coefficient times value where the
 * coefficient is positive. Slopes of ReLUs that are fixed in the region stay what they are.
 */
export function alphaStep(R: i32, n: i32, coefficients: usize, before: usize, regions: usize, slope: usize, intercept: usize, alpha: usize, first: usize, second: usize, rate: f64, correction1: f64, correction2: f64): void {
  for (let r = 0; r < R; r++) {
    const row = <usize>r * <usize>n << 3;
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    for (let k = 0; k < n; k++) {
      const o = <usize>k << 3;
      if (load<f64>(intercept + region + o) == 0) {
        store<f64>(alpha + row + o, load<f64>(slope + region + o));
        continue;
      }
      const c = load<f64>(coefficients + row + o);
      const g = c > 0 ? c * load<f64>(before + row + o) : 0;
      const m = 0.9 * load<f64>(first + row + o) + 0.1 * g;
      const v = 0.999 * load<f64>(second + row + o) + 0.001 * g * g;
      store<f64>(first + row + o, m);
      store<f64>(second + row + o, v);
      const step = rate * (m * correction1) / (sqrt(v * correction2) + 1e-8);
      // a float32 number, so that certificates hold the slopes exactly in half the room
      store<f64>(alpha + row + o, <f64><f32>max(0.0, min(1.0, load<f64>(alpha + row + o) + step)));
    }
  }
}

/** Fills the slopes of ReLUs that are fixed in the row's region; the others keep what they have. */
export function alphaFix(R: i32, n: i32, regions: usize, slope: usize, intercept: usize, alpha: usize): void {
  for (let r = 0; r < R; r++) {
    const row = <usize>r * <usize>n << 3;
    const region = <usize>load<i32>(regions + (<usize>r << 2)) * <usize>n << 3;
    for (let k = 0; k < n; k++) {
      const o = <usize>k << 3;
      if (load<f64>(intercept + region + o) == 0) store<f64>(alpha + row + o, load<f64>(slope + region + o));
    }
  }
}

export function reluForward(n: i32, source: usize, target: usize): void {
  for (let k = 0; k < n; k++) store<f64>(target + (<usize>k << 3), max(0.0, load<f64>(source + (<usize>k << 3))));
}

/** target = coefficient where x > 0, else 0, or added to what is there. */
export function reluGradient(n: i32, source: usize, x: usize, target: usize, accumulate: i32): void {
  for (let k = 0; k < n; k++) {
    const o = <usize>k << 3;
    const v = load<f64>(x + o) > 0 ? load<f64>(source + o) : 0;
    store<f64>(target + o, accumulate ? load<f64>(target + o) + v : v);
  }
}
