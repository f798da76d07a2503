import numpy as np

class Layer:
    def __init__(self, n_in, n_out, seed):
        rng = np.random.default_rng(seed)
        self.w = rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        self.z = x @ self.w + self.b
        return np.maximum(self.z, 0)

    def backward(self, grad, rate):
        grad = grad * (self.z > 0)
        dw = self.x.T @ grad / len(self.x)
        db = grad.mean(axis=0, keepdims=True)
        passed = grad @ self.w.T
        self.w -= rate * dw
        self.b -= rate * db
        return passed

def softmax(z):
    shifted = np.exp(z - z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)

def one_hot(labels, classes):
    encoded = np.zeros((labels.size, classes))
    encoded[np.arange(labels.size), labels] = 1
    return encoded

def im2col(images, size, stride=1):
    n, h, w, c = images.shape
    out_h, out_w = (h - size) // stride + 1, (w - size) // stride + 1
    columns = np.empty((n, out_h, out_w, size * size * c))
    for i in range(out_h):
        for j in range(out_w):
            patch = images[:, i * stride:i * stride + size, j * stride:j * stride + size, :]
            columns[:, i, j, :] = patch.reshape(n, -1)
    return columns

images = np.random.rand(12, 6, 6, 2)
labels = np.random.randint(0, 3, 12)
kernel = np.random.randn(3 * 3 * 2, 4) * 0.1
features = np.tanh(np.dot(im2col(images, 3), kernel))
pooled = features.reshape(12, 2, 2, 2, 2, 4).max(axis=(2, 4))
flat = pooled.reshape(len(images), -1)
flat = (flat - flat.mean(axis=0)) / (flat.std(axis=0) + 1e-8)
network = [Layer(flat.shape[1], 8, 0), Layer(8, 3, 1)]
target = one_hot(labels, 3)
for epoch in range(3):
    x = flat
    for layer in network:
        x = layer.forward(x)
    probability = softmax(x)
    loss = -np.sum(target * np.log(probability + 1e-9)) / len(flat)
    grad = probability - target
    for layer in reversed(network):
        grad = layer.backward(grad, 0.1)
saved = np.concatenate([layer.w.ravel() for layer in network] + [layer.b.ravel() for layer in network])
print(features.shape, pooled.shape, saved.shape, np.isfinite(loss))
