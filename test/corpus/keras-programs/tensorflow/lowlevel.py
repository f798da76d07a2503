import numpy as np
import tensorflow as tf

class Dense(tf.Module):
    def __init__(self, in_features, out_features, activation=None, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.random.normal([in_features, out_features], stddev=0.1), name="w")
        self.b = tf.Variable(tf.zeros([out_features]), name="b")
        self.activation = activation

    def __call__(self, x):
        y = tf.matmul(x, self.w) + self.b
        return self.activation(y) if self.activation else y

class Attention(tf.Module):
    def __init__(self, size, heads, name=None):
        super().__init__(name=name)
        self.size, self.heads = size, heads
        self.query, self.key, self.value = Dense(size, size), Dense(size, size), Dense(size, size)

    def split(self, x):
        batch, length = tf.shape(x)[0], tf.shape(x)[1]
        x = tf.reshape(x, (batch, length, self.heads, self.size // self.heads))
        return tf.transpose(x, perm=[0, 2, 1, 3])

    def __call__(self, x, mask=None):
        flat = tf.reshape(x, (-1, self.size))
        shape = tf.shape(x)
        q, k, v = [self.split(tf.reshape(layer(flat), shape)) for layer in (self.query, self.key, self.value)]
        scores = tf.matmul(q, k, transpose_b=True) / tf.sqrt(float(self.size // self.heads))
        if mask is not None:
            scores += (1.0 - mask) * -1e9
        mixed = tf.matmul(tf.nn.softmax(scores, axis=-1), v)
        return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), shape)

inputs = tf.constant(np.random.rand(4, 6, 8).astype("float32"))
labels = tf.one_hot([0, 2, 1, 2], depth=3)
mask = tf.linalg.band_part(tf.ones((6, 6)), -1, 0)
attention, head = Attention(8, 2), Dense(8, 3)
rate = 0.05
for step in range(3):
    with tf.GradientTape() as tape:
        hidden = attention(inputs, mask[tf.newaxis, tf.newaxis, :, :])
        pooled = tf.reduce_mean(hidden, axis=1)
        logits = head(tf.nn.relu(pooled))
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    variables = list(attention.trainable_variables) + list(head.trainable_variables)
    for variable, gradient in zip(variables, tape.gradient(loss, variables)):
        variable.assign_sub(rate * gradient)
guess = tf.argmax(logits, axis=-1, output_type=tf.int32)
accuracy = tf.reduce_mean(tf.cast(tf.equal(guess, tf.argmax(labels, -1, output_type=tf.int32)), tf.float32))
stacked = tf.stack([pooled, pooled * 2.0], axis=1)
print(hidden.shape, stacked.shape, float(accuracy) <= 1.0)
