"""Paths as objects; of the disk, only the program's data files are looked at."""
import os as _os
import fnmatch as _fnmatch
from _analysis import unknown as _unknown


class PurePath(_os.PathLike):
    def __init__(self, *args):
        text = _os.path.join('', *[_os.fspath(each) for each in args]) if args else ''
        root = '/' if text.startswith('/') else ''
        self._parts = [part for part in text.split('/') if part not in ('', '.')]
        self._root = root

    @classmethod
    def _made(cls, root, parts):
        made = cls()
        made._root = root
        made._parts = list(parts)
        return made

    def __str__(self):
        return self._root + '/'.join(self._parts) or '.'

    def __fspath__(self):
        return str(self)

    def __repr__(self):
        return f'{"PosixPath" if self.__class__ is Path else self.__class__.__name__}({str(self)!r})'

    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        return isinstance(other, PurePath) and str(self) == str(other)

    def __lt__(self, other):
        return str(self) < str(other)

    def __truediv__(self, other):
        return type(self)(self, other)

    def __rtruediv__(self, other):
        return type(self)(other, self)

    def joinpath(self, *others):
        return type(self)(self, *others)

    @property
    def parts(self):
        return tuple(([self._root] if self._root else []) + self._parts)

    @property
    def name(self):
        return self._parts[-1] if self._parts else ''

    @property
    def suffix(self):
        return _os.path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ['.' + each for each in self.name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        return _os.path.splitext(self.name)[0]

    @property
    def parent(self):
        return self._made(self._root, self._parts[:-1])

    @property
    def parents(self):
        found = []
        path = self
        while path._parts:
            path = path.parent
            found.append(path)
        return tuple(found)

    @property
    def root(self):
        return self._root

    anchor = root
    drive = ''

    def as_posix(self):
        return str(self)

    def as_uri(self):
        return 'file://' + str(self)

    def is_absolute(self):
        return bool(self._root)

    def with_name(self, name):
        return self._made(self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        return self.with_name(self.stem + suffix)

    def relative_to(self, other, *more):
        other = type(self)(other, *more)
        if self._root != other._root or self._parts[:len(other._parts)] != other._parts:
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r}')
        return self._made('', self._parts[len(other._parts):])

    def is_relative_to(self, other, *more):
        other = type(self)(other, *more)
        return self._root == other._root and self._parts[:len(other._parts)] == other._parts

    def match(self, pattern):
        parts = str(pattern).split('/')
        own = self._parts
        return len(parts) <= len(own) and all(_fnmatch.fnmatchcase(part, each) for part, each in zip(own[len(own) - len(parts):], parts))


PurePosixPath = PureWindowsPath = PurePath


def _asked(self, *args, **kwargs):
    return _unknown('a file of the disk')


def _nothing(self, *args, **kwargs):
    pass


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return _unknown('the working directory')

    @classmethod
    def home(cls):
        return _unknown('the home folder')

    def absolute(self):
        return self if self._root else _unknown('the working directory')

    def resolve(self, strict=False):
        return self._made('/', _os.path.normpath(str(self)).strip('/').split('/')) if self._root else _unknown('the working directory')

    def expanduser(self):
        return _unknown('the home folder') if self._parts and self._parts[0].startswith('~') else self

    def exists(self, *, follow_symlinks=True):
        return _os.path.exists(self)

    is_file = exists

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None, newline=None):
        return self.open('r', encoding=encoding).read()

    def read_bytes(self):
        return self.open('rb').read()

    is_dir = is_symlink = stat = lstat = owner = samefile = write_text = write_bytes = glob = rglob = iterdir = walk = readlink = _asked
    mkdir = rmdir = unlink = touch = chmod = symlink_to = hardlink_to = _nothing

    def rename(self, target):
        return type(self)(target)

    replace = rename


PosixPath = WindowsPath = Path
