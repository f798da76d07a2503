"""What torchvision, PIL, TensorFlow and Keras make of small pictures: test/golden/preprocessing.json.

Run with a Python that has torch, torchvision, pillow and numpy; with TensorFlow beside them its own resizing is written too.
Usage: preprocessing.py OUT.json
"""
import base64
import io
import json
import sys

import numpy as np
from PIL import Image

random = np.random.default_rng(7)


def picture(width, height, channels):
    """A smooth picture with some noise and hard edges."""
    y, x = np.mgrid[0:height, 0:width]
    layers = [127 + 90 * np.sin(x / (3 + c) + c) * np.cos(y / (5 - c)) + random.normal(0, 12, (height, width)) for c in range(channels)]
    values = np.clip(np.stack(layers, -1), 0, 255)
    values[height // 3:height // 2, width // 4:width // 3] = 255
    return values.astype(np.uint8)[..., 0] if channels == 1 else values.astype(np.uint8)


def png(array):
    stream = io.BytesIO()
    Image.fromarray(array).save(stream, 'png')
    return base64.b64encode(stream.getvalue()).decode()


def line(text):
    return text.strip().replace('\n', ' ')


cases = []


def case(name, source, array, layout, output):
    output = np.asarray(output, dtype=np.float32)
    cases.append({'name': name, 'source': source, 'picture': png(array), 'shape': list(layout), 'output': [round(float(v), 5) for v in output.ravel()]})


pictures = {'wide': picture(37, 23, 3), 'tall': picture(19, 41, 3), 'grey': picture(30, 30, 1), 'small': picture(9, 11, 3)}


def torch_cases():
    import torch
    # a build without torchvision's own operators cannot register fakes for them
    register = torch.library.register_fake

    def register_fake(name, *args, **options):
        plain = register(name, *args, **options)

        def decorate(function):
            try:
                return plain(function)
            except RuntimeError:
                return function
        return decorate
    torch.library.register_fake = register_fake
    from torchvision import transforms as T
    from torchvision.transforms import v2
    names = {'T': T, 'v2': v2, 'torch': torch, 'Image': Image}
    half = 'T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])'
    sources = [
        ('T.Compose([T.Resize(20), T.CenterCrop(16), T.ToTensor(), %s])' % half, 3),
        ('T.Compose([T.Resize((16, 16)), T.ToTensor()])', 3),
        ('T.Compose([T.Resize((16, 24), interpolation=T.InterpolationMode.BICUBIC), T.ToTensor(), %s])' % half, 3),
        ('T.Compose([T.Resize((12, 12), interpolation=T.InterpolationMode.NEAREST), T.ToTensor()])', 3),
        ('T.Compose([T.Resize((12, 14), interpolation=T.InterpolationMode.LANCZOS), T.ToTensor()])', 3),
        ('T.Compose([T.Resize((12, 14), interpolation=T.InterpolationMode.BOX), T.ToTensor()])', 3),
        ('T.Compose([T.Resize((12, 14), interpolation=T.InterpolationMode.HAMMING), T.ToTensor()])', 3),
        ('T.Compose([T.Resize(14, max_size=20), T.CenterCrop((14, 18)), T.ToTensor()])', 3),
        ('T.Compose([T.CenterCrop(28), T.ToTensor()])', 3),
        ('T.Compose([T.Grayscale(), T.Resize((28, 28)), T.ToTensor(), T.Normalize((0.1307,), (0.3081,))])', 1),
        ('T.Compose([T.Grayscale(num_output_channels=3), T.Resize((10, 10)), T.ToTensor()])', 3),
        ('T.Compose([T.Pad(3, fill=17), T.Resize((20, 20)), T.ToTensor()])', 3),
        ('T.Compose([T.Pad((1, 2, 3, 4)), T.Resize((20, 20)), T.ToTensor()])', 3),
        ('v2.Compose([v2.Resize((16, 16)), v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean=[0.5, 0.5, 0.5], std=[0.5, 0.5, 0.5])])', 3),
        ('v2.Compose([v2.Grayscale(1), v2.Resize(size=(8, 8)), v2.ToImage(), v2.ToDtype(torch.float32)])', 1),
        ('T.Compose([T.Resize((16, 16)), T.PILToTensor(), T.ConvertImageDtype(torch.float32)])', 3),
    ]
    for source, channels in sources:
        for name, array in pictures.items():
            if name == 'grey' and channels == 3:
                array = np.stack([array] * 3, -1)
            image = Image.fromarray(array)
            if channels == 3:
                image = image.convert('RGB')
            output = eval(source, names)(image)[None]
            program = f'transform = {source}\nx = transform(Image.open("x.png"))[None]'
            case(f'torch {name}: {source}', program, array, output.shape, output)


def keras_cases():
    import tensorflow as tf
    import keras
    from keras.utils import img_to_array, load_img
    names = {'tf': tf, 'keras': keras, 'np': np, 'load_img': load_img, 'img_to_array': img_to_array, 'Image': Image}
    sources = [
        "x = img_to_array(load_img('x.png', target_size=(16, 20)))[None]",
        "x = img_to_array(load_img('x.png', target_size=(16, 16), interpolation='bilinear'))[None] / 255.0",
        "x = np.expand_dims(img_to_array(load_img('x.png', target_size=(12, 12))), 0)\nx = keras.applications.vgg16.preprocess_input(x)",
        "x = np.expand_dims(img_to_array(load_img('x.png', target_size=(12, 12))), 0)\nx = keras.applications.mobilenet_v2.preprocess_input(x)",
        "x = np.expand_dims(img_to_array(load_img('x.png', target_size=(12, 12))), 0)\nx = keras.applications.densenet.preprocess_input(x)",
        "x = tf.image.decode_png(tf.io.read_file('x.png'), channels=3)\nx = tf.image.resize(x, [14, 18])\nx = tf.cast(x, tf.float32) / 127.5 - 1.0\nx = tf.expand_dims(x, 0)",
        "x = tf.image.decode_png(tf.io.read_file('x.png'), channels=3)\nx = tf.image.convert_image_dtype(x, tf.float32)\nx = tf.image.resize(x, [8, 8])[None]",
        "x = np.array(Image.open('x.png').convert('RGB').resize((10, 12)))\nx = x.astype('float32')[None] / 255.0",
        "x = np.array(Image.open('x.png').convert('L').resize((10, 12), Image.BILINEAR))\nx = (255 - x.astype('float32')) / 255.0\nx = x.reshape(1, 12, 10, 1)",
    ]
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for source in sources:
            for name, array in pictures.items():
                Image.fromarray(array).save('x.png')
                values = dict(names)
                exec(source, values)
                output = np.asarray(values['x'])
                case(f'keras {name}: {line(source)}', source, array, output.shape, output)


torch_cases()
if '--tensorflow' in sys.argv:
    keras_cases()
out = sys.argv[1]
with open(out, 'w') as file:
    json.dump({'cases': cases}, file, separators=(',', ':'))
print(len(cases), 'cases')
