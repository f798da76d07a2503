"""The operating system: paths are computed, the disk is not looked at."""
from _analysis import unknown as _unknown
from os import path

name = 'posix'
sep = '/'
altsep = None
extsep = '.'
pathsep = ':'
linesep = '\n'
curdir = '.'
pardir = '..'
devnull = '/dev/null'
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_EXCL = 0, 1, 2, 64, 512, 1024, 128
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
error = OSError


class _Environment(dict):
    """Empty, but a variable that is asked for outright may be set."""

    def __missing__(self, key):
        return _unknown(f'the environment variable {key}')

    def copy(self):
        return dict(self)


environ = _Environment()


class PathLike:
    def __class_getitem__(cls, item):
        return cls

    def __fspath__(self):
        return str(self)


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value, /):
    pass


unsetenv = putenv


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if hasattr(type(path), '__fspath__'):
        return path.__fspath__()
    raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')


fsencode = fsdecode = fspath


def _nothing(*args, **kwargs):
    pass


makedirs = mkdir = remove = unlink = rmdir = removedirs = rename = renames = replace = chdir = chmod = chown = link = symlink = utime = truncate = fsync = close = kill = _nothing
umask = nice = setpgid = killpg = abort = _exit = _nothing


def _asked(what):
    def ask(*args, **kwargs):
        return _unknown(what)
    return ask


getcwd = getcwdb = _asked('the working directory')
listdir = scandir = walk = fwalk = _asked('the contents of a folder')
stat = lstat = fstat = statvfs = access = readlink = _asked('a file of the disk')
open = fdopen = read = write = popen = pipe = dup = dup2 = _asked('the contents of a file')
cpu_count = process_cpu_count = _asked('the number of processors')
getpid = getppid = getuid = geteuid = getgid = getegid = getlogin = getpgid = _asked('the running process')
system = fork = wait = waitpid = spawnl = spawnv = execv = execvp = _asked('another process')
urandom = getrandom = _asked('random bytes')
uname = getloadavg = sysconf = times = ctermid = ttyname = get_terminal_size = sched_getaffinity = _asked('the machine that the program runs on')
