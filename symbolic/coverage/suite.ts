import { zipSync } from 'fflate';
import { tensorOf } from '../../graph/elements.ts';
import { encodeNpy } from '../../runtime/index.ts';
import type { Test } from './campaign.ts';

/**
 * A test suite as a .npz file for numpy.load: `inputs` (one a row, as the model takes them), `labels` (what the answers should be),
 * `predicted` (what the model answers), `adversarial` (where the two differ), `generated` (false for those of the given inputs that
 * meet requirements), `seeds` (the given input that each comes from) and `distances` from it.
 */
export function encodeSuite(tests: readonly Test[], inputShape: readonly number[]): Uint8Array {
  const size = inputShape.reduce((product, length) => product * length, 1);
  const inputs = new Float32Array(tests.length * size);
  tests.forEach(({ input }, r) => inputs.set(input, r * size));
  const rows = [tests.length];
  const column = (values: readonly number[]) => encodeNpy(tensorOf('int64', rows, values.map(BigInt)));
  const flags = (values: readonly boolean[]) => encodeNpy(tensorOf('bool', rows, values.map(Number)));
  return zipSync({
    'inputs.npy': encodeNpy({ dataType: 'float32', shape: [tests.length, ...inputShape.slice(1)], data: inputs }),
    'labels.npy': column(tests.map(({ expected }) => expected)),
    'predicted.npy': column(tests.map(({ label }) => label)),
    'adversarial.npy': flags(tests.map(({ label, expected }) => label !== expected)),
    'generated.npy': flags(tests.map(({ generated }) => generated)),
    'seeds.npy': column(tests.map(({ seed }) => seed)),
    'distances.npy': encodeNpy(tensorOf('float32', rows, tests.map(({ distance }) => distance))),
  });
}
