import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Analyzer, type Analysis } from '../language-server/index.ts';
import { imageLayout, readInput } from '../runtime/index.ts';
import { describePreprocessing } from '../graph/index.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  /** PNG, base64. */
  readonly picture: string;
  readonly shape: readonly number[];
  readonly output: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL('golden/preprocessing.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };
let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await Analyzer.create();
});

const torchHead = `
import torch
from torch import nn
from PIL import Image
from torchvision import transforms as T
from torchvision.transforms import v2
`;
const kerasHead = `
import numpy as np
import tensorflow as tf
import keras
from keras.utils import img_to_array, load_img
from PIL import Image
`;

/** The program around a case: a model that takes what comes out. */
function program({ name, source, shape }: Case): string {
  if (name.startsWith('torch')) return `${torchHead}${source}\nnet = nn.Sequential(nn.Conv2d(${shape[1]}, 1, 1))\nnet(x)\n`;
  return `${kerasHead}model = keras.Sequential([keras.Input((${shape.slice(1).join(', ')})), keras.layers.Conv2D(1, 1)])\n${source}\nmodel.predict(x)\n`;
}

function analyse(text: string): Analysis {
  return analyzer.analyze({ file: '/project/pictures.py', text });
}

const errors = ({ diagnostics }: Analysis) => diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);

describe('a picture is prepared as the program does it', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const analysis = analyse(program(one));
    expect(errors(analysis)).toEqual([]);
    const { graph } = analysis.models[0];
    expect(graph.preprocessing).toHaveLength(1);
    const { tensor, remarks } = await readInput({ kind: 'file', name: 'x.png', bytes: Buffer.from(one.picture, 'base64') }, graph, graph.inputs[0]);
    expect(tensor.shape).toEqual(one.shape);
    expect(remarks.filter((remark) => remark.includes('could not') || remark.includes('which the model takes'))).toEqual([]);
    // one grey level, whatever it is scaled to
    const [least, most] = imageLayout(graph, graph.inputs[0])!.range;
    const level = (1.02 * (most - least)) / 255;
    const far = one.output.map((value, index) => Math.abs(value - Number(tensor.data[index]))).filter((difference) => difference > level);
    expect(far).toEqual([]);
  });
});

describe('what a program says of pictures', () => {
  const words = (text: string): string[][] => (analyse(text).models[0].graph.preprocessing ?? []).map(describePreprocessing);
  const torch = (transforms: string, more = ''): string => `${torchHead}${more}
${transforms}
net = nn.Sequential(nn.Conv2d(3, 1, 3))
net(torch.zeros(1, 3, 32, 32))
`;

  test('what works at random stands behind what does not, and is named', () => {
    expect(words(torch(`train = T.Compose([T.RandomResizedCrop(32), T.RandomHorizontalFlip(), T.ToTensor()])
test = T.Compose([T.Resize(36), T.CenterCrop(32), T.ToTensor()])`))).toEqual([
      ['resized so that the shorter side is 36 (bilinear) (line 9)', 'cropped to the middle 32x32 (line 9)', 'divided by 255 (line 9)'],
      ['RandomResizedCrop is random and left out (line 8)', 'resized to 32x32 (bilinear) (line 8)', 'RandomHorizontalFlip is random and left out (line 8)', 'divided by 255 (line 8)'],
    ]);
  });

  test('a transform of the user\'s own is named as not followed', () => {
    expect(words(torch('t = T.Compose([Crop(), T.ToTensor(), T.Lambda(lambda x: x * 2)])', 'class Crop:\n    def __call__(self, image):\n        return image.crop((0, 0, 8, 8))\n'))).toEqual([
      ['Crop could not be followed and is left out (line 11)', 'divided by 255 (line 11)', 'Lambda could not be followed and is left out (line 11)'],
    ]);
  });

  test('the transforms of pretrained weights', () => {
    expect(words(torch('t = ImageClassification(crop_size=32, resize_size=40, mean=(0.5,) * 3, std=(0.25,) * 3)', 'from torchvision.transforms._presets import ImageClassification'))).toEqual([
      ['resized so that the shorter side is 40 (bilinear) (line 8)', 'cropped to the middle 32x32 (line 8)', 'divided by 255 (line 8)', 'less 0.5, divided by 0.25 (line 8)'],
    ]);
  });

  test('a mean that is not known is no number', () => {
    expect(words(torch('import json\nmean = json.load(open("m.json"))\nt = T.Compose([T.ToTensor(), T.Normalize(mean, [0.5] * 3)])'))[0]).toEqual(['divided by 255 (line 10)', 'Normalize could not be followed and is left out (line 10)']);
  });

  test.each([
    ['x_train / 255.0', ['divided by 255 (line 5)']],
    ['x_train.astype("float32") / 127.5 - 1', ['divided by 127.5, less 1 (line 5)']],
    ['1 - x_train / 255', ['divided by 255 (line 5)', 'subtracted from 1 (line 5)']],
    ['x_train', ['values are kept from 0 to 255 (line 4)']],
    ['np.log(x_train + 1.0)', undefined],
  ])('arrays of a data set: %s', (expression, expected) => {
    const text = `
import numpy as np
import keras
(x_train, y_train), _ = keras.datasets.mnist.load_data()
x = ${expression}
model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y_train)
`;
    expect(words(text)[0]).toEqual(expected);
  });

  test('batches of a folder, scaled by a generator', () => {
    expect(words(`
from keras.preprocessing.image import ImageDataGenerator
import keras
data = ImageDataGenerator(rescale=1./255, zoom_range=0.2).flow_from_directory('train', target_size=(50, 60), color_mode='grayscale')
model = keras.Sequential([keras.Input((50, 60, 1)), keras.layers.Flatten(), keras.layers.Dense(2)])
model.compile(loss='categorical_crossentropy')
model.fit(data)
`)).toEqual([['converted to grey (line 4)', 'resized to 60x50 (nearest) (line 4)', 'zoom_range is random and left out (line 4)', 'divided by 255 (line 4)']]);
  });

  test('a data set that is mapped over', () => {
    expect(words(`
import keras
data = keras.utils.image_dataset_from_directory('d', image_size=(48, 48))
scale = keras.layers.Rescaling(1./127.5, offset=-1)
data = data.map(lambda x, y: (scale(x), y))
model = keras.Sequential([keras.Input((48, 48, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(data)
`)[0].slice(0, 3)).toEqual(['converted to three channels (line 3)', 'resized to 48x48 (bilinear, without smoothing) (line 3)', 'divided by 127.5, less 1 (line 5)']);
  });

  test('without pictures there is none', () => {
    expect(words(torch('')).length).toBe(0);
  });
});
