"""Indentation of text."""


def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        if line.strip():
            indent = line[:len(line) - len(line.lstrip())]
            if margin is None:
                margin = indent
            while not indent.startswith(margin):
                margin = margin[:-1]
    return '\n'.join([line[len(margin or ''):] if line.strip() else '' for line in lines])


def indent(text, prefix, predicate=None):
    return ''.join([prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True)])


def wrap(text, width=70, **kwargs):
    lines = []
    line = ''
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + ' ' + word if line else word
    return lines + [line] if line else lines


def fill(text, width=70, **kwargs):
    return '\n'.join(wrap(text, width))


def shorten(text, width, **kwargs):
    words = text.split()
    if len(' '.join(words)) <= width:
        return ' '.join(words)
    placeholder = kwargs.get('placeholder', ' [...]')
    while words and len(' '.join(words)) + len(placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.lstrip()
