"""Sets of characters, and templates."""

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join([each.capitalize() for each in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def _fill(self, mapping, strict):
        import re

        def value(match):
            name = match.group(1) or match.group(2)
            if name is None:
                return '$'
            return str(mapping[name]) if strict or name in mapping else match.group()
        return re.sub(r'\$(?:\$|([_a-zA-Z]\w*)|\{([_a-zA-Z]\w*)\})', value, self.template)

    def substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, True)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._fill({**mapping, **kws}, False)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
