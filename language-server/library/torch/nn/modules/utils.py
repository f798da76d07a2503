"""Numbers as tuples, one for each dimension."""
from collections.abc import Iterable


def _ntuple(n, name='parse'):
    def parse(x):
        return tuple(x) if isinstance(x, Iterable) else tuple([x] * n)
    parse.__name__ = name
    return parse


_single, _pair, _triple, _quadruple = _ntuple(1, '_single'), _ntuple(2, '_pair'), _ntuple(3, '_triple'), _ntuple(4, '_quadruple')


def _reverse_repeat_tuple(t, n):
    return tuple([x for x in reversed(t) for _ in range(n)])


def consume_prefix_in_state_dict_if_present(state_dict, prefix):
    return None
