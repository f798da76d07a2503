import { expect, test } from 'vitest';
import { format } from '../graph/dimension.ts';
import { analyze } from '../language-server/index.ts';

/** Whole Keras programs that run as they stand: no error, and the models that they build with their outputs and gaps. */
async function modelsOf(text: string) {
  const { models, diagnostics } = await analyze({ file: '/program.py', text: `import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers\n${text}` });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return models.map(({ graph }) => ({
    name: graph.name, outputs: graph.outputs.map((id) => `${graph.values[id].type.dataType} ${graph.values[id].type.shape?.map(format).join(', ')}`), gaps: graph.gaps.map(({ reason }) => reason),
  }));
}

test('mixed precision: weights are cast as they are used, and the casts of inputs do not part a model', async () => {
  expect(await modelsOf(`
keras.mixed_precision.set_global_policy('mixed_float16')
class Weighted(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], 4))
    def call(self, x):
        return tf.matmul(x, self.w) + tf.reduce_sum(self.w)
i = keras.Input((3,))
m = keras.Model(i, layers.Dense(2, dtype='float32')(layers.Dropout(0.1)(Weighted()(i))))
`)).toEqual([{ name: 'm', outputs: ['float32 None, 2'], gaps: [] }]);
});

test('a model is shown where its inputs or a layer inside are not known', async () => {
  const models = await modelsOf(`
import somewhere
a = keras.Model(somewhere.backbone.input, layers.Dense(3)(somewhere.backbone.output))
i = keras.Input((4,))
b = keras.Model(i, layers.Dense(4)(somewhere.encode(i)))
c = keras.Sequential([keras.Input(somewhere.shape), layers.Dense(4)])
`);
  expect(models.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  for (const { gaps } of models) expect(gaps).not.toEqual([]);
});

test('what Keras 2 took and Keras 3 does not is no error', async () => {
  expect(await modelsOf(`
i = keras.Input((8, 4), name='data')
m = keras.Model(i, layers.AveragePooling1D()(i))
n = keras.Model(m.get_layer('data').input, layers.Dense(3)(m.output))
m.compile('adam', 'mse', metrics='accuracy')
m.layers[-1].activation = None
`)).toMatchObject([{ name: 'm', gaps: [] }, { name: 'n', outputs: ['float32 None, 4, 3'], gaps: [] }]);
});

test('rows of a batch of unknown size, containers reached by unknown keys', async () => {
  await modelsOf(`
from collections import defaultdict
import random, somewhere
for batch in tf.data.Dataset.from_tensor_slices(np.zeros((8, 4))).batch(somewhere.size):
    for row in batch[:9]:
        assert row.shape == (4,)
found, groups = defaultdict(list), {name: [] for name in 'ab'}
for index, label in enumerate(somewhere.labels()):
    found[label].append(index)
    groups[label].append(index)
print(random.choice(found[3]), max(groups['a']))
`);
});

test('cells with states of several axes, and inputs of several parts', async () => {
  expect(await modelsOf(`
class Cell(layers.Layer):
    state_size = [tf.TensorShape([4]), tf.TensorShape([2, 3])]
    def call(self, inputs, states):
        return (inputs[0], inputs[1]), (states[0] + inputs[0], states[1] + inputs[1])
a, b = keras.Input((5, 4)), keras.Input((5, 2, 3))
m = keras.Model([a, b], layers.RNN(Cell(), return_sequences=True)((a, b)))
`)).toEqual([{ name: 'm', outputs: ['float32 None, 5, 4', 'float32 None, 5, 2, 3'], gaps: [] }]);
});
