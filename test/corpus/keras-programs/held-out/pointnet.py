import numpy as np
import keras
from keras import layers, ops

def conv_bn(x, filters):
    x = layers.Conv1D(filters, kernel_size=1, padding="valid")(x)
    x = layers.BatchNormalization(momentum=0.0)(x)
    return layers.Activation("relu")(x)

def tnet(inputs, features):
    bias = keras.initializers.Constant(np.eye(features).flatten())
    x = conv_bn(inputs, 8)
    x = layers.GlobalMaxPooling1D()(x)
    x = layers.Dense(features * features, kernel_initializer="zeros", bias_initializer=bias)(x)
    transform = layers.Reshape((features, features))(x)
    return layers.Dot(axes=(2, 1))([inputs, transform])

points, classes = 32, 4
inputs = keras.Input(shape=(points, 3))
x = tnet(inputs, 3)
x = conv_bn(x, 8)
x = tnet(x, 8)
x = conv_bn(x, 16)
x = layers.GlobalMaxPooling1D()(x)
outputs = layers.Dense(classes, activation="softmax")(x)
model = keras.Model(inputs=inputs, outputs=outputs, name="pointnet")
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate=0.001), metrics=["sparse_categorical_accuracy"])
clouds = np.random.normal(size=(5, points, 3))
model.fit(clouds, np.array([0, 1, 2, 3, 0]), epochs=1, verbose=0)
