import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

images = np.random.randint(0, 256, size=(24, 20, 20, 3)).astype("uint8")
labels = np.random.randint(0, 4, size=(24,))
IMG_SIZE, BATCH = 16, 6

def prepare(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    image = tf.image.resize(image, (IMG_SIZE, IMG_SIZE))
    return image, tf.one_hot(label, 4)

def augment(image, label):
    image = tf.image.random_flip_left_right(image)
    image = tf.image.random_brightness(image, max_delta=0.1)
    return image, label

dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(24, seed=1)
train_ds = dataset.take(18).map(prepare, num_parallel_calls=tf.data.AUTOTUNE).map(augment).batch(BATCH).prefetch(tf.data.AUTOTUNE)
val_ds = dataset.skip(18).map(prepare).batch(BATCH)

model = keras.Sequential([
    keras.Input((IMG_SIZE, IMG_SIZE, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.BatchNormalization(),
    layers.MaxPooling2D(),
    layers.Conv2D(12, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=1, verbose=0)
for image_batch, label_batch in train_ds.take(1):
    print(image_batch.shape, label_batch.numpy().sum(axis=1))
probabilities = model.predict(val_ds, verbose=0)
truth = np.concatenate([y for _, y in val_ds], axis=0)
print(tf.reduce_mean(keras.metrics.categorical_accuracy(truth, probabilities)).numpy(), probabilities.shape)
