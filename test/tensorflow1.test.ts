import { expect, test } from 'vitest';
import { format } from '../graph/dimension.ts';
import { countParameters } from '../graph/index.ts';
import { analyze } from '../language-server/index.ts';

/** The models of a program of TensorFlow 1: inputs, outputs, parameters' names and their number. */
async function modelsOf(text: string) {
  const { models, diagnostics } = await analyze({ file: '/first.py', text: `import tensorflow as tf\nimport numpy as np\n${text}` });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return models.map(({ graph }) => {
    const shown = (id: number): string => `${graph.values[id].name.replace(/:\d+$/, '')} (${graph.values[id].type.shape?.map(format).join(', ')})`;
    return {
      framework: graph.framework, inputs: graph.inputs.map(shown), outputs: graph.outputs.map((id) => shown(id).replace(/^\S+ /, '')),
      parameters: graph.parameters.map(({ name }) => name), count: countParameters(graph).total, layers: graph.layers.slice(1).map(({ type }) => type),
    };
  });
}

test('what is minimised shows the scores before the loss; labels are no input', async () => {
  expect(await modelsOf(`
x = tf.placeholder(tf.float32, [None, 784], name='x')
y = tf.placeholder(tf.float32, [None, 10])
keep = tf.placeholder(tf.float32, [])
W1 = tf.Variable(tf.truncated_normal([784, 300]))
b1 = tf.Variable(tf.zeros([300]))
W2 = tf.get_variable('last', [300, 10])
hidden = tf.nn.dropout(tf.nn.relu(tf.matmul(x, W1) + b1), keep)
logits = tf.matmul(hidden, W2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
step = tf.train.AdamOptimizer(1e-4).minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1)), tf.float32))
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    session.run([step, accuracy], feed_dict={x: np.zeros((5, 784)), y: np.zeros((5, 10)), keep: 0.5})
`)).toEqual([{ framework: 'tensorflow', inputs: ['x (None, 784)'], outputs: ['(None, 10)'], parameters: ['Variable', 'Variable_1', 'last'], count: 784 * 300 + 300 + 3000, layers: [] }]);
});

test('a loss that is written out ends before the label too', async () => {
  const [{ outputs }] = await modelsOf(`
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 3])
W = tf.Variable(tf.zeros([4, 3]))
p = tf.nn.softmax(tf.matmul(x, W))
tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(-tf.reduce_sum(y * tf.log(p), reduction_indices=[1])))
`);
  expect(outputs).toEqual(['(None, 3)']);
});

test('tf.layers are layers, a generator\'s loss ends before its numbers', async () => {
  expect(await modelsOf(`
z = tf.placeholder(tf.float32, [None, 16])
hidden = tf.layers.dense(z, 8, activation=tf.nn.relu)
judged = tf.layers.dense(hidden, 1)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=judged, labels=tf.ones_like(judged)))
tf.train.AdamOptimizer().minimize(loss)
`)).toMatchObject([{ inputs: ['Placeholder (None, 16)'], outputs: ['(None, 1)'], count: 16 * 8 + 8 + 9, layers: ['Dense', 'Dense'] }]);
});

test('recurrent cells', async () => {
  expect(await modelsOf(`
x = tf.placeholder(tf.float32, [None, 28, 14])
y = tf.placeholder(tf.int32, [None])
outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicLSTMCell(num_units=20), x, dtype=tf.float32)
logits = tf.layers.dense(outputs[:, -1], 10)
tf.train.AdamOptimizer().minimize(tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)))
`)).toMatchObject([{ outputs: ['(None, 10)'], count: 4 * 20 * (14 + 20 + 1) + 210 }]);
});
