import math

import numpy as np
import torch

x = torch.linspace(-math.pi, math.pi, 200)
y = torch.sin(x)
p = torch.tensor([1, 2, 3])
xx = x.unsqueeze(-1).pow(p)

model = torch.nn.Sequential(
    torch.nn.Linear(3, 1),
    torch.nn.Flatten(0, 1)
)
loss_fn = torch.nn.MSELoss(reduction='sum')
learning_rate = 1e-6
for t in range(3):
    y_pred = model(xx)
    loss = loss_fn(y_pred, y)
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for param in model.parameters():
            param -= learning_rate * param.grad

linear_layer = model[0]
print(f'y = {linear_layer.bias.item()} + {linear_layer.weight[:, 0].item()} x + {linear_layer.weight[:, 1].item()} x^2')

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 3)).astype(np.float32)
Y = X @ np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
X_train, Y_train = torch.from_numpy(X[:40]), torch.from_numpy(Y[:40])
X_test, Y_test = torch.from_numpy(X[40:]), torch.from_numpy(Y[40:])


class LinearRegression(torch.nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = torch.nn.Linear(in_features, out_features)

    def forward(self, x):
        return self.linear(x)


regression = LinearRegression(3, 1)
optimizer = torch.optim.LBFGS(regression.parameters(), lr=0.5)


def closure():
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(regression(X_train), Y_train)
    loss.backward()
    return loss


for _ in range(2):
    optimizer.step(closure)
error = (regression(X_test) - Y_test).abs().mean()
print('error', float(error), regression.linear.weight.detach().numpy().shape)
