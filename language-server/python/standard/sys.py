"""The interpreter, as far as programs ask for it: CPython 3.11 on Linux, started with no arguments."""
from _analysis import modules, unknown as _unknown


class _VersionInfo(tuple):
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])


version_info = _VersionInfo((3, 11, 0, 'final', 0))
version = '3.11.0 (main)'
hexversion = 0x030b00f0
api_version = 1013
platform = 'linux'
byteorder = 'little'
maxsize = 9223372036854775807
maxunicode = 0x10ffff
argv = ['']
orig_argv = ['']
path = [_unknown('the folder of the script')]
path_hooks = []
meta_path = []
warnoptions = []
executable = _unknown('the path of the Python interpreter')
prefix = exec_prefix = base_prefix = base_exec_prefix = executable
copyright = ''
builtin_module_names = ()
dont_write_bytecode = False
float_repr_style = 'short'


class _Flags:
    def __getattr__(self, name):
        return 0


flags = _Flags()


class _Implementation:
    name = 'cpython'
    version = version_info
    cache_tag = 'cpython-311'


implementation = _Implementation()


class _FloatInfo:
    max = 1.7976931348623157e308
    min = 2.2250738585072014e-308
    epsilon = 2.220446049250313e-16
    dig = 15
    mant_dig = 53
    radix = 2


float_info = _FloatInfo()


class _Stream:
    encoding = 'utf-8'
    errors = 'strict'
    closed = False

    def write(self, text):
        return len(text)

    def writelines(self, lines):
        pass

    def flush(self):
        pass

    def close(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        return 1

    def read(self, size=-1):
        return _unknown('what the user types')

    readline = readlines = read


stdout = __stdout__ = _Stream()
stderr = __stderr__ = _Stream()
stdin = __stdin__ = _Stream()
displayhook = excepthook = lambda *args: None


def exit(status=None, /):
    raise SystemExit(status)


def exc_info():
    return _unknown('the exception that is being handled')


exception = exc_info


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit, /):
    pass


def getsizeof(object, default=None):
    return _unknown('the size of an object in memory')


def getrefcount(object, /):
    return _unknown('how often an object is referred to')


def _getframe(depth=0, /):
    return _unknown('a frame of the interpreter')


def getdefaultencoding():
    return 'utf-8'


def getfilesystemencoding():
    return 'utf-8'


def intern(string, /):
    return string


def settrace(function, /):
    pass


setprofile = settrace


def gettrace():
    return None


def audit(event, /, *args):
    pass
