import numpy as np
import keras
from keras import ops
from keras.layers import Input, Flatten, Dense, Dropout, Lambda, Conv2D, GlobalAveragePooling2D
from keras.models import Model

def euclidean_distance(vectors):
    x, y = vectors
    total = ops.sum(ops.square(x - y), axis=1, keepdims=True)
    return ops.sqrt(ops.maximum(total, keras.backend.epsilon()))

def contrastive_loss(y_true, y_pred, margin=1.0):
    y_true = ops.cast(y_true, y_pred.dtype)
    return ops.mean(y_true * ops.square(y_pred) + (1 - y_true) * ops.square(ops.maximum(margin - y_pred, 0)))

def create_pairs(images, digit_indices, classes):
    pairs, labels = [], []
    n = min([len(digit_indices[d]) for d in range(classes)]) - 1
    for d in range(classes):
        for i in range(n):
            z1, z2 = digit_indices[d][i], digit_indices[d][i + 1]
            pairs += [[images[z1], images[z2]]]
            other = (d + 1) % classes
            pairs += [[images[z1], images[digit_indices[other][i]]]]
            labels += [1, 0]
    return np.array(pairs), np.array(labels).astype("float32")

images = np.random.rand(20, 12, 12, 1).astype("float32")
digits = np.tile(np.arange(4), 5)
indices = [np.where(digits == i)[0] for i in range(4)]
pairs, labels = create_pairs(images, indices, 4)

inner_input = Input(shape=(12, 12, 1))
x = Conv2D(6, 3, activation="relu")(inner_input)
x = Conv2D(8, 3, activation="relu")(x)
x = GlobalAveragePooling2D()(x)
x = Dropout(0.1)(x)
embedding = Dense(5)(x)
base_network = Model(inner_input, embedding, name="embedding")

input_a, input_b = Input(shape=(12, 12, 1), name="left"), Input(shape=(12, 12, 1), name="right")
distance = Lambda(euclidean_distance, output_shape=(1,))([base_network(input_a), base_network(input_b)])
model = Model([input_a, input_b], distance)
model.compile(loss=contrastive_loss, optimizer="rmsprop", metrics=["accuracy"])
model.fit([pairs[:, 0], pairs[:, 1]], labels, batch_size=8, epochs=1, verbose=0)
near = model.predict([pairs[:4, 0], pairs[:4, 1]], verbose=0)
print(pairs.shape, near.ravel() < 0.5)
