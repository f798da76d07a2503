import numpy as np
import keras
from keras import layers

num_tags, num_words, num_departments = 6, 40, 3
title_input = keras.Input(shape=(None,), name="title")
body_input = keras.Input(shape=(None,), name="body")
tags_input = keras.Input(shape=(num_tags,), name="tags")
photo_input = keras.Input(shape=(12, 12, 3), name="photo")

title_features = layers.LSTM(8)(layers.Embedding(num_words, 10)(title_input))
body_features = layers.GRU(6)(layers.Embedding(num_words, 10)(body_input))
photo = layers.Conv2D(4, 3, activation="relu")(photo_input)
photo = layers.MaxPooling2D(2)(photo)
photo_features = layers.Flatten()(photo)
x = layers.concatenate([title_features, body_features, tags_input, photo_features])
x = layers.Dense(16, activation="relu")(x)
priority = layers.Dense(1, activation="sigmoid", name="priority")(x)
department = layers.Dense(num_departments, name="department")(x)
model = keras.Model(inputs=[title_input, body_input, tags_input, photo_input], outputs={"priority": priority, "department": department})
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-3),
    loss={"priority": keras.losses.BinaryCrossentropy(), "department": keras.losses.CategoricalCrossentropy(from_logits=True)},
    loss_weights={"priority": 1.0, "department": 0.2},
    metrics={"priority": ["accuracy"], "department": ["categorical_accuracy"]},
)
count = 20
data = {
    "title": np.random.randint(num_words, size=(count, 5)),
    "body": np.random.randint(num_words, size=(count, 9)),
    "tags": np.random.randint(2, size=(count, num_tags)).astype("float32"),
    "photo": np.random.rand(count, 12, 12, 3),
}
targets = {"priority": np.random.random(size=(count, 1)), "department": np.eye(num_departments)[np.random.randint(num_departments, size=count)]}
checkpoint = keras.callbacks.ModelCheckpoint("best.weights.h5", monitor="loss", save_best_only=True, save_weights_only=True)
model.fit(data, targets, epochs=1, batch_size=5, callbacks=[checkpoint], verbose=0)
results = model.evaluate(data, targets, verbose=0, return_dict=True)
answer = model.predict({name: values[:3] for name, values in data.items()}, verbose=0)
probe = keras.Model(model.inputs, model.get_layer("department").output)
logits = probe.predict([data["title"][:2], data["body"][:2], data["tags"][:2], data["photo"][:2]], verbose=0)
print(answer["priority"].shape, answer["department"].argmax(axis=1).shape, logits.shape, sorted(results)[0])
