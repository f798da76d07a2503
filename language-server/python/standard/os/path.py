"""Paths as text."""
from _analysis import file_bytes as _file_bytes, unknown as _unknown

sep = '/'
altsep = None
extsep = '.'
pathsep = ':'
curdir = '.'
pardir = '..'
devnull = '/dev/null'


def _text(path):
    if isinstance(path, str):
        return path
    if hasattr(type(path), '__fspath__'):
        return path.__fspath__()
    raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')


def join(a, *p):
    path = _text(a)
    for each in p:
        each = _text(each)
        if each.startswith('/'):
            path = each
        elif not path or path.endswith('/'):
            path = path + each
        else:
            path = path + '/' + each
    return path


def split(p):
    p = _text(p)
    at = p.rfind('/') + 1
    head, tail = p[:at], p[at:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def dirname(p):
    return split(p)[0]


def basename(p):
    p = _text(p)
    return p[p.rfind('/') + 1:]


def splitext(p):
    p = _text(p)
    name = p[p.rfind('/') + 1:]
    at = name.rfind('.')
    if at <= 0 or not name[:at].strip('.'):
        return p, ''
    cut = len(p) - len(name) + at
    return p[:cut], p[cut:]


def splitdrive(p):
    return '', _text(p)


def isabs(s):
    return _text(s).startswith('/')


def normpath(path):
    path = _text(path)
    root = '/' if path.startswith('/') else ''
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part == '..' and parts and parts[-1] != '..':
            parts.pop()
        elif part != '..' or not root:
            parts.append(part)
    return root + '/'.join(parts) or '.'


def abspath(path):
    path = _text(path)
    return normpath(path) if path.startswith('/') else _unknown('the working directory')


def realpath(filename, *, strict=False):
    return abspath(filename)


def expanduser(path):
    path = _text(path)
    return _unknown('the home folder') if path.startswith('~') else path


def expandvars(path):
    path = _text(path)
    return _unknown('an environment variable') if '$' in path else path


def normcase(s):
    return _text(s)


def relpath(path, start=None):
    path = _text(path)
    if start is None or not path.startswith('/') or not _text(start).startswith('/'):
        return _unknown('the working directory')
    here = [each for each in normpath(start).split('/') if each]
    there = [each for each in normpath(path).split('/') if each]
    same = 0
    while same < len(here) and same < len(there) and here[same] == there[same]:
        same += 1
    return '/'.join(['..'] * (len(here) - same) + there[same:]) or '.'


def commonprefix(m):
    m = list(m)
    if not m:
        return ''
    low, high = min(m), max(m)
    for i, each in enumerate(low):
        if i >= len(high) or each != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    split_paths = [normpath(each).split('/') for each in paths]
    return '/'.join(commonprefix(split_paths)) or '/'


def _asked(path, *args):
    return _unknown('a file of the disk')


def exists(path):
    return True if _file_bytes(path) is not None else _asked(path)


lexists = isfile = exists
isdir = islink = ismount = getsize = getmtime = getatime = getctime = samefile = _asked
