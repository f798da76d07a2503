import numpy as np
import pandas as pd
import keras
from keras import layers

ratings = pd.DataFrame({"user": np.random.choice(["ann", "bob", "cat", "dan", "eve"], 60), "movie": np.random.choice([10, 20, 30, 40, 50, 60], 60),
                        "rating": np.random.randint(1, 6, 60).astype("float32")})
user_ids = ratings["user"].unique().tolist()
user2index = {user: index for index, user in enumerate(user_ids)}
movie_ids = ratings["movie"].unique().tolist()
movie2index = {movie: index for index, movie in enumerate(movie_ids)}
ratings["u"] = ratings["user"].map(user2index)
ratings["m"] = ratings["movie"].map(movie2index)
low, high = ratings["rating"].min(), ratings["rating"].max()
ratings = ratings.sample(frac=1, random_state=42)
x = ratings[["u", "m"]].values
y = ratings["rating"].apply(lambda value: (value - low) / (high - low)).values
cut = int(0.9 * len(ratings))
x_train, x_val, y_train, y_val = x[:cut], x[cut:], y[:cut], y[cut:]

class RecommenderNet(keras.Model):
    def __init__(self, num_users, num_movies, embedding_size, **kwargs):
        super().__init__(**kwargs)
        self.user_embedding = layers.Embedding(num_users, embedding_size, embeddings_initializer="he_normal", embeddings_regularizer=keras.regularizers.l2(1e-6))
        self.user_bias = layers.Embedding(num_users, 1)
        self.movie_embedding = layers.Embedding(num_movies, embedding_size, embeddings_initializer="he_normal", embeddings_regularizer=keras.regularizers.l2(1e-6))
        self.movie_bias = layers.Embedding(num_movies, 1)

    def call(self, inputs):
        user_vector = self.user_embedding(inputs[:, 0])
        movie_vector = self.movie_embedding(inputs[:, 1])
        together = keras.ops.sum(user_vector * movie_vector, axis=1, keepdims=True)
        return keras.ops.sigmoid(together + self.user_bias(inputs[:, 0]) + self.movie_bias(inputs[:, 1]))

model = RecommenderNet(len(user_ids), len(movie_ids), 6)
model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam(learning_rate=0.001))
model.fit(x=x_train, y=y_train, batch_size=16, epochs=1, validation_data=(x_val, y_val), verbose=0)
seen = ratings[ratings["user"] == user_ids[0]]["movie"].values
unseen = [movie2index[movie] for movie in movie_ids if movie not in seen]
candidates = np.hstack(([[0]] * len(movie_ids), np.arange(len(movie_ids)).reshape(-1, 1)))
scores = model.predict(candidates, verbose=0).flatten()
top = scores.argsort()[-3:][::-1]
print(candidates.shape, [movie_ids[k] for k in top], len(unseen) <= len(movie_ids))
