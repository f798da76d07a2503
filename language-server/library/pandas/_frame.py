"""`pandas.DataFrame`: how many rows, how many columns, and their names, as far as a program states them."""
import layerscope
import numpy

from pandas._series import Index, Series, Table, array_of_list, first_text, part_of


def _given_names(columns):
    """The names in `columns`; None where they are not known."""
    if layerscope.is_unknown(columns) or columns is None:
        return None
    if isinstance(columns, Index):
        return list(columns._names) if columns._names is not None else None
    return list(columns) if isinstance(columns, (list, tuple, range)) and layerscope.is_known(columns) and not any([layerscope.is_unknown(name) for name in columns]) else None


def _keys_of(rows):
    """The keys of all rows, in the order in which they are met; None where a row is not known."""
    names = []
    for row in rows:
        if layerscope.is_unknown(row) or not isinstance(row, dict) or not layerscope.is_known(row):
            return None
        names.extend([name for name in row if name not in names])
    return names


class DataFrame(Table):
    """`_names`: the columns in order, None where they are not known; `_width`: how many; `_held`: the arrays of those that are known."""

    def __init__(self, data=None, index=None, columns=None, dtype=None, copy=None):
        self._names = _given_names(columns)
        # names that are given and not known are not the numbers that pandas takes else
        self._named = columns is not None
        self._held = {}
        if isinstance(data, DataFrame):
            self._count, self._width, self._held = data._count, data._width, dict(data._held)
            self._names = self._names or data._names
        elif isinstance(data, dict) and layerscope.is_known(data):
            self._take_columns(data)
        elif isinstance(data, Series):
            self._count, self._width, self._names = data.shape[0], 1, self._names or [data.name if data.name is not None else 0]
            self._held = {self._names[0]: data._array}
        else:
            self._take_array(data)
        if self._names is not None and not layerscope.is_known(self._width):
            self._width = len(self._names)

    def _take_columns(self, data):
        arrays = {}
        count = None
        for name, value in data.items():
            array = value._array if isinstance(value, Series) else array_of_list(value) if isinstance(value, (list, tuple, range, layerscope.Value)) else None
            if array is None or not layerscope.is_known(array.shape):
                continue
            if len(array.shape) > 1:
                raise ValueError("Per-column arrays must each be 1-dimensional")
            if len(array.shape) == 1:
                arrays[name] = array
                if count is None:
                    count = array.shape[0]
                elif not isinstance(value, Series):
                    layerscope.require(array.shape[0] == count, ValueError(f"All arrays must be of the same length: {name!r} has {array.shape[0]}, those before it {count}"))
        if self._names is None and not self._named:
            self._names = list(data.keys())
        self._held = {name: array for name, array in arrays.items() if self._names is not None and name in self._names}
        self._count = count if count is not None else layerscope.symbol('rows')
        self._width = len(self._names) if self._names is not None else layerscope.symbol('columns')

    def _take_array(self, data):
        if isinstance(data, (list, tuple)) and layerscope.is_known(data) and data and not isinstance(data[0], (dict, Series)):
            try:
                data = numpy.asarray(data)
            except ValueError:
                data = None
        if isinstance(data, numpy.ndarray) and layerscope.is_known(data.shape):
            rank = len(data.shape)
            if rank > 2:
                raise ValueError(f"Must pass 2-d input. shape={tuple(data.shape)}")
            self._count, self._width = data.shape[0] if rank else 1, data.shape[1] if rank == 2 else 1
            if self._names is not None:
                layerscope.require(self._width == len(self._names), ValueError(
                    f"Shape of passed values is ({self._count}, {self._width}), indices imply ({self._count}, {len(self._names)})"))
            elif layerscope.is_known(self._width) and not self._named:
                self._names = list(range(self._width))
            if self._names is not None and len(self._names) <= 100:
                self._held = {name: data[:, position] if rank == 2 else data for position, name in enumerate(self._names)}
            return
        known = isinstance(data, list) and layerscope.is_known(data)
        self._count = len(data) if known and data else layerscope.symbol('rows')
        if known and data and isinstance(data[0], dict) and self._names is None:
            self._names = _keys_of(data)
        self._width = len(self._names) if self._names is not None else layerscope.symbol('columns')

    @classmethod
    def from_dict(cls, data, orient='columns', dtype=None, columns=None):
        return cls(data) if orient == 'columns' else layerscope.unknown('a frame of rows')

    def _made(self, count, width, names, held=None):
        made = DataFrame.__new__(DataFrame)
        made._count, made._width, made._names, made._held = count, width, names, held or {}
        return made

    @property
    def shape(self):
        return self._count, self._width

    @property
    def columns(self):
        return Index(self._names, self._width)

    @columns.setter
    def columns(self, names):
        if isinstance(names, (list, tuple)) and layerscope.is_known(names):
            layerscope.require(self._width == len(names), ValueError(f"Length mismatch: Expected axis has {self._width} elements, new values have {len(names)} elements"))
            self._held = {new: self._held[old] for old, new in zip(self._names, names) if old in self._held} if self._names is not None else {}
            self._names, self._width = list(names), len(names)
        else:
            self._names, self._held = None, {}

    def keys(self):
        return self.columns

    @property
    def T(self):
        return self._made(self._width, self._count, None)

    def _first_text(self, name=False):
        """The first text of a column that holds texts for certain, or the column's name."""
        for column in self._names or ():
            if column in self._held:
                text = first_text(self._held[column])
                if text is not None:
                    return column if name else text
        return None

    def to_numpy(self, dtype=None, copy=False, na_value=None):
        types = set([array._type for array in self._held.values()]) if self._names is not None and len(self._held) == len(self._names) else {None}
        type = types.pop() if len(types) == 1 else 'float64' if types <= {'int64', 'float64'} else None
        made = layerscope.data(self.shape, type, 'a table', like=numpy.ndarray)
        if type is None and self._first_text() is not None:
            made._holds_objects = True
        return made if dtype is None else made.astype(dtype)

    def copy(self, deep=True):
        return self._made(self._count, self._width, list(self._names) if self._names is not None else None, dict(self._held))

    def astype(self, dtype, **kwargs):
        made = self.copy()
        if not isinstance(dtype, dict):
            made._held = {name: Series(array).astype(dtype)._array for name, array in self._held.items()}
        return made

    def _rows(self, count):
        held = {name: part_of(array, count, 'a part of a column') for name, array in self._held.items()}
        return self._made(count, self._width, list(self._names) if self._names is not None else None, held)

    def _column(self, name):
        if name in self._held:
            column = Series(self._held[name], name=name)
            column._table = self
            return column
        if self._names is not None and name not in self._names:
            raise KeyError(name)
        return Series(layerscope.data((self._count,), None, f'the column {name}', like=numpy.ndarray), name=name)

    def _forget(self):
        self._held = {}

    def __setattr__(self, name, value):
        if name.startswith('_') or name == 'columns' or self._names is None or name not in self._names:
            object.__setattr__(self, name, value)
        else:
            self[name] = value

    def _columns_of(self, names):
        if self._names is not None:
            absent = [name for name in names if name not in self._names]
            if absent:
                raise KeyError(f"{absent} not in index" if len(absent) < len(names) else f"None of [Index({absent}, dtype='object')] are in the [columns]")
        return self._made(self._count, len(names), list(names), {name: self._held[name] for name in names if name in self._held})

    def __getitem__(self, key):
        if layerscope.is_unknown(key):
            return layerscope.unknown('a part of a table')
        if isinstance(key, Index):
            key = key._names if key._names is not None else key
        if isinstance(key, list):
            if not layerscope.is_known(key) or not all([isinstance(name, (str, int)) for name in key]):
                return self._made(self._count, layerscope.symbol('columns'), None)
            return self._columns_of(key)
        if isinstance(key, Index):
            return self._made(self._count, len(key), None)
        if isinstance(key, slice):
            return self._rows(len(range(*key.indices(self._count))) if layerscope.is_known(self._count) and layerscope.is_known(key) else layerscope.symbol('rows'))
        if isinstance(key, (Table, layerscope.Value)):
            return self._rows(layerscope.symbol('rows'))
        return self._column(key)

    def __setitem__(self, key, value):
        if layerscope.is_unknown(key) or not isinstance(key, (str, int, tuple)):
            if isinstance(key, list) and layerscope.is_known(key) and self._names is not None:
                self._names = self._names + [name for name in key if name not in self._names]
                self._width = len(self._names)
                self._held = {name: array for name, array in self._held.items() if name not in key}
            else:
                self._names, self._held, self._width = None, {}, layerscope.symbol('columns')
            return
        array = None if layerscope.is_unknown(value) else value._array if isinstance(value, Series) else value if isinstance(value, numpy.ndarray) else array_of_list(value) if isinstance(value, list) and layerscope.is_known(value) else None
        if array is not None and not isinstance(value, Series) and layerscope.is_known(array.shape) and len(array.shape) == 1:
            layerscope.require(array.shape[0] == self._count, ValueError(f"Length of values ({array.shape[0]}) does not match length of index ({self._count})"))
        if self._names is None:
            # whether the column is new is not known
            self._width = layerscope.symbol('columns')
        elif key not in self._names:
            self._names = self._names + [key]
            self._width = len(self._names)
        if array is not None and layerscope.is_known(array.shape) and len(array.shape) == 1:
            self._held[key] = array
        else:
            self._held.pop(key, None)

    def __delitem__(self, key):
        self.pop(key)

    def __contains__(self, key):
        return key in self._names if self._names is not None else layerscope.unknown('whether a table has a column')

    def __iter__(self):
        return iter(self._names if self._names is not None else layerscope.unknown('the columns of a table'))

    def __getattr__(self, name):
        if not name.startswith('_') and self.__dict__.get('_names') is not None and name in self._names:
            return self._column(name)
        return Table.__getattr__(self, name)

    def _changed(self, made, inplace):
        if layerscope.is_known(inplace) and inplace:
            self.__dict__.update(made.__dict__)
            return None
        return made

    def drop(self, labels=None, *, axis=0, index=None, columns=None, level=None, inplace=False, errors='raise'):
        if columns is None and axis in (1, 'columns'):
            columns = labels
        if columns is None:
            return self._changed(self._rows(layerscope.symbol('rows')), inplace)
        if isinstance(columns, str):
            columns = [columns]
        if not isinstance(columns, (list, tuple)) or not layerscope.is_known(columns):
            return self._changed(self._made(self._count, layerscope.symbol('columns'), None), inplace)
        if self._names is None:
            return self._changed(self._made(self._count, self._width - len(columns), None), inplace)
        absent = [name for name in columns if name not in self._names]
        if absent and errors == 'raise':
            raise KeyError(f"{absent} not found in axis")
        kept = [name for name in self._names if name not in columns]
        return self._changed(self._columns_of(kept), inplace)

    def insert(self, loc, column, value, allow_duplicates=False):
        self[column] = value
        if self._names is not None and isinstance(loc, int) and layerscope.is_known(loc):
            self._names = [name for name in self._names if name != column]
            self._names.insert(loc, column)

    def pop(self, item):
        made = self._column(item)
        self.drop(columns=[item], inplace=True)
        return made

    def dropna(self, *, axis=0, how=None, thresh=None, subset=None, inplace=False, ignore_index=False):
        made = self._rows(layerscope.symbol('rows')) if axis in (0, 'index') else self._made(self._count, layerscope.symbol('columns'), None)
        return self._changed(made, inplace)

    def reset_index(self, level=None, *, drop=False, inplace=False, **kwargs):
        made = self.copy() if layerscope.is_known(drop) and drop else self._made(self._count, self._width + 1, ['index'] + self._names if self._names is not None else None, dict(self._held))
        return self._changed(made, inplace)

    def set_index(self, keys, *, drop=True, append=False, inplace=False, **kwargs):
        names = keys if isinstance(keys, list) else [keys]
        if not layerscope.is_known(names) or not all([isinstance(name, str) for name in names]):
            return self._changed(self._made(self._count, layerscope.symbol('columns'), None), inplace)
        return self.drop(columns=names, inplace=inplace, errors='ignore' if self._names is None else 'raise')

    def rename(self, mapper=None, *, index=None, columns=None, axis=None, inplace=False, **kwargs):
        if isinstance(columns, dict) and layerscope.is_known(columns) and self._names is not None:
            made = self._made(self._count, self._width, [columns.get(name, name) for name in self._names], {columns.get(name, name): array for name, array in self._held.items()})
        else:
            made = self._made(self._count, self._width, None)
        return self._changed(made, inplace)

    def assign(self, **columns):
        made = self.copy()
        for name, value in columns.items():
            made[name] = value
        return made

    def apply(self, func, axis=0, **kwargs):
        return layerscope.unknown('what a function makes of a table')

    def isnull(self):
        made = self.copy()
        made._held = {}
        return made

    isna = notnull = notna = applymap = isnull

    def _unclear(self, *args, **kwargs):
        return layerscope.unknown('a changed table')

    merge = join = select_dtypes = groupby = pivot_table = melt = stack = unstack = _unclear

    def _with(self, other):
        made = self._made(self._count, self._width, list(self._names) if self._names is not None else None)
        return made if not isinstance(other, Table) else self._unclear()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __lt__ = __le__ = __gt__ = __ge__ = __and__ = __or__ = __eq__ = __ne__ = _with
    __hash__ = Table.__hash__

    def __invert__(self):
        return self._with(None)

    __neg__ = __invert__
