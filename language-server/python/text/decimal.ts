/** Decimal text of floats as CPython prints it: exact, halves rounded to even. */

interface Ratio { readonly numerator: bigint; readonly denominator: bigint }

const bits = new DataView(new ArrayBuffer(8));

/** A finite non-negative float as a fraction. */
function exact(value: number): Ratio {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = (exponent === 0 ? 1 : exponent) - 1075;
  return shift >= 0 ? { numerator: mantissa << BigInt(shift), denominator: 1n } : { numerator: mantissa, denominator: 1n << BigInt(-shift) };
}

/** The integer nearest to value * 10^places, halves to even. */
function scaled(value: number, places: number): bigint {
  let { numerator, denominator } = exact(value);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** `'%.{places}f' % value` for a finite non-negative value. */
export function fixed(value: number, places: number): string {
  const digits = scaled(value, places).toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The decimal digits of a finite non-negative value, `count` of them, and the power of ten of the first. */
function significant(value: number, count: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  let exponent = Number(value.toExponential().split('e')[1]);
  let digits = scaled(value, count - 1 - exponent).toString();
  if (digits.length > count) {
    exponent++;
    digits = scaled(value, count - 1 - exponent).toString();
  }
  return { digits, exponent };
}

/** `'%.{places}e' % value` for a finite non-negative value. */
export function exponential(value: number, places: number): string {
  const { digits, exponent } = significant(value, places + 1);
  return withExponent(digits, exponent);
}

function withExponent(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `'%.{precision}g' % value` for a finite non-negative value; zeros at the end stay where `alternate` is set. */
export function general(value: number, precision: number, alternate = false, limit = Math.max(1, precision)): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significant(value, count);
  if (exponent < -4 || exponent >= limit) {
    return withExponent(alternate ? digits : digits.replace(/(?<=.)0+$/, ''), exponent);
  }
  const places = count - 1 - exponent;
  const text = places > 0 ? fixed(value, places) : scaled(value, 0).toString();
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

/** `repr(value)`: the shortest text that reads back as the same float. */
export function floatRepr(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : String(value)}.0`;
  const [mantissa, power] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  if (exponent < -4 || exponent >= 16) return sign + withExponent(digits, exponent);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** Python's `round(value, places)` for finite values. */
export function roundFloat(value: number, places: number): number {
  if (places > 400 || value === 0) return value;
  if (places < -400) return value < 0 ? -0 : 0;
  const magnitude = scaled(Math.abs(value), places);
  const rounded = places > 0 ? Number(`${magnitude}e${-places}`) : Number(magnitude * 10n ** BigInt(-places));
  return value < 0 ? -rounded : rounded;
}

/** Python's `round(value)`: halves to even. */
export function roundToInteger(value: number): bigint {
  const magnitude = scaled(Math.abs(value), 0);
  return value < 0 ? -magnitude : magnitude;
}
