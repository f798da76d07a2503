import type { StoredTensor } from '../../graph/weights.ts';

export type CheckpointFormat = 'keras' | 'keras-h5' | 'hdf5' | 'safetensors' | 'torch' | 'torch-legacy' | 'torchscript' | 'npz' | 'npy' | 'onnx' | 'tensorflow' | 'tflite' | 'mxnet' | 'caffe';

/** Weights in a file, listed and not yet read. */
export interface Checkpoint {
  readonly path: string;
  readonly format: CheckpointFormat;
  /** By the names that the file gives them. */
  readonly entries: ReadonlyMap<string, StoredTensor>;
  /** For Keras's files: which entries belong to which layer, in the layer's order of variables. */
  readonly layers?: readonly CheckpointLayer[];
  /** For Keras's files of whole models: how the model was made. */
  readonly configuration?: unknown;
  /** What the user should know: what was passed over or refused, and why. */
  readonly remarks: readonly string[];
  /** Ends reading; entries that have not been read cannot be read any more. */
  close(): void;
}

export interface CheckpointLayer {
  /** Where the file keeps it: `layers/dense_1`. */
  readonly key: string;
  /** The layer's own name, where the file says it. */
  readonly name: string | undefined;
  /** Of a recurrent layer's cell: the name of the layer, whose variables they are in a graph. */
  readonly owner?: string;
  /** Names of entries, in the order in which the layer made its variables. */
  readonly entries: readonly string[];
}
