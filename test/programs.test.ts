import { expect, test } from 'vitest';
import { format } from '../graph/dimension.ts';
import { countParameters } from '../graph/index.ts';
import { analyze } from '../language-server/index.ts';

/** Programs without model objects: what they predict is their model. Inputs, outputs, parameters' names and their number. */
async function modelsOf(text: string) {
  const { models, diagnostics } = await analyze({ file: '/program.py', text: `import tensorflow as tf\nimport numpy as np\nimport torch\n${text}` });
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

test('scopes that are entered again share their variables and layers', async () => {
  expect(await modelsOf(`
def tower(x):
    with tf.variable_scope('tower', reuse=tf.AUTO_REUSE):
        w = tf.get_variable('w', [6, 16])
        return tf.layers.dense(tf.nn.relu(tf.matmul(x, w)), 4)

def judge(x, reuse=False):
    with tf.variable_scope('judge', reuse=reuse) as scope:
        return tf.layers.dense(tf.layers.dense(x, 5), 1)

left, right = tf.placeholder(tf.float32, [None, 6]), tf.placeholder(tf.float32, [None, 6])
a, b = tower(left), tower(right)
distance = judge(a) - judge(b, reuse=True)
with tf.Session() as session:
    session.run(distance, {left: np.zeros((2, 6)), right: np.zeros((2, 6))})
`)).toMatchObject([{ outputs: ['(None, 1)'], count: 6 * 16 + 16 * 4 + 4 + 4 * 5 + 5 + 5 + 1, layers: ['Dense', 'Dense', 'Dense'] }]);
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

test('tensors that need gradients, trained in PyTorch', async () => {
  expect(await modelsOf(`
x = torch.randn(64, 1000)
y = torch.randn(64, 10)
w1 = torch.randn(1000, 100, requires_grad=True)
w2 = torch.randn(100, 10, requires_grad=True)
for t in range(500):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        w1 -= 1e-6 * w1.grad
        w2 -= 1e-6 * w2.grad
        w1.grad.zero_()
        w2.grad.zero_()
`)).toEqual([{ framework: 'torch', inputs: ['x (64, 1000)'], outputs: ['(64, 10)'], parameters: ['w1', 'w2'], count: 101_000, layers: [] }]);
});

test('variables under a gradient tape', async () => {
  expect(await modelsOf(`
x = np.random.rand(200, 5).astype('float32')
y = np.random.rand(200, 1).astype('float32')
W = tf.Variable(tf.random.normal((5, 1)), name='slope')
b = tf.Variable(0.0)
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b - y))
print(tape.gradient(loss, [W, b]))
`)).toMatchObject([{ framework: 'tensorflow', inputs: ['x (200, 5)'], outputs: ['(200, 1)'], parameters: ['slope', 'Variable'], count: 6 }]);
});

test('arrays that NumPy trains, by steps in place and by new arrays', async () => {
  const forward = `
X = np.random.randn(200, 64)
y = np.random.randint(0, 3, 200)
W1 = np.random.randn(64, 32) * 0.01
b1 = np.zeros((1, 32))
W2 = np.random.randn(32, 3) * 0.01
for i in range(100):
    h = np.maximum(0, X.dot(W1) + b1)
    scores = h.dot(W2)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    d = p.copy()
    d[range(200), y] -= 1
    dW2 = h.T.dot(d)
    dh = d.dot(W2.T)
    dh[h <= 0] = 0
    db1 = dh.sum(axis=0, keepdims=True)
`;
  const expected = [{ framework: 'numpy', inputs: ['X (200, 64)'], outputs: ['(200, 3)'], parameters: ['W1', 'b1', 'W2'], count: 64 * 32 + 32 + 96, layers: [] }];
  expect(await modelsOf(`${forward}    W1 -= X.T.dot(dh)\n    b1 -= db1\n    W2 -= dW2\n`)).toEqual(expected);
  expect(await modelsOf(`${forward}    W1 = W1 - 0.1 * X.T.dot(dh)\n    b1 = b1 - 0.1 * db1\n    W2 = W2 - 0.1 * dW2\n`)).toEqual(expected);
});

test('arrays that are centred or measured are no model, and a program with a module shows the module alone', async () => {
  expect(await modelsOf(`
X = np.random.rand(100, 5)
X = X - X.mean(axis=0)
X -= X.std(axis=0)
print(X @ np.random.rand(5, 2) - X[:, :2])
`)).toEqual([]);
  const models = await modelsOf(`
net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))
scale = torch.ones(2, requires_grad=True)
loss = torch.nn.functional.cross_entropy(net(torch.randn(3, 4)) * scale, torch.tensor([0, 1, 1]))
loss.backward()
`);
  expect(models).toMatchObject([{ layers: ['Linear', 'ReLU', 'Linear'] }]);
});

test('a size that Keras keeps open is None to the program', async () => {
  const [{ outputs }] = await modelsOf(`
import keras
from keras import layers
x = keras.Input((28, 28, 1))
assert x.shape == (None, 28, 28, 1) and x.shape != (1, 28, 28, 1)
m = keras.Model(x, layers.Dense(5 if x.shape[0] is None else 6)(layers.Flatten()(x)))
`);
  expect(outputs).toEqual(['(None, 5)']);
});
