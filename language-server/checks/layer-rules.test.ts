import { keras, testRules, torch } from '../testing/rules-fixture.ts';
import type { Rules } from '../testing/rules-fixture.ts';

const regression = `${torch}target = torch.randn(4)\nmodel = nn.Linear(8, 1)\n`;
const tape = `${keras}import tensorflow as tf\nx = np.random.rand(50, 1).astype('float32')\ny = x[:, 0] * 2\nmodel = keras.Sequential([keras.Input((1,)), layers.Dense(1)])\n`;
const prices = `${keras}x, y = np.random.rand(100, 8), np.random.rand(100) * 500\n`;
const mnist = `${keras}(x, y), _ = keras.datasets.mnist.load_data()\n`;
const fit = "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(x, y)";
const pixels = `${torch}pixels = torch.randint(0, 256, (100, 784)).float()\nclasses = torch.randint(0, 3, (100,))\n`;

/** The rules about the order of layers, weights, and the numbers in data and labels. */
const rules: Rules = {
  'repeated-activation': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax'), layers.Softmax()])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='relu'), layers.Activation('softmax')])`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Activation('sigmoid')(layers.Dense(1, activation='sigmoid')(i)))`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.ReLU(), nn.Softmax(dim=1))\nmodel(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 1)\n    def forward(self, x):\n        return torch.sigmoid(F.relu(self.fc(x)))\nNet()(x)`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(3), layers.Softmax()])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(8, activation='relu'), layers.Dense(3, activation='softmax')])`,
      `${torch}model = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 3), nn.Softmax(dim=1))\nmodel(x)`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(8, 5), nn.Linear(8, 5)\n    def forward(self, x):\n        return torch.softmax(F.relu(self.a(x)), 1) * self.b(x)\nNet()(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 3), nn.LeakyReLU(0.2), nn.Softmax(dim=1))\nmodel(x)`,
    ],
  },
  'dropout-before-normalization': {
    wrong: [
      `${torch}model = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Dropout(0.5), nn.BatchNorm1d(8), nn.Linear(8, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Dropout2d(0.2), nn.BatchNorm2d(4))\nmodel(torch.randn(2, 3, 8, 8))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.drop, self.bn = nn.Dropout(0.3), nn.BatchNorm1d(8)\n    def forward(self, x):\n        return self.bn(self.drop(x))\nNet()(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation='relu'), layers.Dropout(0.2), layers.BatchNormalization(), layers.Dense(1)])`,
      `${keras}i = keras.Input((8, 8, 3))\nmodel = keras.Model(i, layers.BatchNormalization()(layers.SpatialDropout2D(0.2)(layers.Conv2D(4, 3)(i))))`,
    ],
    right: [
      `${torch}model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.LayerNorm(8))\nmodel(x)`,
      `${torch}model = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 8), nn.BatchNorm1d(8))\nmodel(x)`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.BatchNormalization(), layers.Dropout(0.2), layers.Dense(1)])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dropout(0.2), layers.Dense(4), layers.BatchNormalization()])`,
    ],
  },
  'dropout-before-pooling': {
    wrong: [
      `${torch}model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Dropout(0.2), nn.MaxPool2d(2))\nmodel(torch.randn(2, 3, 8, 8))`,
      `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv, self.drop, self.pool = nn.Conv2d(3, 4, 3), nn.Dropout(0.3), nn.MaxPool2d(2)\n    def forward(self, x):\n        return self.pool(self.drop(self.conv(x)))\nNet()(torch.randn(2, 3, 8, 8))`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Dropout(0.25), layers.MaxPooling2D()])`,
      `${keras}i = keras.Input((8, 8, 3))\nmodel = keras.Model(i, layers.GlobalMaxPooling2D()(layers.Dropout(0.2)(layers.Conv2D(4, 3)(i))))`,
      `${keras}model = keras.Sequential([keras.Input((20, 4)), layers.Conv1D(4, 3), layers.Dropout(0.25), layers.MaxPooling1D(2)])`,
    ],
    right: [
      `${torch}model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.2))\nmodel(torch.randn(2, 3, 8, 8))`,
      `${torch}model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Dropout(0.2), nn.AvgPool2d(2))\nmodel(torch.randn(2, 3, 8, 8))`,
      `${torch}model = nn.Sequential(nn.Dropout(0.2), nn.Conv2d(3, 4, 3), nn.MaxPool2d(2))\nmodel(torch.randn(2, 3, 8, 8))`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.Dropout(0.25)])`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Dropout(0.25), layers.GlobalAveragePooling2D()])`,
    ],
  },
  'constant-weights': {
    wrong: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_initializer='zeros', activation='relu'), layers.Dense(1)])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_initializer='ones', activation='relu'), layers.Dense(1)])`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Dense(1)(layers.Dense(4, kernel_initializer=keras.initializers.Constant(0.5), activation='tanh')(i)))`,
      `${keras}model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, kernel_initializer='zeros'), layers.Flatten(), layers.Dense(1)])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, kernel_initializer=keras.initializers.Zeros(), activation='relu'), layers.Dense(1)])`,
    ],
    right: [
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation='relu'), layers.Dense(1)])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, bias_initializer='ones', activation='relu'), layers.Dense(1)])`,
      `${keras}model = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation='relu'), layers.Dense(1, kernel_initializer='zeros')])`,
      `${keras}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Dense(1)(layers.add([i, layers.Dense(8, kernel_initializer='zeros')(i)])))`,
      `${torch}model = nn.Sequential(nn.Linear(8, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))\nmodel(x)`,
    ],
  },
  'unscaled-data': {
    wrong: [
      `${mnist}model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(32, activation='sigmoid'), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${mnist}x = x.reshape(-1, 784).astype('float32')\nmodel = keras.Sequential([keras.Input((784,)), layers.Dense(32, activation='tanh'), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${mnist}x = np.expand_dims(x, -1)\nmodel = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(4, 3, activation='tanh'), layers.Flatten(), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${pixels}model = nn.Sequential(nn.Linear(784, 16), nn.Sigmoid(), nn.Linear(16, 3))\nF.cross_entropy(model(pixels), classes)`,
      `${pixels}model = nn.Sequential(nn.Linear(784, 16), nn.Tanh(), nn.Linear(16, 3))\nF.cross_entropy(model(pixels), classes)`,
    ],
    right: [
      `${mnist}x = x / 255.0\nmodel = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(32, activation='sigmoid'), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${mnist}model = keras.Sequential([keras.Input((28, 28)), layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(32, activation='sigmoid'), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${mnist}model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(32, activation='relu'), layers.Dense(10, activation='softmax')])\n${fit}`,
      `${pixels}model = nn.Sequential(nn.Linear(784, 16), nn.Sigmoid(), nn.Linear(16, 3))\nF.cross_entropy(model(pixels / 255), classes)`,
      `${pixels}model = nn.Sequential(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 3))\nF.cross_entropy(model(pixels), classes)`,
    ],
  },
  'accuracy-of-regression': {
    wrong: [
      `${prices}model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation='relu'), layers.Dense(1)])\nmodel.compile('adam', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${prices}model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile(loss='mean_absolute_error', metrics=['mae', 'acc'])\nmodel.fit(x, y, epochs=2)`,
      `${prices}i = keras.Input((8,))\nmodel = keras.Model(i, layers.Dense(1, activation='linear')(layers.Dense(4, activation='relu')(i)))\nmodel.compile(loss=keras.losses.MeanSquaredError(), metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(60, 5, 1), np.random.randn(60)\nmodel = keras.Sequential([keras.Input((5, 1)), layers.LSTM(4), layers.Dense(1)])\nmodel.compile('adam', 'huber', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x = np.array([[1.], [2.], [3.]])\ny = np.array([2.5, 4.5, 6.5])\nmodel = keras.Sequential([keras.Input((1,)), layers.Dense(1)])\nmodel.compile('sgd', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
    ],
    right: [
      `${prices}model = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation='relu'), layers.Dense(1)])\nmodel.compile('adam', 'mse', metrics=['mae'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], 'float32'), np.array([[0], [1], [1], [0]], 'float32')\nmodel = keras.Sequential([keras.Input((2,)), layers.Dense(4, activation='relu'), layers.Dense(1)])\nmodel.compile('adam', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(60, 8), keras.utils.to_categorical(np.random.randint(0, 3, 60), 3)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile('adam', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(60, 8), np.random.randint(0, 2, 60)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile('adam', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(60, 8), np.random.randint(0, 2, 60).astype('float32')\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile('adam', 'binary_crossentropy', metrics=['accuracy'])\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(60, 8), np.where(np.random.rand(60) > 0.5, 1.0, 0.0)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.compile('adam', 'mse', metrics=['accuracy'])\nmodel.fit(x, y)`,
    ],
  },
  'loss-broadcast': {
    wrong: [
      `${regression}nn.MSELoss()(model(x), target)`,
      `${regression}loss = ((model(x) - target) ** 2).mean()\nloss.backward()`,
      `${regression}loss = torch.abs(target - model(x)).sum()\nloss.backward()`,
      `${regression}F.l1_loss(model(x), target)`,
      `${tape}with tf.GradientTape() as t:\n    loss = tf.reduce_mean(tf.square(model(x) - y))\nt.gradient(loss, model.trainable_variables)`,
    ],
    right: [
      `${regression}nn.MSELoss()(model(x).squeeze(1), target)`,
      `${regression}loss = ((model(x) - target.unsqueeze(1)) ** 2).mean()\nloss.backward()`,
      `${regression}out = model(x)\nloss = (out - out.t()).abs().mean()\nloss.backward()`,
      `${regression}weights = nn.Linear(8, 4)\nloss = ((weights(x) - torch.ones(4)) ** 2).mean()\nloss.backward()`,
      `${tape}with tf.GradientTape() as t:\n    loss = tf.reduce_mean(tf.square(model(x)[:, 0] - y))\nt.gradient(loss, model.trainable_variables)`,
    ],
  },
  'labels-out-of-range': {
    wrong: [
      `${keras}x, y = np.random.rand(40, 8), np.array([1, 2] * 20)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(40, 8), np.random.randint(0, 10, 40)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(9, activation='softmax')])\nmodel.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(30, 8), np.random.randint(1, 4, 30)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)`,
      `${torch}y = torch.randint(0, 4, (4,))\nF.cross_entropy(nn.Linear(8, 3)(x), y)`,
      `${torch}y = torch.randint(1, 4, (4,))\nnn.CrossEntropyLoss()(nn.Linear(8, 3)(x), y)`,
    ],
    right: [
      `${keras}x, y = np.random.rand(40, 8), np.random.randint(0, 2, 40)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='sigmoid')])\nmodel.compile(loss='binary_crossentropy')\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(40, 8), np.random.randint(0, 10, 40)\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(10, activation='softmax')])\nmodel.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)`,
      `${keras}x, y = np.random.rand(30, 8), np.random.randint(1, 4, 30) - 1\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(3, activation='softmax')])\nmodel.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)`,
      `${torch}F.cross_entropy(nn.Linear(8, 3)(x), labels)`,
      `${torch}y = torch.randint(0, 4, (4,)) % 3\nF.cross_entropy(nn.Linear(8, 3)(x), y)`,
    ],
  },
  'index-out-of-range': {
    wrong: [
      `${torch}tokens = torch.randint(0, 101, (4, 8))\nnn.Embedding(100, 8)(tokens)`,
      `${torch}tokens = torch.randint(1, 51, (3, 5))\nnn.Embedding(50, 8)(tokens)`,
      `${torch}F.embedding(torch.randint(0, 20, (7,)), torch.randn(19, 4))`,
      `${keras}x = np.random.randint(0, 500, (10, 6))\nmodel = keras.Sequential([keras.Input((6,)), layers.Embedding(400, 8), layers.Flatten(), layers.Dense(1)])\nmodel.predict(x)`,
      `${keras}x = np.random.randint(1, 401, (10, 6))\nmodel = keras.Sequential([keras.Input((6,)), layers.Embedding(400, 8), layers.Flatten(), layers.Dense(1)])\nmodel.compile(loss='mse')\nmodel.fit(x, np.zeros(10))`,
    ],
    right: [
      `${torch}tokens = torch.randint(0, 100, (4, 8))\nnn.Embedding(100, 8)(tokens)`,
      `${torch}tokens = torch.randint(1, 51, (3, 5))\nnn.Embedding(51, 8)(tokens)`,
      `${torch}tokens = torch.randint(1, 51, (3, 5))\nnn.Embedding(50, 8)(tokens - 1)`,
      `${keras}x = np.random.randint(0, 400, (10, 6))\nmodel = keras.Sequential([keras.Input((6,)), layers.Embedding(400, 8), layers.Flatten(), layers.Dense(1)])\nmodel.predict(x)`,
      `${keras}x = np.random.randint(1, 401, (10, 6))\nmodel = keras.Sequential([keras.Input((6,)), layers.Embedding(401, 8), layers.Flatten(), layers.Dense(1)])\nmodel.predict(x)`,
    ],
  },
};

testRules(rules);
