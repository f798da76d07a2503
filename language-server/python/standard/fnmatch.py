"""File names and patterns with *, ? and [...]."""
import re as _re

__all__ = ['filter', 'fnmatch', 'fnmatchcase', 'translate']
_filter = filter


def translate(pat):
    made = ''
    at = 0
    while at < len(pat):
        each = pat[at]
        at += 1
        end = pat.find(']', at + 2 if pat[at:at + 1] == '!' else at + 1) if each == '[' else -1
        if each == '*':
            made += '.*'
        elif each == '?':
            made += '.'
        elif end > 0:
            inside = pat[at:end].replace('\\', '\\\\')
            made += '[' + ('^' + inside[1:] if inside.startswith('!') else inside) + ']'
            at = end + 1
        else:
            made += _re.escape(each)
    return f'(?s:{made})\\Z'


def fnmatchcase(name, pat):
    return _re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    matches = _re.compile(translate(pat)).match
    return [name for name in names if matches(name)]


def filterfalse(names, pat):
    matches = _re.compile(translate(pat)).match
    return [name for name in names if not matches(name)]
