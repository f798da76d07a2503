"""Text and bytes in memory, and files that are read."""
from _analysis import file_bytes as _file_bytes, unknown as _unknown

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    closed = False

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def readable(self):
        return True

    writable = seekable = readable

    def isatty(self):
        return False

    def fileno(self):
        raise UnsupportedOperation('fileno')

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    encoding = 'utf-8'
    errors = 'strict'
    newlines = None


class _Buffer(IOBase):
    """A text or bytes, and where in it the next read or write is."""

    def __init__(self, content):
        self._content = content
        self._position = 0

    def getvalue(self):
        return self._content

    def read(self, size=-1, /):
        end = len(self._content) if size is None or size < 0 else self._position + size
        part = self._content[self._position:end]
        self._position += len(part)
        return part

    def readline(self, size=-1, /):
        found = self._content.find(self._line_end, self._position)
        return self.read(-1 if found < 0 else found + 1 - self._position)

    def readlines(self, hint=-1, /):
        return list(self)

    def write(self, part, /):
        before, after = self._content[:self._position], self._content[self._position + len(part):]
        self._content = before + part + after
        self._position += len(part)
        return len(part)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0, /):
        self._position = offset + (0, self._position, len(self._content))[whence]
        return self._position

    def tell(self):
        return self._position

    def truncate(self, size=None, /):
        self._content = self._content[:self._position if size is None else size]
        return len(self._content)


class StringIO(_Buffer, TextIOBase):
    _line_end = '\n'

    def __init__(self, initial_value='', newline='\n'):
        super().__init__('' if initial_value is None else initial_value)


class BytesIO(_Buffer, BufferedIOBase):
    _line_end = b'\n'

    def __init__(self, initial_bytes=b''):
        super().__init__(b'' if initial_bytes is None else initial_bytes)

    def getbuffer(self):
        return self.getvalue()

    read1 = _Buffer.read


class TextIOWrapper(StringIO):
    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        super().__init__(buffer.read().decode(encoding or 'utf-8'))
        self.buffer = buffer


class BufferedReader(BytesIO):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        super().__init__(raw.read())


BufferedWriter = BufferedRandom = FileIO = BytesIO


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    content = None if any(letter in mode for letter in 'wax+') or isinstance(file, int) else _file_bytes(file)
    if content is None:
        return _unknown('the contents of a file')
    made = BytesIO(content) if 'b' in mode else StringIO(content.decode(encoding or 'utf-8').replace('\r\n', '\n'))
    made.name = file
    made.mode = mode
    return made


def open_code(path):
    return open(path, 'rb')


def text_encoding(encoding, stacklevel=2, /):
    return encoding or 'locale'
