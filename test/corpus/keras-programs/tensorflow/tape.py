import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, metrics, optimizers

class Classifier(tf.keras.Model):
    def __init__(self, hidden, classes):
        super().__init__()
        self.flatten = layers.Flatten()
        self.d1 = layers.Dense(hidden, activation="relu")
        self.drop = layers.Dropout(0.2)
        self.d2 = layers.Dense(classes)

    def call(self, x, training=False):
        x = self.flatten(x)
        x = self.d1(x)
        x = self.drop(x, training=training)
        return self.d2(x)

x_train = np.random.rand(32, 8, 8).astype("float32")
y_train = np.random.randint(0, 5, 32).astype("int64")
train_ds = tf.data.Dataset.from_tensor_slices((x_train[..., tf.newaxis], y_train)).shuffle(32).batch(8)

model = Classifier(12, 5)
loss_object = losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = optimizers.Adam(1e-3)
train_loss = metrics.Mean(name="train_loss")
train_accuracy = metrics.SparseCategoricalAccuracy(name="train_accuracy")

@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        predictions = model(images, training=True)
        loss = loss_object(labels, predictions)
        penalty = tf.add_n([tf.nn.l2_loss(w) for w in model.trainable_variables])
        total = loss + 1e-4 * penalty
    gradients = tape.gradient(total, model.trainable_variables)
    gradients = [tf.clip_by_norm(g, 1.0) for g in gradients]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(labels, predictions)

for epoch in range(2):
    train_loss.reset_state()
    train_accuracy.reset_state()
    for images, labels in train_ds:
        train_step(images, labels)
    print(epoch, float(train_loss.result()) > 0, float(train_accuracy.result()) <= 1)
logits = model(x_train[:4, :, :, None])
classes = tf.argmax(tf.nn.softmax(logits, axis=-1), axis=1)
print(classes.shape, tf.math.confusion_matrix(y_train[:4], classes, num_classes=5).shape)
