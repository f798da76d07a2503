import numpy as np
import keras
from keras import layers
from keras import backend as K

def conv_block(tensor, filters, kernel_size=3, batchnorm=True):
    for _ in range(2):
        tensor = layers.Conv2D(filters=filters, kernel_size=(kernel_size, kernel_size), kernel_initializer="he_normal", padding="same")(tensor)
        if batchnorm:
            tensor = layers.BatchNormalization()(tensor)
        tensor = layers.Activation("relu")(tensor)
    return tensor

def build_unet(shape, filters=4, dropout=0.1, classes=3):
    image = layers.Input(shape)
    c1 = conv_block(image, filters * 1)
    p1 = layers.Dropout(dropout)(layers.MaxPooling2D((2, 2))(c1))
    c2 = conv_block(p1, filters * 2)
    p2 = layers.Dropout(dropout)(layers.MaxPooling2D((2, 2))(c2))
    c3 = conv_block(p2, filters * 4)
    u4 = layers.Conv2DTranspose(filters * 2, (3, 3), strides=(2, 2), padding="same")(c3)
    u4 = layers.concatenate([u4, c2])
    c4 = conv_block(layers.Dropout(dropout)(u4), filters * 2)
    u5 = layers.UpSampling2D(size=(2, 2), interpolation="nearest")(c4)
    u5 = layers.Concatenate(axis=3)([u5, c1])
    c5 = conv_block(layers.Dropout(dropout)(u5), filters * 1)
    mask = layers.Conv2D(classes, (1, 1), activation="softmax")(c5)
    return keras.Model(inputs=[image], outputs=[mask])

def dice_coefficient(y_true, y_pred, smooth=1.0):
    y_true = keras.ops.reshape(y_true, (-1,))
    y_pred = keras.ops.reshape(y_pred, (-1,))
    overlap = keras.ops.sum(y_true * y_pred)
    return (2.0 * overlap + smooth) / (keras.ops.sum(y_true) + keras.ops.sum(y_pred) + smooth)

def dice_loss(y_true, y_pred):
    return 1 - dice_coefficient(y_true, y_pred)

model = build_unet((16, 24, 3))
model.compile(optimizer=keras.optimizers.Adam(), loss=dice_loss, metrics=[dice_coefficient])
images = np.random.random((6, 16, 24, 3))
classes = np.random.randint(0, 3, (6, 16, 24))
masks = keras.utils.to_categorical(classes, num_classes=3)
model.fit(images, masks, batch_size=2, epochs=1, verbose=0)
answer = model.predict(images[:2], verbose=0).argmax(axis=-1)
overlap = np.logical_and(answer == 1, classes[:2] == 1).sum() / np.logical_or(answer == 1, classes[:2] == 1).sum()
print(masks.shape, answer.shape, overlap)
