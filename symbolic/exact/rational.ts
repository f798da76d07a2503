/** A fraction; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const view = new DataView(new ArrayBuffer(8));

/** The number that a float64 is, exactly. */
export function rational(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is no rational number`);
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = Math.max(exponent, 1) - 1075;
  const signed = bits >> 63n ? -mantissa : mantissa;
  if (shift >= 0) return { numerator: signed << BigInt(shift), denominator: 1n };
  let [numerator, denominator] = [signed, -shift];
  while (denominator > 0 && numerator !== 0n && numerator % 2n === 0n) {
    numerator /= 2n;
    denominator--;
  }
  return { numerator, denominator: numerator === 0n ? 1n : 1n << BigInt(denominator) };
}

/** A float64 as SMT-LIB writes an exact real. */
export function smtNumber(x: number): string {
  const { numerator, denominator } = rational(x);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const text = denominator === 1n ? `${magnitude}.0` : `(/ ${magnitude}.0 ${denominator}.0)`;
  return numerator < 0n ? `(- ${text})` : text;
}

/** The float64 nearest to a fraction of integers of any length. */
export function toNumber(numerator: bigint, denominator: bigint): number {
  const bitLength = (x: bigint) => x.toString(2).length;
  const magnitude = numerator < 0n ? -numerator : numerator;
  if (magnitude === 0n) return 0;
  // 64 bits of the quotient are enough to round from
  const shift = 64 - (bitLength(magnitude) - bitLength(denominator));
  const quotient = shift >= 0 ? (magnitude << BigInt(shift)) / denominator : magnitude / (denominator << BigInt(-shift));
  // in two steps, as one factor alone may be too small for a float64
  const half = Math.trunc(shift / 2);
  const result = Number(quotient) * 2 ** -half * 2 ** (half - shift);
  return numerator < 0n ? -result : result;
}
