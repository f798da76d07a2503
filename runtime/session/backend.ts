import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import { float16Bits, float16Value } from '../../graph/elements.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import { RunError } from './errors.ts';
import { findNative } from './native.ts';

/** ONNX Runtime: the native library where it is installed, else the WebAssembly one that is always there. */
export interface Backend {
  readonly name: 'native' | 'wasm';
  /** `threads`: how many compute at once; the runtime's own choice unless stated. */
  open(model: Uint8Array, threads?: number): Promise<InferenceSession>;
  toRuntime(tensor: Tensor, what: string): OrtTensor;
  fromRuntime(tensor: OrtTensor): Tensor;
}

type Runtime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor' | 'env'>;

let chosen: Promise<Backend> | undefined;
let wasm: Promise<Backend> | undefined;

/** The fastest backend there is; `wasm` asks for the one that every installation has. */
export function backend(which: 'fastest' | 'wasm' = 'fastest'): Promise<Backend> {
  if (which === 'wasm') return (wasm ??= openWasm());
  return (chosen ??= openNative().then((native) => native ?? backend('wasm')));
}

async function openNative(): Promise<Backend | undefined> {
  const runtime = await findNative();
  return runtime && over('native', runtime);
}

async function openWasm(): Promise<Backend> {
  const runtime = await import('onnxruntime-web');
  // threads need a browser's workers; one thread works in every process
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'error';
  return over('wasm', runtime);
}

function over(name: Backend['name'], runtime: Runtime): Backend {
  return {
    name,
    open: (model, threads) => runtime.InferenceSession.create(model, { logSeverityLevel: 4, executionProviders: [name === 'wasm' ? 'wasm' : 'cpu'], ...(threads === undefined ? {} : { intraOpNumThreads: threads, interOpNumThreads: 1 }) }),
    toRuntime: ({ dataType, shape, data }, what) => {
      const type = runtimeType(dataType, what);
      const elements = dataType === 'float16' ? Uint16Array.from(data as Float32Array, float16Bits) : data;
      return new runtime.Tensor(type as 'float32', elements as Float32Array, shape as number[]);
    },
    fromRuntime: ({ type, dims, data }) => {
      const dataType = type as DataType;
      if (type === 'float16') return { dataType, shape: dims, data: Float32Array.from(new Uint16Array((data as Uint16Array).buffer, (data as Uint16Array).byteOffset, data.length), float16Value) };
      return { dataType, shape: dims, data: data as Tensor['data'] };
    },
  };
}

function runtimeType(dataType: DataType, what: string): string {
  if (dataType === 'bfloat16' || dataType.startsWith('complex')) throw new RunError(`${what} has the element type ${dataType}, which ONNX Runtime does not compute with`);
  return dataType;
}
