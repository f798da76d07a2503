"""`pandas.Series` and what it shares with frames."""
import layerscope
import numpy


class Index:
    """The names of columns, or of rows. `names` is None where they are not known."""

    def __init__(self, names, size):
        self._names, self._size = names, size

    def __len__(self):
        return self._size

    def __iter__(self):
        return iter(self._names if self._names is not None else layerscope.unknown('the names of columns'))

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Index(self._names[key] if self._names is not None else None, layerscope.symbol('columns'))
        return self._names[key] if self._names is not None and isinstance(key, int) else layerscope.unknown('a name')

    def __contains__(self, name):
        return name in self._names if self._names is not None else layerscope.unknown('whether there is such a column')

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return layerscope.unknown(f'pandas: {name}')

    def tolist(self):
        return list(self._names) if self._names is not None else layerscope.unknown('the names of columns')

    to_list = tolist

    @property
    def values(self):
        return self.tolist()


class Table:
    """What frames and series share: what is not shape is unknown."""
    _absent = ('reshape', 'flatten', 'expand_dims', 'toarray', 'todense')

    def __getattr__(self, name):
        if name.startswith('_') or name in self._absent:
            raise AttributeError(f"'{self.__class__.__name__}' object has no attribute '{name}'")
        return layerscope.unknown(f'pandas: {name}')

    def __len__(self):
        return self.shape[0]

    def __array__(self, *args, **kwargs):
        return self.to_numpy()

    @property
    def values(self):
        return self.to_numpy()

    def as_matrix(self):
        return self.to_numpy()

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return numpy.prod(self.shape)

    @property
    def index(self):
        return self._index if '_index' in self.__dict__ else Index(None, self.shape[0])

    @index.setter
    def index(self, labels):
        self._index = labels

    def keys(self):
        return self.index

    def __hash__(self):
        return id(self)

    def __bool__(self):
        raise ValueError(f"The truth value of a {self.__class__.__name__} is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().")

    def tail(self, n=5):
        return self.head(n)

    def sample(self, n=None, frac=None, replace=False, weights=None, random_state=None, axis=None, ignore_index=False):
        if frac is not None:
            if layerscope.is_known(frac) and frac > 1 and replace is False:
                raise ValueError("Replace has to be set to `True` when upsampling the population `frac` > 1.")
            count = self.shape[0]
            if layerscope.is_known(frac) and layerscope.is_known(count):
                return self._rows(round(frac * count))
            return self._rows(count if layerscope.is_known(frac) and frac == 1 else layerscope.symbol('rows'))
        return self._rows(1 if n is None else n)

    def head(self, n=5):
        count = self.shape[0]
        return self._rows(min(n, count) if layerscope.is_known(count) else n)

    def _part(self, size):
        return self._rows(size)

    def _again(self, *args, inplace=False, **kwargs):
        return None if layerscope.is_known(inplace) and inplace else self.copy()

    fillna = ffill = bfill = interpolate = clip = round = abs = infer_objects = convert_dtypes = _again

    def _other_values(self, *args, inplace=False, **kwargs):
        """The same rows with values that are not known: texts may have become numbers."""
        made = self.copy()
        if layerscope.is_known(inplace) and inplace:
            self._forget()
            return None
        made._forget()
        return made

    replace = where = mask = update = _other_values

    def _fewer(self, *args, inplace=False, **kwargs):
        made = self._rows(layerscope.symbol('rows'))
        if layerscope.is_known(inplace) and inplace:
            self.__dict__.update(made.__dict__)
            return None
        return made

    drop_duplicates = query = truncate = nlargest = nsmallest = _fewer

    def sort_values(self, *args, inplace=False, **kwargs):
        made = self._rows(self.shape[0])
        if layerscope.is_known(inplace) and inplace:
            self.__dict__.update(made.__dict__)
            return None
        return made

    sort_index = shift = diff = pct_change = rank = cumsum = sort_values

    @property
    def iloc(self):
        from pandas._indexers import ByPosition
        return ByPosition(self)

    @property
    def loc(self):
        from pandas._indexers import ByName
        return ByName(self)


