"""The machine: not known, but for what any machine has."""
from _analysis import unknown as _unknown


def _machine(*args, **kwargs):
    return _unknown('the machine that the program runs on')


machine = node = processor = release = version = uname = platform = mac_ver = win32_ver = libc_ver = architecture = freedesktop_os_release = _machine


def system():
    return 'Linux'


def python_version():
    return '3.11.0'


def python_version_tuple():
    return ('3', '11', '0')


def python_implementation():
    return 'CPython'
