import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { BoundEngine } from './engine.ts';

type Layer = { type: string; weight: number[]; bias: number[]; shape: number[]; padding: number; mean: number[]; variance: number[]; epsilon: number; first: Layer; second: Layer };

interface Golden {
  readonly networks: readonly { mix: string; shape: number[]; layers: Layer[]; center: number[]; radius: number; lower: number[]; upper: number[] }[];
}

const path = new URL('../../test/golden/crown_margins.json', import.meta.url);
const { networks } = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Golden : { networks: [] };

function write(writer: GraphWriter, x: number, layer: Layer): number {
  switch (layer.type) {
    case 'Linear': return writer.gemm(x, layer.bias.length, layer.weight, layer.bias);
    case 'ReLU': return writer.operator('Relu', [x]);
    case 'LeakyReLU': return writer.operator('LeakyRelu', [x], { alpha: Math.fround(0.1) });
    case 'Sigmoid': return writer.operator('Sigmoid', [x]);
    case 'Tanh': return writer.operator('Tanh', [x]);
    case 'Flatten': return writer.operator('Flatten', [x], { axis: 1 });
    case 'AvgPool2d': return writer.operator('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
    case 'Conv2d': return writer.operator('Conv', [x, writer.parameter(layer.shape, layer.weight), writer.parameter([layer.bias.length], layer.bias)], { pads: new Array<number>(4).fill(layer.padding) });
    case 'BatchNorm2d': return writer.operator('BatchNormalization', [x, ...[layer.weight, layer.bias, layer.mean, layer.variance].map((values) => writer.parameter([values.length], values))], { epsilon: layer.epsilon });
    case 'Residual': return writer.operator('Add', [x, write(writer, writer.operator('Relu', [write(writer, x, layer.first)]), layer.second)]);
    default: throw new Error(layer.type);
  }
}

/** Our bounds on the outputs for one golden network. */
function bounds({ shape, layers, center, radius }: Golden['networks'][number]): { lower: number[]; upper: number[] } {
  const writer = new GraphWriter();
  const output = layers.reduce((x, layer) => write(writer, x, layer), writer.input(shape));
  const loaded = new LoadedNetwork(compile(writer.graph(output), writer.weights));
  const { kernels, network, outputSize } = loaded;
  const lower = Float64Array.from(center, (x) => x - radius);
  const upper = Float64Array.from(center, (x) => x + radius);
  const engine = new BoundEngine(loaded, lower, upper);
  engine.intersecting = false;
  const objective = new Float64Array(2 * outputSize * outputSize);
  for (let i = 0; i < outputSize; i++) {
    objective[2 * i * outputSize + i] = 1;
    objective[(2 * i + 1) * outputSize + i] = -1;
  }
  const found = engine.lowerBounds(engine.analyse([{ lower, upper }]), network.output, kernels.store(objective), 2 * outputSize, kernels.storeIntegers(new Int32Array(2 * outputSize))).bounds;
  return { lower: Array.from({ length: outputSize }, (_, i) => found[2 * i]), upper: Array.from({ length: outputSize }, (_, i) => -found[2 * i + 1]) };
}

describe('bounds against auto_LiRPA\'s CROWN, by test/oracle/crown_margins.py', () => {
  test.each([...new Set(networks.map(({ mix }) => mix))])('%s', (mix) => {
    for (const golden of networks.filter((each) => each.mix === mix)) {
      const ours = bounds(golden);
      golden.lower.forEach((theirs, i) => {
        if (mix === 'leaky_relu') {
          // the lower line is chosen by its area here, by the upper line's slope there: either may win a little
          expect(ours.upper[i] - ours.lower[i]).toBeLessThanOrEqual(1.02 * (golden.upper[i] - theirs));
        } else {
          expect(Math.abs(ours.lower[i] - theirs)).toBeLessThanOrEqual(1e-4);
          expect(Math.abs(ours.upper[i] - golden.upper[i])).toBeLessThanOrEqual(1e-4);
        }
      });
    }
  });
});
