import type { FunctionName } from './network.ts';

/** A smooth function of one variable, with what sound linear bounds need to know of it. */
export interface SmoothFunction {
  value(x: number): number;
  derivative(x: number): number;
  /** Where the derivative turns between rising and falling, inside [lower, upper], in order. */
  turns(lower: number, upper: number): readonly number[];
  /** The open interval on which it is defined; bounds outside of it are infinite. */
  readonly domain?: readonly [number, number];
  /** Where it is not defined; bounds on an interval that holds it are infinite. */
  readonly pole?: number;
  /** It repeats with this period between -1 and 1. */
  readonly period?: number;
}

const SQRT2 = Math.SQRT2;
const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
const GELU_TANH = Math.sqrt(2 / Math.PI);

/**
 * The error function, to about 1e-15: the series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1)),
 * whose terms all have one sign, so that nothing cancels.
 */
export function erf(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function within(points: readonly number[]): (lower: number, upper: number) => readonly number[] {
  return (lower, upper) => points.filter((point) => point > lower && point < upper);
}

/** Every half period, from a phase on. */
function periodic(phase: number): (lower: number, upper: number) => readonly number[] {
  return (lower, upper) => {
    const points: number[] = [];
    for (let k = Math.ceil((lower - phase) / Math.PI); phase + k * Math.PI < upper; k++) points.push(phase + k * Math.PI);
    return points.filter((point) => point > lower);
  };
}

function geluTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(GELU_TANH * (x + 0.044715 * x ** 3)));
}

/** Points where the second derivative of functions without a closed form changes sign, found once by bisection on it. */
function turningPoints(derivative: (x: number) => number): readonly number[] {
  const second = (x: number) => derivative(x + 1e-5) - derivative(x - 1e-5);
  const points: number[] = [];
  const step = 1 / 64;
  for (let x = -12; x < 12; x += step) {
    let low = x;
    let high = x + step;
    const sign = Math.sign(second(low));
    if (sign === 0 || Math.abs(second(low)) < 1e-13 || Math.sign(second(high)) === sign || Math.abs(second(high)) < 1e-13) continue;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (Math.sign(second(middle)) === sign) low = middle;
      else high = middle;
    }
    points.push((low + high) / 2);
  }
  return points;
}

function geluTanhDerivative(x: number): number {
  const t = Math.tanh(GELU_TANH * (x + 0.044715 * x ** 3));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_TANH * (1 + 3 * 0.044715 * x * x);
}

function siluDerivative(x: number): number {
  const s = sigmoid(x);
  return s * (1 + x * (1 - s));
}

function mishDerivative(x: number): number {
  const t = Math.tanh(softplus(x));
  return t + x * (1 - t * t) * sigmoid(x);
}

const fixed: Readonly<Record<Exclude<FunctionName, 'power'>, SmoothFunction>> = {
  sigmoid: { value: sigmoid, derivative: (x) => sigmoid(x) * sigmoid(-x), turns: within([0]) },
  tanh: { value: Math.tanh, derivative: (x) => 1 / Math.cosh(x) ** 2, turns: within([0]) },
  exp: { value: Math.exp, derivative: Math.exp, turns: within([]) },
  log: { value: Math.log, derivative: (x) => 1 / x, turns: within([]), domain: [0, Infinity] },
  sqrt: { value: Math.sqrt, derivative: (x) => 0.5 / Math.sqrt(x), turns: within([]), domain: [0, Infinity] },
  reciprocal: { value: (x) => 1 / x, derivative: (x) => -1 / (x * x), turns: within([]), pole: 0 },
  erf: { value: erf, derivative: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x), turns: within([0]) },
  gelu: {
    value: (x) => 0.5 * x * (1 + erf(x / SQRT2)),
    derivative: (x) => 0.5 * (1 + erf(x / SQRT2)) + x * INVERSE_SQRT_2PI * Math.exp(-0.5 * x * x),
    turns: within([-SQRT2, SQRT2]),
  },
  geluTanh: { value: geluTanh, derivative: geluTanhDerivative, turns: within(turningPoints(geluTanhDerivative)) },
  silu: { value: (x) => x * sigmoid(x), derivative: siluDerivative, turns: within(turningPoints(siluDerivative)) },
  mish: { value: (x) => x * Math.tanh(softplus(x)), derivative: mishDerivative, turns: within(turningPoints(mishDerivative)) },
  softplus: { value: softplus, derivative: sigmoid, turns: within([]) },
  elu: { value: (x) => (x >= 0 ? x : Math.expm1(x)), derivative: (x) => (x >= 0 ? 1 : Math.exp(x)), turns: within([]) },
  sin: { value: Math.sin, derivative: Math.cos, turns: periodic(0), period: 2 * Math.PI },
  cos: { value: Math.cos, derivative: (x) => -Math.sin(x), turns: periodic(Math.PI / 2), period: 2 * Math.PI },
};

function power(exponent: number): SmoothFunction {
  return {
    value: (x) => x ** exponent,
    derivative: (x) => exponent * x ** (exponent - 1),
    turns: Number.isInteger(exponent) && exponent % 2 !== 0 ? within([0]) : within([]),
    domain: Number.isInteger(exponent) ? undefined : [0, Infinity],
    pole: exponent < 0 ? 0 : undefined,
  };
}

export function smoothFunction(name: FunctionName, parameter?: number): SmoothFunction {
  return name === 'power' ? power(parameter!) : fixed[name];
}

export function applyFunction(name: FunctionName, x: number, parameter?: number): number {
  return smoothFunction(name, parameter).value(x);
}

/**
 * How far a computed value of any of the functions can be from the true one, relative to its size plus 1. V8's
 * elementary functions (fdlibm) are within 1 unit in the last place; the compositions above add some tens of units.
 */
export const FUNCTION_SLACK = 1e-13;
