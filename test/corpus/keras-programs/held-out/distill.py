import numpy as np
import keras
from keras import layers, ops

class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.student = student
        self.teacher = teacher

    def compile(self, optimizer, metrics, student_loss, distillation_loss, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss = student_loss
        self.distillation_loss = distillation_loss
        self.alpha = alpha
        self.temperature = temperature

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        soft = self.teacher(x, training=False)
        student_loss = self.student_loss(y, y_pred)
        loss = self.distillation_loss(ops.softmax(soft / self.temperature, axis=1), ops.softmax(y_pred / self.temperature, axis=1))
        return self.alpha * student_loss + (1 - self.alpha) * loss * (self.temperature ** 2)

    def call(self, x):
        return self.student(x)

teacher = keras.Sequential([keras.Input((10,)), layers.Dense(32, activation="relu"), layers.Dense(4)])
student = keras.Sequential([keras.Input((10,)), layers.Dense(8, activation="relu"), layers.Dense(4)])
distiller = Distiller(student=student, teacher=teacher)
distiller.compile(optimizer=keras.optimizers.Adam(), metrics=[keras.metrics.SparseCategoricalAccuracy()], student_loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), distillation_loss=keras.losses.KLDivergence(), alpha=0.1, temperature=10)
distiller.fit(np.random.rand(12, 10), np.random.randint(0, 4, 12), epochs=1, verbose=0)
