"""pandas: tables whose rows and columns are known where a program states them."""
import layerscope
import numpy

from pandas._frame import DataFrame
from pandas._series import Index, Series, Table

__version__ = '3.1.1'


def _unknown(*args, **kwargs):
    return layerscope.unknown('what pandas gives')


def _names_in(names, usecols):
    for given in (usecols, names):
        if isinstance(given, (list, tuple)) and layerscope.is_known(given):
            return given
    return None


def read_csv(*args, names=None, usecols=None, index_col=None, chunksize=None, iterator=False, **kwargs):
    """A file is not read: how many rows it has is not known, nor its columns where they are not named."""
    if chunksize is not None or iterator is not False:
        return layerscope.unknown('the parts of a file')
    given = _names_in(names, usecols)
    named = given is not None and all([isinstance(name, str) for name in given]) and index_col is None
    made = DataFrame(None, columns=list(given) if named else None)
    if given is not None and not named and index_col is None:
        made._width = len(given)
    return made


def read_excel(*args, sheet_name=0, **kwargs):
    return DataFrame(None) if isinstance(sheet_name, (int, str)) else layerscope.unknown('the sheets of a file')


def read_json(*args, **kwargs):
    return DataFrame(None)


read_table = read_csv
read_parquet = read_pickle = read_hdf = read_sql = read_feather = read_json


def get_dummies(data, *args, drop_first=False, **kwargs):
    """One column for each value of what holds texts: of how many, the values tell."""
    rows = data.shape[0] if hasattr(data, 'shape') else layerscope.symbol('rows')
    width = layerscope.symbol('classes', 2)
    if isinstance(data, Series):
        elements = layerscope.elements(data._array)
        if layerscope.is_known(elements) and isinstance(elements, list):
            width = len(set(elements)) - bool(drop_first)
    elif isinstance(data, DataFrame):
        width = layerscope.symbol('columns')
    made = DataFrame(None)
    made._count, made._width = rows, width
    return made


def concat(objs, *, axis=0, join='outer', ignore_index=False, **kwargs):
    if isinstance(objs, (list, tuple)) and layerscope.is_known(objs) and len(objs) == 0:
        raise ValueError("No objects to concatenate")
    if not isinstance(objs, (list, tuple)) or not all([isinstance(part, Table) for part in objs]):
        return layerscope.unknown('joined tables')
    frames = [part if isinstance(part, DataFrame) else DataFrame(part) for part in objs]
    if axis in (1, 'columns'):
        names = [name for frame in frames for name in frame._names] if all([frame._names is not None for frame in frames]) else None
        return frames[0]._made(frames[0]._count, sum([frame._width for frame in frames]), names)
    if all([isinstance(part, Series) for part in objs]):
        return Series(layerscope.data((sum([part.shape[0] for part in objs]),), None, 'joined columns', like=numpy.ndarray))
    same = all([frame._names is not None and frame._names == frames[0]._names for frame in frames])
    return frames[0]._made(sum([frame._count for frame in frames]), frames[0]._width if same else layerscope.symbol('columns'), frames[0]._names if same else None)


to_datetime = to_numeric = date_range = factorize = cut = qcut = unique = merge = pivot_table = Categorical = Timestamp = _unknown
set_option = _unknown
NA = None


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('pandas.' + name)
