"""pandas: tables whose rows and columns are known where a program states them."""
import layerscope
import numpy


def _unknown(*args, **kwargs):
    return layerscope.unknown('what pandas gives')


class _Table:
    """What frames and series share: everything that is not shape is unknown."""

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return layerscope.unknown(f'pandas: {name}')

    def __len__(self):
        return self.shape[0]

    def head(self, n=5):
        return self.__class__(None)

    tail = sample = head

    def copy(self, deep=True):
        return self.__class__(self._array)

    def to_numpy(self, dtype=None, copy=False, na_value=None):
        made = self._array if self._array is not None else layerscope.data((layerscope.symbol('rows'), layerscope.symbol('columns'))[:self._rank], None, 'a table', like=numpy.ndarray)
        return made if dtype is None else made.astype(dtype)

    @property
    def values(self):
        return self.to_numpy()

    def __array__(self, *args, **kwargs):
        return self.to_numpy()

    as_matrix = to_numpy

    @property
    def shape(self):
        return tuple(self.to_numpy().shape)

    def astype(self, dtype, **kwargs):
        return self.__class__(None if self._array is None else self._array.astype(dtype) if not isinstance(dtype, dict) else self._array)

    def _part(self, size):
        made = self.to_numpy()
        return self.__class__(layerscope.data((size,) + tuple(made.shape)[1:], made._type, 'a part of a table', like=numpy.ndarray))

    def _unclear(self, *args, **kwargs):
        return layerscope.unknown('a changed table')

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __lt__ = __le__ = __gt__ = __ge__ = __and__ = __or__ = __invert__ = __neg__ = _unclear

    def __eq__(self, other):
        return layerscope.unknown('a comparison of tables')

    def __ne__(self, other):
        return layerscope.unknown('a comparison of tables')

    def __hash__(self):
        return id(self)

    def __setitem__(self, key, value):
        self._array = None

    def __iter__(self):
        return iter(layerscope.unknown('the columns of a table'))

    def __contains__(self, key):
        return layerscope.unknown('whether a table has a column')


class DataFrame(_Table):
    _rank = 2

    def __init__(self, data=None, index=None, columns=None, dtype=None, copy=None):
        self._array = data if isinstance(data, numpy.ndarray) else None

    def __getitem__(self, key):
        if isinstance(key, str):
            rows = self._array.shape[0] if self._array is not None else layerscope.symbol('rows')
            return Series(layerscope.data((rows,), None, 'a column', like=numpy.ndarray))
        if isinstance(key, list) and layerscope.is_known(key):
            rows = self._array.shape[0] if self._array is not None else layerscope.symbol('rows')
            return DataFrame(layerscope.data((rows, len(key)), None, 'columns', like=numpy.ndarray))
        return DataFrame(None)

    def drop(self, *args, **kwargs):
        return DataFrame(None)

    dropna = fillna = reset_index = set_index = sort_values = rename = merge = join = replace = drop_duplicates = select_dtypes = assign = query = drop

    def pop(self, item):
        self._array = None
        return Series(None)

    @classmethod
    def from_dict(cls, data, *args, **kwargs):
        return cls(None)


class Series(_Table):
    _rank = 1

    def __init__(self, data=None, index=None, dtype=None, name=None, copy=None):
        self._array = data if isinstance(data, numpy.ndarray) else None

    def __getitem__(self, key):
        return layerscope.unknown('an element of a series')

    def map(self, *args, **kwargs):
        return Series(None if self._array is None else layerscope.data(tuple(self._array.shape), None, 'a mapped series', like=numpy.ndarray))

    apply = fillna = replace = map

    def tolist(self):
        return layerscope.unknown('the elements of a series')

    to_list = tolist


def read_csv(*args, **kwargs):
    return DataFrame(None)


read_excel = read_table = read_json = read_parquet = read_pickle = read_hdf = read_sql = read_csv


def get_dummies(data, *args, **kwargs):
    rows = data.shape[0] if hasattr(data, 'shape') else layerscope.symbol('rows')
    return DataFrame(layerscope.data((rows, layerscope.symbol('classes')), 'bool', 'dummy columns', like=numpy.ndarray))


def concat(objs, *args, **kwargs):
    return DataFrame(None)


to_datetime = to_numeric = date_range = factorize = cut = qcut = unique = merge = pivot_table = Categorical = Timestamp = _unknown
set_option = _unknown
NA = None


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('pandas.' + name)
