import { keras, testRules, torch } from '../testing/rules-fixture.ts';
import type { Rules } from '../testing/rules-fixture.ts';

/** The rules about losses and the last layer. */
const rules: Rules = {
  'logits-expected': {
    wrong: [
      `${torch}nn.CrossEntropyLoss()(torch.softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))\nF.cross_entropy(model(x), labels)`,
      `${torch}F.cross_entropy(F.relu(nn.Linear(8, 3)(x)), labels)`,
      `${torch}F.binary_cross_entropy_with_logits(torch.sigmoid(nn.Linear(8, 1)(x)), torch.ones(4, 1))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))`,
    ],
    right: [
      `${torch}nn.CrossEntropyLoss()(nn.Linear(8, 3)(x), labels)`,
      `${torch}F.cross_entropy(F.log_softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}attention = torch.softmax(x, dim=1)\nF.cross_entropy(nn.Linear(8, 3)(attention), labels)`,
      `${torch}nn.MSELoss()(torch.sigmoid(nn.Linear(8, 8)(x)), x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nmodel.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))`,
    ],
  },
  'probabilities-expected': {
    wrong: [
      `${torch}nn.BCELoss()(torch.tanh(nn.Linear(8, 1)(x)), torch.ones(4, 1))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile(loss=keras.losses.BinaryCrossentropy())`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='relu')])\nmodel.compile(loss='binary_crossentropy')`,
      `${torch}F.binary_cross_entropy(nn.Linear(8, 1)(x), torch.ones(4, 1))`,
    ],
    right: [
      `${torch}F.binary_cross_entropy_with_logits(nn.Linear(8, 1)(x), torch.ones(4, 1))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3), layers.Softmax()])\nmodel.compile(loss='sparse_categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile(loss='mse')`,
      `${torch}F.binary_cross_entropy(torch.sigmoid(nn.Linear(8, 1)(x)), torch.ones(4, 1))`,
    ],
  },
  'log-probabilities-expected': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 3)\n    def forward(self, x):\n        return F.softmax(self.fc(x), dim=1)\nnn.NLLLoss()(Net()(x), labels)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))\nF.nll_loss(model(x), labels)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))\nnn.NLLLoss()(model(x), labels)`,
      `${torch}F.nll_loss(F.softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}nn.NLLLoss()(nn.Linear(8, 3)(x), labels)`,
    ],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.LogSoftmax(dim=1))\nnn.NLLLoss()(model(x), labels)`,
      `${torch}nn.CrossEntropyLoss()(nn.Linear(8, 3)(x), labels)`,
      `${torch}nn.NLLLoss()(F.softmax(nn.Linear(8, 3)(x), dim=1).log(), labels)`,
      `${torch}F.nll_loss(F.log_softmax(nn.Linear(8, 3)(x), dim=1), labels)`,
      `${torch}F.nll_loss(torch.log(F.softmax(nn.Linear(8, 3)(x), dim=1)), labels)`,
    ],
  },
  'loss-width': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='sparse_categorical_crossentropy')`,
      `${torch}F.cross_entropy(nn.Linear(8, 1)(x), torch.zeros(4, dtype=torch.long))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='softmax')])\nmodel.compile(loss='binary_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='sigmoid')])\nmodel.compile(loss='categorical_crossentropy')`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(2, activation='softmax')])\nmodel.compile(loss='binary_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='softmax')])\nmodel.compile(loss='categorical_crossentropy')`,
      `${torch}F.cross_entropy(nn.Linear(8, 2)(x), torch.zeros(4, dtype=torch.long))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')`,
    ],
  },
  'dropout-before-loss': {
    wrong: [
      `${torch}nn.MSELoss()(nn.Dropout(0.2)(nn.Linear(8, 2)(x)), torch.zeros(4, 2))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc, self.drop = nn.Linear(8, 3), nn.Dropout(0.3)\n    def forward(self, x):\n        return self.drop(self.fc(x))\nF.cross_entropy(Net()(x), labels)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax'), layers.Dropout(0.2)])\nmodel.compile(loss='categorical_crossentropy')`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Dropout(0.5)(layers.Dense(1, activation='sigmoid')(i)))\nmodel.compile(loss='binary_crossentropy')`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Dropout(0.5))\nF.cross_entropy(model(x), labels)`],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3))\nF.cross_entropy(model(x), labels)`,
      `${torch}features = nn.Dropout(0.5)(x)\nF.cross_entropy(nn.Linear(8, 3)(features), labels)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dropout(0.2), layers.Dense(3, activation='softmax')])\nmodel.compile(loss='categorical_crossentropy')`,
      `${torch}z = nn.Dropout(0.5)(nn.Linear(8, 3)(x))`,
      `${torch}model = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 3))\nF.cross_entropy(model(x), labels)`],
  },
  'one-unit-softmax': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1), layers.Softmax()])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1), layers.Activation('softmax')])`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 1)\n    def forward(self, x):\n        return F.softmax(self.fc(x), dim=1)\nNet()(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='softmax')])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 1), nn.Softmax(dim=1))\nmodel(x)`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 1)\n    def forward(self, x):\n        return torch.sigmoid(self.fc(x))\nNet()(x)`,
      `${keras}i = keras.Input((8, 3))\nmodel = keras.Model(i, layers.Softmax(axis=1)(layers.Dense(1)(i)))`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(2, activation='softmax')])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())\nmodel(x)`,
    ],
  },
  'linear-stack': {
    wrong: [
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Dense(3)(layers.Dropout(0.2)(layers.Dense(32)(i))))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(8, 16), nn.Linear(16, 3)\n    def forward(self, x):\n        return self.b(self.a(x))\nNet()(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.Linear(16, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.Dropout(0.1), nn.Linear(16, 3))\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(16), layers.Dense(3, activation='softmax')])`,
    ],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 2), nn.Linear(2, 8))\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation='relu'), layers.Dense(3)])`,
      `${keras}i = keras.Input((8,))\nh = layers.Dense(16)(i)\nmodel = keras.Model(i, [h, layers.Dense(3)(h)])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.LayerNorm(16), nn.Linear(16, 3))\nmodel(x)`,
    ],
  },
  'bias-before-normalization': {
    wrong: [
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU())\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.BatchNormalization()])`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv, self.bn = nn.Conv1d(8, 4, 1), nn.BatchNorm1d(4)\n    def forward(self, x):\n        return F.relu(self.bn(self.conv(x)))\nNet()(torch.randn(2, 8, 5))`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, use_bias=False), layers.BatchNormalization()])`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, activation='relu'), layers.BatchNormalization()])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 16), nn.LayerNorm(16))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))\nmodel(torch.randn(1, 3, 8, 8))`,
    ],
  },
  'unused-layer': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv1 = nn.Conv2d(1, 4, 3)\n        self.conv2 = nn.Conv2d(4, 4, 3)\n    def forward(self, x):\n        return self.conv1(x)\nNet()(torch.randn(1, 1, 8, 8))`,
      `${keras}class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.a = layers.Dense(4)\n        self.spare = layers.Dense(4)\n    def call(self, x):\n        return self.a(x)\nNet()(np.zeros((2, 8)))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.norm = nn.LayerNorm(8)\n    def forward(self, x):\n        return self.a(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.body = nn.Sequential(nn.Linear(8, 8), nn.ReLU())\n        self.head = nn.Sequential(nn.Linear(8, 8), nn.ReLU())\n    def forward(self, x):\n        return self.body(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.spare = nn.Linear(8, 8)\n    def forward(self, x):\n        return self.a(x)\nNet()(x)`,
    ],
    right: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.drop = nn.Dropout(0.1)\n    def forward(self, x):\n        return self.a(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.b = nn.Linear(8, 8)\n    def forward(self, x):\n        return getattr(self, 'b')(self.a(x))\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self, extra=False):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        if extra:\n            self.b = nn.Linear(8, 8)\n    def forward(self, x):\n        return self.a(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.spare = nn.Linear(8, 8)\n    def forward(self, x):\n        return self.a(x)\n    def later(self, x):\n        return self.spare(x)\nNet()(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n    def forward(self, x):\n        return F.linear(x, self.a.weight)\nNet()(x)`,
    ],
  },
  'softmax-over-batch': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 3)\n    def forward(self, x):\n        return F.softmax(self.fc(x), dim=0)\nNet()(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.LogSoftmax(dim=0))\nmodel(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 3)\n    def forward(self, x):\n        return torch.softmax(self.fc(x), -2)\nNet()(x)`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Softmax(axis=0)(layers.Dense(3)(i)))`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=0))\nmodel(x)`],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.LogSoftmax(dim=-1))\nmodel(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 1)\n    def forward(self, x):\n        return F.softmax(self.fc(x), dim=1)\nNet()(torch.randn(4, 5, 8))`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Softmax()(layers.Dense(3)(i)))`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))\nmodel(x)`, `${torch}weights = torch.softmax(torch.randn(5, 5), dim=0)`],
  },
  'reshape-mixes-batch': {
    wrong: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(48, 2)\n    def forward(self, x):\n        return self.fc(x.view(-1, 48))\nNet()(torch.randn(4, 3, 6, 6))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(10, 2)\n    def forward(self, x):\n        return self.fc(x.reshape(-1, 10))\nNet()(torch.randn(6, 5, 7))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(14, 2)\n    def forward(self, x):\n        return self.fc(x.view(14, -1).t().reshape(-1, 14))\nNet()(torch.randn(7, 6, 4))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(12, 2)\n    def forward(self, x):\n        return self.fc(torch.reshape(x, (-1, 12)))\nNet()(torch.randn(3, 4, 5))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 16, 3)\n        self.fc = nn.Linear(12, 2)\n    def forward(self, x):\n        x = self.conv(x)\n        x = x.view(-1, 12)\n        return self.fc(x)\nNet()(torch.randn(4, 3, 8, 8))`,
    ],
    right: [
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(108, 2)\n    def forward(self, x):\n        return self.fc(x.view(-1, 108))\nNet()(torch.randn(4, 3, 6, 6))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(108, 2)\n    def forward(self, x):\n        return self.fc(x.flatten(1))\nNet()(torch.randn(4, 3, 6, 6))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 2)\n    def forward(self, x):\n        return self.fc(x.reshape(-1, 6))\nNet()(torch.randn(4, 3, 6))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 16, 3)\n        self.fc = nn.Linear(576, 2)\n    def forward(self, x):\n        x = self.conv(x)\n        x = x.view(-1, 576)\n        return self.fc(x)\nNet()(torch.randn(4, 3, 8, 8))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 2)\n    def forward(self, x):\n        b, t, f = x.shape\n        return self.fc(x.reshape(b * t, f)).view(b, t, 2)\nNet()(torch.randn(4, 5, 8))`,
    ],
  },
};

testRules(rules);
