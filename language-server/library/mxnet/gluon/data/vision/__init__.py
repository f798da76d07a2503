"""mx.gluon.data.vision: the well-known data sets, images in folders, transforms."""
import layerscope

from mxnet.gluon.data.dataset import Dataset
from mxnet.gluon.data.vision import transforms
from mxnet.ndarray.array import NDArray


class _Images(Dataset):
    """Images of one size, with numbers for labels."""
    _shape, _counts, _classes = None, None, None

    def __init__(self, root=None, train=True, transform=None):
        self._length, self._transform = self._counts[0 if train else 1], transform

    def __len__(self):
        return self._length

    def __getitem__(self, idx):
        sliced = isinstance(idx, slice)
        count = [len(range(self._length)[idx])] if sliced else []
        image = layerscope.data(count + list(self._shape), 'uint8', 'an image', like=NDArray)
        import numpy
        label = layerscope.state_range(layerscope.data(count, 'int32', 'a label', like=numpy.ndarray), 0, self._classes - 1)
        return self._transform(image, label) if self._transform is not None else (image, label)


class MNIST(_Images):
    _shape, _counts, _classes = (28, 28, 1), (60000, 10000), 10


class FashionMNIST(MNIST):
    pass


class CIFAR10(_Images):
    _shape, _counts, _classes = (32, 32, 3), (50000, 10000), 10


class CIFAR100(_Images):
    _shape, _counts, _classes = (32, 32, 3), (50000, 10000), 100

    def __init__(self, root=None, fine_label=False, train=True, transform=None):
        super().__init__(root, train, transform)


class ImageFolderDataset(Dataset):
    def __init__(self, root, flag=1, transform=None):
        self._length, self._flag, self._transform = layerscope.symbol('images'), flag, transform
        self.synsets = layerscope.unknown('the folders of a data set')

    def __len__(self):
        return self._length

    def __getitem__(self, idx):
        image = layerscope.data((layerscope.symbol('height'), layerscope.symbol('width'), 3 if self._flag else 1), 'uint8', 'an image', like=NDArray)
        label = layerscope.unknown('the label of an image', int)
        return self._transform(image, label) if self._transform is not None else (image, label)


class ImageRecordDataset(ImageFolderDataset):
    def __init__(self, filename, flag=1, transform=None):
        super().__init__(filename, flag, transform)
