"""Trains the network of the DeepCheck paper's size, 784-10-10-10-10, on scikit-learn's digits drawn at 28x28 pixels, and
writes it as ONNX with a few test pictures to test/golden/neurons/.

    python test/oracle/train_neuron_nets.py
"""
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)
digits = load_digits()
images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
images = nn.functional.interpolate(images, size=28, mode="bilinear", align_corners=False).flatten(1)
# as MNIST: whole grey levels, ink on an empty ground
images = (images * 255).round() / 255
labels = torch.tensor(digits.target)
order = np.random.default_rng(0).permutation(len(labels))
train, test = order[:1400], order[1400:]

sizes = [784, 10, 10, 10, 10]
layers = []
for before, after in zip(sizes, sizes[1:]):
    layers += [nn.Linear(before, after), nn.ReLU()]
net = nn.Sequential(*layers[:-1])
optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
for epoch in range(200):
    for start in range(0, len(train), 64):
        batch = train[start:start + 64]
        loss = nn.functional.cross_entropy(net(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
accuracy = (net(images[test]).argmax(1) == labels[test]).float().mean().item()

nodes, weights, value = [], [], "x"
linear = [layer for layer in net if isinstance(layer, nn.Linear)]
for k, layer in enumerate(linear):
    weights += [numpy_helper.from_array(layer.weight.detach().numpy(), f"w{k}"), numpy_helper.from_array(layer.bias.detach().numpy(), f"b{k}")]
    nodes.append(helper.make_node("Gemm", [value, f"w{k}", f"b{k}"], [f"dense{k}"], transB=1, name=f"dense{k}"))
    value = f"dense{k}"
    if k + 1 < len(linear):
        nodes.append(helper.make_node("Relu", [value], [f"relu{k}"], name=f"relu{k}"))
        value = f"relu{k}"
graph = helper.make_graph(nodes, "digits_784_10_10_10_10", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 784])], [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1, 10])], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
folder = pathlib.Path(__file__).parent.parent / "golden" / "neurons"
folder.mkdir(parents=True, exist_ok=True)
onnx.save(model, folder / "digits_784_10_10_10_10.onnx")
samples = [int(test[k]) for k in range(10)]
(folder / "digits.json").write_text(json.dumps({
    "accuracy": round(accuracy, 4),
    "labels": [int(labels[k]) for k in samples],
    # grey levels from 0 to 255
    "pictures": [[int(round(255 * float(x))) for x in images[k]] for k in samples],
    "scores": [[round(float(x), 5) for x in net(images[k:k + 1])[0].detach()] for k in samples],
}))
print(accuracy)
