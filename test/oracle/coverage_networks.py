"""Trains the networks of test/bench/coverage/ for test/bench/coverage.mjs.

Run with keras 3.15 and scikit-learn:
    python test/oracle/coverage_networks.py OUT

The data are scikit-learn's digits, enlarged to 20x20 and set in a black border of 4 pixels as MNIST's are (MNIST itself is not
in any package). Writes to OUT, which is not kept: small.py, conv.py and their weights (.h5), and for each network train.npz and
test.npz with `inputs` and `labels`.
"""
import pathlib
import runpy
import shutil
import sys

import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
here = pathlib.Path(__file__).resolve().parents[1] / "bench" / "coverage"
digits = load_digits()


def enlarged(image, size):
    """Bilinear, by the centres of the pixels."""
    places = np.clip((np.arange(size) + 0.5) * 8 / size - 0.5, 0, 7)
    low = np.minimum(places.astype(int), 6)
    share = places - low
    rows = image[low] * (1 - share)[:, None] + image[low + 1] * share[:, None]
    return rows[:, low] * (1 - share) + rows[:, low + 1] * share


images = np.stack([np.pad(enlarged(image / 16, 20), 4) for image in digits.images]).astype("float32")
train_x, test_x, train_y, test_y = train_test_split(images, digits.target, test_size=0.2, random_state=0)
random = np.random.default_rng(0)
shifted = np.concatenate([np.stack([np.roll(image, random.integers(-2, 3, 2), (0, 1)) for image in train_x]) for _ in range(3)])
many_x, many_y = np.concatenate([train_x, shifted]), np.tile(train_y, 4)

for name, epochs in [("small", 100), ("conv", 10)]:
    keras.utils.set_random_seed(1)
    shutil.copy(here / f"{name}.py", out)
    model = runpy.run_path(str(out / f"{name}.py"))["model"]
    shape = (-1, *model.input_shape[1:])
    model.compile(keras.optimizers.Adam(3e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(many_x.reshape(shape), many_y, batch_size=64, epochs=epochs, verbose=0)
    loss, accuracy = model.evaluate(test_x.reshape(shape), test_y, verbose=0)
    print(name, "accuracy on the test set", round(float(accuracy), 4))
    model.save(out / f"{name}.h5")
    for part, x, y in [("train", train_x, train_y), ("test", test_x, test_y)]:
        np.savez(out / f"{name}_{part}.npz", inputs=x.reshape(shape), labels=y.astype("int64"))
