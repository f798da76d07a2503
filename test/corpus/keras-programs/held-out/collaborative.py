import numpy as np
import keras
from keras import layers, ops

class Recommender(keras.Model):
    def __init__(self, users, movies, size, **kwargs):
        super().__init__(**kwargs)
        self.user_embedding = layers.Embedding(users, size, embeddings_initializer="he_normal")
        self.user_bias = layers.Embedding(users, 1)
        self.movie_embedding = layers.Embedding(movies, size)
        self.movie_bias = layers.Embedding(movies, 1)

    def call(self, inputs):
        user = self.user_embedding(inputs[:, 0])
        movie = self.movie_embedding(inputs[:, 1])
        product = ops.sum(user * movie, axis=1, keepdims=True)
        return ops.sigmoid(product + self.user_bias(inputs[:, 0]) + self.movie_bias(inputs[:, 1]))

users, movies = 20, 30
pairs = np.stack([np.random.randint(0, users, 50), np.random.randint(0, movies, 50)], axis=1)
ratings = np.random.rand(50)
model = Recommender(users, movies, 6)
model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam(learning_rate=0.001))
model.fit(x=pairs, y=ratings, batch_size=25, epochs=1, verbose=0)
unseen = np.array([[3, movie] for movie in range(10)])
order = model.predict(unseen, verbose=0).flatten().argsort()[-3:][::-1]
print(order)
