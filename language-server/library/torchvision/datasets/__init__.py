"""Data sets: how many elements they have, and what an element looks like. Nothing is loaded."""
import layerscope
from PIL import Image
from torch.utils.data import Dataset


class VisionDataset(Dataset):
    def __init__(self, root=None, transforms=None, transform=None, target_transform=None):
        self.root = root
        self.transform = transform
        self.target_transform = target_transform


class _Pictures(VisionDataset):
    """Pictures of one size with a class number."""
    _size = (28, 28)
    _mode = 'L'
    _counts = (60000, 10000)
    classes = [str(number) for number in range(10)]

    def __init__(self, root=None, train=True, transform=None, target_transform=None, download=False, **options):
        super().__init__(root, None, transform, target_transform)
        self.train = train
        self._numbers_classes = target_transform is None and isinstance(self.classes, list)

    def __len__(self):
        return self._counts[0 if self.train else 1]

    def __getitem__(self, index):
        if isinstance(index, int) and index >= len(self):
            raise IndexError('index out of range')
        return self._element()

    def _element(self):
        picture = Image.new(self._mode, self._size) if self._size is not None else Image.Image(None, self._mode)
        target = layerscope.unknown('the class of an element')
        if self.target_transform is not None:
            target = self.target_transform(target)
        else:
            target = 0
        return picture if self.transform is None else self.transform(picture), target

    @property
    def data(self):
        import torch
        width, height = self._size
        shape = [len(self), height, width] + ([3] if self._mode == 'RGB' else [])
        return layerscope.data(shape, 'uint8', reason='the pictures of a data set', like=torch.Tensor)

    @property
    def targets(self):
        import torch
        return layerscope.data([len(self)], 'int64', reason='the classes of a data set', like=torch.Tensor)

    @property
    def class_to_idx(self):
        return {name: position for position, name in enumerate(self.classes)}


class MNIST(_Pictures):
    pass


class FashionMNIST(MNIST):
    pass


class KMNIST(MNIST):
    pass


class QMNIST(MNIST):
    pass


class EMNIST(MNIST):
    _counts = (112800, 18800)

    def __init__(self, root=None, split='balanced', **options):
        super().__init__(root, **options)


class USPS(_Pictures):
    _size = (16, 16)
    _counts = (7291, 2007)


class CIFAR10(_Pictures):
    _size = (32, 32)
    _mode = 'RGB'
    _counts = (50000, 10000)
    classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']


class CIFAR100(CIFAR10):
    classes = [str(number) for number in range(100)]


class _Split(_Pictures):
    """Data sets whose parts have names, with pictures of one or of many sizes."""
    _mode = 'RGB'
    _size = None
    _splits = {}

    def __init__(self, root=None, split='train', transform=None, target_transform=None, download=False, **options):
        super().__init__(root, True, transform, target_transform)
        self.split = split

    def __len__(self):
        return self._splits.get(self.split, layerscope.symbol('elements'))


class SVHN(_Split):
    _size = (32, 32)
    _splits = {'train': 73257, 'test': 26032, 'extra': 531131}


class STL10(_Split):
    _size = (96, 96)
    _splits = {'train': 5000, 'test': 8000, 'unlabeled': 100000}


class ImageNet(_Split):
    _splits = {'train': 1281167, 'val': 50000}


class Flowers102(_Split):
    _splits = {'train': 1020, 'val': 1020, 'test': 6149}


class Food101(_Split):
    _splits = {'train': 75750, 'test': 25250}


class OxfordIIITPet(_Split):
    pass


class StanfordCars(_Split):
    pass


class GTSRB(_Split):
    pass


class DTD(_Split):
    pass


class CelebA(_Split):
    _size = (178, 218)


class LSUN(_Split):
    pass


class Places365(_Split):
    pass


class INaturalist(_Split):
    pass


class DatasetFolder(_Split):
    """A folder for each class; how many there are is not looked at."""

    def __init__(self, root=None, loader=None, extensions=None, transform=None, target_transform=None, is_valid_file=None, **options):
        super().__init__(root, '', transform, target_transform)
        self.classes = layerscope.unknown('the folders of a data set')
        self.samples = self.imgs = layerscope.unknown('the files of a data set')

    class_to_idx = {}


class ImageFolder(DatasetFolder):
    def __init__(self, root=None, transform=None, target_transform=None, loader=None, is_valid_file=None, allow_empty=False):
        super().__init__(root, loader, None, transform, target_transform)


class FakeData(_Pictures):
    def __init__(self, size=1000, image_size=(3, 224, 224), num_classes=10, transform=None, target_transform=None, random_offset=0):
        super().__init__(None, True, transform, target_transform)
        self.size = size
        self._size = (image_size[2], image_size[1])
        self._mode = 'RGB' if image_size[0] == 3 else 'L'

    def __len__(self):
        return self.size


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown(f'torchvision.datasets.{name} is not modelled')
