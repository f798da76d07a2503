import numpy as np
import keras
from keras import layers, ops

class Linear(layers.Layer):
    def __init__(self, units=32, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.use_bias = use_bias

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", trainable=True, name="w")
        if self.use_bias:
            self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")

    def call(self, inputs):
        y = ops.matmul(inputs, self.w)
        return y + self.b if self.use_bias else y

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "use_bias": self.use_bias})
        return config

class WeightedHuber(keras.losses.Loss):
    def __init__(self, threshold=1.0, weights=None, name="weighted_huber"):
        super().__init__(name=name)
        self.threshold = threshold
        self.weights = ops.convert_to_tensor(weights, dtype="float32")

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small = ops.abs(error) <= self.threshold
        loss = ops.where(small, 0.5 * ops.square(error), self.threshold * (ops.abs(error) - 0.5 * self.threshold))
        return ops.mean(loss * self.weights, axis=-1)

class WithinTolerance(keras.metrics.Metric):
    def __init__(self, tolerance=0.5, name="within", **kwargs):
        super().__init__(name=name, **kwargs)
        self.tolerance = tolerance
        self.hits = self.add_variable(shape=(), initializer="zeros", name="hits")
        self.total = self.add_variable(shape=(), initializer="zeros", name="total")

    def update_state(self, y_true, y_pred, sample_weight=None):
        hit = ops.cast(ops.abs(y_true - y_pred) < self.tolerance, "float32")
        self.hits.assign_add(ops.sum(hit))
        self.total.assign_add(ops.cast(ops.size(y_true), "float32"))

    def result(self):
        return self.hits / self.total

inputs = keras.Input(shape=(6,))
hidden = layers.Activation("relu")(Linear(10, name="first")(inputs))
outputs = Linear(3, use_bias=False, name="second")(hidden)
model = keras.Model(inputs, outputs)
model.compile(optimizer="rmsprop", loss=WeightedHuber(threshold=0.8, weights=[1.0, 2.0, 0.5]), metrics=[WithinTolerance(0.25)])
x = np.random.randn(48, 6).astype("float32")
y = np.stack([x[:, 0], x[:, 1] - x[:, 2], x[:, 3:].sum(axis=1)], axis=1)
model.fit(x, y, epochs=2, batch_size=12, verbose=0)
again = Linear.from_config(model.get_layer("first").get_config())
print(model.evaluate(x, y, verbose=0, return_dict=True)["within"], model.get_layer("second").w.shape, again.units)
