import numpy as np
import torch
import keras
from keras import layers, ops

latent_dim = 16

def make_generator():
    return keras.Sequential([
        keras.Input((latent_dim,)),
        layers.Dense(4 * 4 * 8),
        layers.Reshape((4, 4, 8)),
        layers.Conv2DTranspose(8, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
    ], name="generator")

def make_discriminator():
    return keras.Sequential([
        keras.Input((8, 8, 1)),
        layers.Conv2D(8, 3, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.GlobalMaxPooling2D(),
        layers.Dense(1),
    ], name="discriminator")

class GAN(keras.Model):
    def __init__(self, discriminator, generator, latent_dim):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_loss_tracker = keras.metrics.Mean(name="d_loss")
        self.g_loss_tracker = keras.metrics.Mean(name="g_loss")
        self.built = True

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn

    @property
    def metrics(self):
        return [self.d_loss_tracker, self.g_loss_tracker]

    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        random_latent = keras.random.normal(shape=(batch_size, self.latent_dim))
        generated = self.generator(random_latent)
        combined = ops.concatenate([generated, real_images], axis=0)
        labels = ops.concatenate([ops.ones((batch_size, 1)), ops.zeros((batch_size, 1))], axis=0)
        self.zero_grad()
        predictions = self.discriminator(combined)
        d_loss = self.loss_fn(labels, predictions)
        d_loss.backward()
        weights = self.discriminator.trainable_weights
        with torch.no_grad():
            self.d_optimizer.apply([w.value.grad for w in weights], weights)
        self.zero_grad()
        misleading = ops.zeros((batch_size, 1))
        g_loss = self.loss_fn(misleading, self.discriminator(self.generator(random_latent)))
        g_loss.backward()
        weights = self.generator.trainable_weights
        with torch.no_grad():
            self.g_optimizer.apply([w.value.grad for w in weights], weights)
        self.d_loss_tracker.update_state(d_loss)
        self.g_loss_tracker.update_state(g_loss)
        return {"d_loss": self.d_loss_tracker.result(), "g_loss": self.g_loss_tracker.result()}

gan = GAN(make_discriminator(), make_generator(), latent_dim)
gan.compile(keras.optimizers.Adam(0.0003), keras.optimizers.Adam(0.0003), keras.losses.BinaryCrossentropy(from_logits=True))
images = np.random.rand(24, 8, 8, 1).astype("float32")
gan.fit(images, epochs=1, batch_size=8, verbose=0)
made = gan.generator.predict(np.random.normal(size=(4, latent_dim)), verbose=0)
print(made.shape, (made * 255).astype("uint8").max())
