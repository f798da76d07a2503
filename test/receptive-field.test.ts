import { expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import { receptiveFields } from '../runtime/index.ts';

/** The receptive field of the graph's first output, along its axes. */
async function fieldOf(text: string): Promise<readonly (number | undefined)[] | undefined> {
  const { models, diagnostics } = await analyze({ file: '/field.py', text });
  expect(diagnostics).toEqual([]);
  const { graph } = models.at(-1)!;
  return receptiveFields(graph).get(graph.outputs[0]);
}

// 212 pixels: the figure of the paper's table for VGG-16 up to its last pooling
test('VGG-16 before its dense layers', async () => {
  const field = await fieldOf(`
import torch
from torch import nn

def block(inside, outside, depth):
    layers = []
    for index in range(depth):
        layers += [nn.Conv2d(inside if index == 0 else outside, outside, 3, padding=1), nn.ReLU()]
    return layers + [nn.MaxPool2d(2)]

model = nn.Sequential(*block(3, 64, 2), *block(64, 128, 2), *block(128, 256, 3), *block(256, 512, 3), *block(512, 512, 3))
model(torch.zeros(1, 3, 224, 224))
`);
  expect(field?.slice(2)).toEqual([212, 212]);
});

test('dilation and stride multiply, branches take the wider, channels have no place', async () => {
  const field = await fieldOf(`
import keras
from keras import layers

x = keras.Input((64, 64, 3))
near = layers.Conv2D(8, 3, strides=2, padding="same")(x)
wide = layers.Conv2D(8, 3, padding="same", dilation_rate=4)(near)
keras.Model(x, layers.Add()([near, wide]))
`);
  // 3, then 3 + 2 * 4 * 2
  expect(field?.slice(1)).toEqual([19, 19, undefined]);
});

test('a dense layer over flattened pixels sees no window', async () => {
  expect(await fieldOf(`
import keras
from keras import layers

keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(2)])
`)).toBeUndefined();
});