class Series(Table):
    def __init__(self, data=None, index=None, dtype=None, name=None, copy=None):
        if isinstance(data, Series):
            data = data._array
        if isinstance(data, dict):
            data = list(data.values())
        self._array = data if isinstance(data, numpy.ndarray) else array_of_list(data) if isinstance(data, (list, tuple, range)) and layerscope.is_known(data) else None
        if self._array is None:
            self._array = layerscope.data((layerscope.symbol('rows'),), None, 'a column', like=numpy.ndarray)
        if layerscope.is_known(self._array.shape) and len(self._array.shape) > 1:
            raise ValueError(f"Data must be 1-dimensional, got ndarray of shape {tuple(self._array.shape)} instead")
        self.name = name

    _is_series = True
    # the table whose column it is, and where it changes when the column does
    _table = None

    def _forget(self):
        self._array = layerscope.data(self.shape, None, 'a changed column', like=numpy.ndarray)
        if self._table is not None:
            self._table._held.pop(self.name, None)

    def _first_text(self, name=False):
        """The first of its texts, where it holds texts for certain."""
        return first_text(self._array) if not name else self.name

    @property
    def shape(self):
        return tuple(self._array.shape)

    @property
    def dtype(self):
        return self._array.dtype

    def copy(self, deep=True):
        return Series(self._array, name=self.name)

    def _rows(self, count):
        return Series(part_of(self._array, count, 'a part of a column'), name=self.name)

    def _same(self, dtype=None, reason='a changed column'):
        return Series(layerscope.data(self.shape, dtype, reason, like=numpy.ndarray), name=self.name)

    def to_numpy(self, dtype=None, copy=False, na_value=None):
        return self._array if dtype is None else self._array.astype(dtype)

    def astype(self, dtype, **kwargs):
        if isinstance(dtype, str) and dtype in ('category', 'object', 'string', 'Int64', 'boolean'):
            return self.copy()
        return Series(self._array.astype(dtype), name=self.name)

    def map(self, *args, **kwargs):
        return self._same()

    apply = transform = fillna = map

    def isin(self, values):
        return self._same('bool')

    isnull = isna = notnull = notna = duplicated = between = lambda self, *args, **kwargs: self._same('bool')

    def dropna(self, *, axis=0, inplace=False, how=None, ignore_index=False):
        return self._fewer(inplace=inplace)

    def to_frame(self, name=None):
        from pandas._frame import DataFrame
        return DataFrame({name or self.name or 0: self._array})

    def reset_index(self, level=None, *, drop=False, name=None, inplace=False):
        if layerscope.is_known(drop) and drop:
            return self._again(inplace=inplace)
        return layerscope.unknown('a frame of a series and its index')

    def tolist(self):
        made = layerscope.elements(self._array)
        return made if layerscope.is_known(made) else layerscope.unknown('the elements of a column')

    to_list = tolist

    def __iter__(self):
        return iter(self.tolist())

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Series(self._array[key], name=self.name)
        if isinstance(key, (Series, numpy.ndarray)):
            return self._rows(layerscope.symbol('rows'))
        return layerscope.unknown('an element of a series')

    def __setitem__(self, key, value):
        self._forget()

    def _with(self, other, dtype=None):
        array = other._array if isinstance(other, Series) else other
        if isinstance(array, numpy.ndarray) and not isinstance(other, Series) and layerscope.is_known(array.shape) and len(array.shape) == 1:
            layerscope.require(array.shape[0] == self.shape[0], ValueError(f"operands could not be broadcast together with shapes ({self.shape[0]},) ({array.shape[0]},) "))
        return self._same(dtype)

    def _compared(self, other):
        return self._with(other, 'bool')

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = __mod__ = __floordiv__ = _with
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __and__ = __or__ = _compared
    __hash__ = Table.__hash__

    def __invert__(self):
        return self._same('bool')

    def __neg__(self):
        return self._same(self._array._type)


def text_in(values):
    """The first of a list of values that is a text and no number; None where there is none."""
    for value in values:
        if layerscope.is_unknown(value):
            return None
        if isinstance(value, str):
            try:
                float(value)
            except ValueError:
                return value
    return None


def array_of_list(values):
    """A list as an array that remembers the first text in it."""
    array = numpy.asarray(values)
    if isinstance(values, (list, tuple)) and layerscope.is_known(values) and array._type == 'string':
        text = text_in(values)
        if text is not None:
            array._text = text
    return array


def part_of(array, count, reason):
    """Some rows of a column."""
    made = layerscope.data((count,), array._type, reason, like=numpy.ndarray)
    if '_text' in array.__dict__:
        made._text = array._text
    return layerscope.same_range(made, array, layerscope.is_known(count) and count >= 50)


def first_text(array):
    """The first text that cannot be read as a number, of an array that holds texts for certain."""
    if array._type != 'string':
        return None
    if '_text' in array.__dict__:
        return array._text
    elements = layerscope.elements(array)
    if not layerscope.is_known(elements):
        return None
    for element in elements if isinstance(elements, list) else [elements]:
        try:
            float(element)
        except ValueError:
            return element
    return None
