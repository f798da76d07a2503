"""Trains the models of examples/ with the real frameworks and records what they answer.

Run in an environment with torch 2.13, tensorflow-cpu 2.21, keras 3.15, scikit-learn, safetensors, pillow:
    python test/oracle/train_examples.py

Writes next to the examples: the weights in four formats and 20 sample digits as PNG;
test/golden/examples.json: layers, parameters, scores of every sample and the accuracy of each model.
"""
import json
import os
import pathlib
import runpy
import sys

import keras
import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

root = pathlib.Path(__file__).resolve().parents[2]
examples = root / "examples"
os.chdir(examples)
sys.path.insert(0, str(examples))
digits = load_digits()
_, test = train_test_split(range(len(digits.target)), test_size=0.2, random_state=0)

samples = {}
for label in range(10):
    for index in [i for i in test if digits.target[i] == label][:2]:
        name = f"digit_{label}_{index}.png"
        pixels = np.round(digits.images[index] * 255 / 16).astype("uint8")
        (examples / "samples").mkdir(exist_ok=True)
        Image.fromarray(pixels, "L").save(examples / "samples" / name, optimize=True)
        samples[name] = pixels.astype("float32") / 255

stacked = np.stack(list(samples.values()))
test_images = np.round(digits.images[test] * 255 / 16).astype("float32") / 255
golden = {"samples": list(samples), "testLabels": [int(digits.target[i]) for i in test], "models": {}}


def keras_layers(model):
    listed = []
    for layer in model.layers:
        try:
            shape = list(layer.output.shape)
        except Exception:
            shape = None
        listed.append({"name": layer.name, "type": type(layer).__name__, "shape": shape, "parameters": layer.count_params()})
    return listed


for file in ["digits_keras", "digits_functional", "digits_subclass"]:
    keras.backend.clear_session()
    model = runpy.run_path(f"{file}.py", run_name="__main__")["model"]
    scores = np.asarray(model.predict(stacked[..., None], verbose=0))
    predicted = np.asarray(model.predict(test_images[..., None], verbose=0)).argmax(1)
    golden["models"][file] = {
        "layers": keras_layers(model),
        "parameters": model.count_params(),
        "trainable": int(sum(np.prod(w.shape) for w in model.trainable_weights)),
        "scores": [[round(float(v), 8) for v in row] for row in scores],
        "accuracy": float((predicted == digits.target[test]).mean()),
    }

model = runpy.run_path("digits_torch.py", run_name="__main__")["model"].eval()
save_file(model.state_dict(), "digits_torch.safetensors")
shapes = {}
order = []


def record(name):
    def hook(module, inputs, output):
        order.append({"path": name, "type": type(module).__name__, "shape": list(output.shape), "parameters": sum(p.numel() for p in module.parameters())})
    return hook


for name, module in model.named_modules():
    if not list(module.children()):
        module.register_forward_hook(record(name))
with torch.no_grad():
    scores = model(torch.tensor(stacked)[:, None])
    layers = list(order)
    predicted = model(torch.tensor(test_images)[:, None]).argmax(1).numpy()
for layer in layers:
    layer["shape"][0] = 1
golden["models"]["digits_torch"] = {
    "layers": layers,
    "parameters": sum(p.numel() for p in model.parameters()),
    "scores": [[round(float(v), 8) for v in row] for row in scores],
    "accuracy": float((predicted == digits.target[test]).mean()),
}
golden["testImages"] = [[int(v) for v in np.round(digits.images[i].ravel())] for i in test]
(root / "test" / "golden" / "examples.json").write_text(json.dumps(golden, separators=(",", ":")))
for name, entry in golden["models"].items():
    print(name, entry["parameters"], entry["accuracy"])
