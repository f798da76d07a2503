"""Four faults that Layerscope shows before anything runs. Each line that is marked raises in the real framework."""
import torch
from torch import nn
import keras
from keras import layers


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 16, kernel_size=3)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(16 * 4 * 4, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv(x)))
        x = x.flatten(1)
        return self.fc(x)  # 16*3*3 features arrive, 16*4*4 are expected


Digits()(torch.zeros(32, 1, 8, 8))

gray = nn.Conv2d(3, 8, kernel_size=3)
gray(torch.zeros(32, 1, 8, 8))  # one channel instead of three

image = keras.Input(shape=(8, 8, 1))
left = layers.Conv2D(8, 3)(image)
right = layers.Conv2D(8, 3, padding="same")(image)
both = layers.Add()([left, right])  # 6x6 and 8x8

model = keras.Sequential([keras.Input(shape=(64,)), layers.Dense(10, activation="softmax")])
model.predict(keras.ops.zeros((32, 8, 8)))  # the images were not flattened
