import numpy as np
import keras
from keras import layers

latent = 8
generator = keras.Sequential([keras.Input((latent,)), layers.Dense(16), layers.LeakyReLU(), layers.Dense(36, activation="tanh"), layers.Reshape((6, 6, 1))])
discriminator = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(4, 3, strides=2, padding="same"), layers.LeakyReLU(), layers.Flatten(), layers.Dense(1, activation="sigmoid")])
discriminator.compile(optimizer="adam", loss="binary_crossentropy")
discriminator.trainable = False
gan = keras.Sequential([keras.Input((latent,)), generator, discriminator])
gan.compile(optimizer="adam", loss="binary_crossentropy")

real = np.random.uniform(-1, 1, (20, 6, 6, 1))
batch = 10
for step in range(2):
    noise = np.random.normal(0, 1, (batch, latent))
    fake = generator.predict(noise, verbose=0)
    chosen = real[np.random.randint(0, real.shape[0], batch)]
    images = np.concatenate([chosen, fake])
    labels = np.concatenate([np.ones((batch, 1)), np.zeros((batch, 1))])
    d_loss = discriminator.train_on_batch(images, labels)
    g_loss = gan.train_on_batch(noise, np.ones((batch, 1)))
    print(step, fake.shape)
