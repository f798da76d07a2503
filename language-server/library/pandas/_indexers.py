"""`iloc` and `loc`: parts of a table by position and by name."""
import layerscope
import numpy

from pandas._series import Series, Table


class ByPosition:
    def __init__(self, table):
        self._table = table

    def __getitem__(self, key):
        if layerscope.is_unknown(key):
            return layerscope.unknown('a part of a table')
        rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
        table = self._table
        if isinstance(table, Series):
            return layerscope.unknown('an element of a series') if _is_one(rows) else table._rows(count_of(rows, table.shape[0], 'rows'))
        if columns is None:
            return layerscope.unknown('a row of a table') if _is_one(rows) else table._rows(count_of(rows, table._count, 'rows'))
        return self._columns(rows, columns)

    def _columns(self, rows, columns):
        table = self._table
        if _is_one(rows):
            return layerscope.unknown('a row of a table')
        count = count_of(rows, table._count, 'rows')
        part = table if rows == slice(None) else table._rows(count)
        if isinstance(columns, int) and layerscope.is_known(columns):
            if table._names is not None:
                if not -len(table._names) <= columns < len(table._names):
                    raise IndexError("single positional indexer is out-of-bounds")
                return part._column(table._names[columns])
            return Series(layerscope.data((count,), None, 'a column', like=numpy.ndarray))
        if table._names is not None and layerscope.is_known(columns):
            if isinstance(columns, slice):
                return part._columns_of(table._names[columns])
            if isinstance(columns, list) and all([isinstance(position, int) for position in columns]):
                return part._columns_of([table._names[position] for position in columns])
        return table._made(count, count_of(columns, table._width, 'columns'), None)

    def __setitem__(self, key, value):
        self._table._forget()


class ByName(ByPosition):
    def __getitem__(self, key):
        if layerscope.is_unknown(key):
            return layerscope.unknown('a part of a table')
        rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
        table = self._table
        if isinstance(rows, str) or _is_one(rows) or isinstance(table, Series):
            return layerscope.unknown('a part of a table')
        count = table.shape[0] if isinstance(rows, slice) and rows == slice(None) else layerscope.symbol('rows')
        part = table if isinstance(rows, slice) and rows == slice(None) else table._rows(count)
        if columns is None or isinstance(columns, slice) and columns == slice(None):
            return part
        if isinstance(columns, str):
            return part._column(columns)
        if isinstance(columns, list) and layerscope.is_known(columns) and all([isinstance(name, str) for name in columns]):
            return part._columns_of(columns)
        return table._made(count, layerscope.symbol('columns'), None)

    def __setitem__(self, key, value):
        if isinstance(key, tuple) and len(key) == 2 and isinstance(key[1], str) and not isinstance(self._table, Series):
            table = self._table
            if table._names is not None and key[1] not in table._names:
                table._names = table._names + [key[1]]
                table._width = len(table._names)
        self._table._forget()


def _is_one(position):
    """Whether it takes one row: a number, or an array of no axes such as NumPy draws."""
    return isinstance(position, int) or isinstance(position, layerscope.Value) and layerscope.is_known(position.shape) and len(position.shape) == 0


def count_of(key, size, name):
    """How many of `size` positions a slice or a list takes. A slice with plain bounds is taken at its word where the size is not known."""
    if isinstance(key, slice) and layerscope.is_known(key):
        if layerscope.is_known(size):
            return len(range(*key.indices(size)))
        start, stop, step = key.start or 0, key.stop, key.step
        if step in (None, 1) and start >= 0:
            if stop is None:
                return size - start
            if stop >= 0:
                return max(stop - start, 0)
            return size + stop - start
        if step in (None, 1) and stop is None:
            return -start
        return layerscope.symbol(name)
    if isinstance(key, (list, tuple, range)) and layerscope.is_known(key) and not any([isinstance(position, bool) for position in key]):
        return len(key)
    return layerscope.symbol(name)
