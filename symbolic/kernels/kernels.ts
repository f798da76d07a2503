import { wasm } from './wasm.generated.ts';

/** Byte address of a row-major float64 (or int32) array in the kernels' memory; 0 is "none". */
export type Pointer = number;

/** The functions of kernels.as; see there for what they do. */
interface Exports {
  multiply(R: number, K: number, N: number, a: Pointer, b: Pointer, c: Pointer, accumulate: number, pack: Pointer): void;
  scatter(R: number, nSource: number, nTarget: number, source: Pointer, starts: Pointer, columns: Pointer, values: Pointer, target: Pointer): void;
  gather(R: number, nTarget: number, nSource: number, source: Pointer, starts: Pointer, columns: Pointer, values: Pointer, target: Pointer): void;
  intervalDense(R: number, K: number, N: number, weights: Pointer, lower: Pointer, upper: Pointer, outLower: Pointer, outUpper: Pointer): void;
  intervalSparse(R: number, K: number, N: number, starts: Pointer, columns: Pointer, values: Pointer, lower: Pointer, upper: Pointer, outLower: Pointer, outUpper: Pointer): void;
  charge(R: number, n: number, coefficients: Pointer, bias: Pointer, weight: Pointer, constant: Pointer, error: Pointer): void;
  concretize(R: number, n: number, coefficients: Pointer, regions: Pointer, lower: Pointer, upper: Pointer, constant: Pointer): void;
  corner(R: number, n: number, coefficients: Pointer, regions: Pointer, lower: Pointer, upper: Pointer, target: Pointer): void;
  reluLines(n: number, lower: Pointer, upper: Pointer, slope: Pointer, intercept: Pointer, low: Pointer): void;
  reluBackward(R: number, n: number, source: Pointer, target: Pointer, accumulate: number, regions: Pointer, slope: Pointer, intercept: Pointer, low: Pointer, alpha: Pointer, constant: Pointer): void;
  reluRelaxed(R: number, n: number, coefficients: Pointer, before: Pointer, regions: Pointer, slope: Pointer, intercept: Pointer, low: Pointer, alpha: Pointer, target: Pointer): void;
  alphaStep(R: number, n: number, coefficients: Pointer, before: Pointer, regions: Pointer, slope: Pointer, intercept: Pointer, alpha: Pointer, first: Pointer, second: Pointer, rate: number, correction1: number, correction2: number): void;
  alphaFix(R: number, n: number, regions: Pointer, slope: Pointer, intercept: Pointer, alpha: Pointer): void;
  reluForward(n: number, source: Pointer, target: Pointer): void;
  reluGradient(n: number, source: Pointer, x: Pointer, target: Pointer, accumulate: number): void;
}

const PAGE = 65536;
let compiled: WebAssembly.Module | undefined;

/** Thrown where a computation would need more memory than was allowed. */
export class MemoryLimit extends Error {
  override readonly name = 'MemoryLimit';
}

/**
 * One instance of the kernels with its memory. Memory is handed out as a stack: `mark` and `release` bracket what one
 * computation needs. `allocate` can move the memory, so views (`f64`, `i32`) are taken after the last allocation.
 */
export class Kernels {
  readonly run: Exports;
  private readonly memory: WebAssembly.Memory;
  private doubles: Float64Array;
  private integers: Int32Array;
  private top = 64;
  private readonly limit: number;

  /** @param limit the most memory to take, in bytes (WebAssembly cannot have more than 4 GB). */
  constructor(limit = 3.5e9) {
    compiled ??= new WebAssembly.Module(Buffer.from(wasm, 'base64'));
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: 65536 });
    this.run = new WebAssembly.Instance(compiled, { env: { memory: this.memory, abort: () => { throw new Error('kernel aborted'); } } }).exports as unknown as Exports;
    this.doubles = new Float64Array(this.memory.buffer);
    this.integers = new Int32Array(this.memory.buffer);
    this.limit = Math.min(limit, 65535 * PAGE);
  }

  /** Room for `count` float64 numbers, not cleared. */
  allocate(count: number): Pointer {
    const pointer = this.top;
    this.top = Math.ceil((pointer + count * 8) / 16) * 16;
    if (this.top > this.memory.buffer.byteLength) this.grow();
    return pointer;
  }

  /** Room for `count` float64 numbers, all 0. */
  zeros(count: number): Pointer {
    const pointer = this.allocate(count);
    this.f64(pointer, count).fill(0);
    return pointer;
  }

  store(values: ArrayLike<number>): Pointer {
    const pointer = this.allocate(values.length);
    this.f64(pointer, values.length).set(values);
    return pointer;
  }

  storeIntegers(values: ArrayLike<number>): Pointer {
    const pointer = this.allocate((values.length + 1) >> 1);
    this.i32(pointer, values.length).set(values);
    return pointer;
  }

  f64(pointer: Pointer, count: number): Float64Array {
    return this.doubles.subarray(pointer / 8, pointer / 8 + count);
  }

  i32(pointer: Pointer, count: number): Int32Array {
    return this.integers.subarray(pointer / 4, pointer / 4 + count);
  }

  /** Bytes in use. */
  get used(): number {
    return this.top;
  }

  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }

  /** C (+)= A B for row-major A (R x K), B (K x N). */
  multiply(R: number, K: number, N: number, a: Pointer, b: Pointer, c: Pointer, accumulate: boolean): void {
    const mark = this.mark();
    const pack = this.allocate(Math.ceil((Math.ceil(R / 4) * (K * 36 + 8)) / 8) + 8);
    this.run.multiply(R, K, N, a, b, c, accumulate ? 1 : 0, pack);
    this.release(mark);
  }

  private grow(): void {
    if (this.top > this.limit) throw new MemoryLimit(`the bounds need more than ${Math.round(this.limit / 1e6)} MB of memory`);
    const wanted = Math.min(Math.max(this.top, this.memory.buffer.byteLength * 1.5), this.limit);
    this.memory.grow(Math.ceil((Math.max(wanted, this.top) - this.memory.buffer.byteLength) / PAGE));
    this.doubles = new Float64Array(this.memory.buffer);
    this.integers = new Int32Array(this.memory.buffer);
  }
}
