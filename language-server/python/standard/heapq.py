"""Priority queues: kept as sorted lists, which are heaps too."""
import bisect as _bisect


def heappush(heap, item):
    _bisect.insort(heap, item)


def heappop(heap):
    if not heap:
        raise IndexError('index out of range')
    return heap.pop(0)


def heapify(x):
    x.sort()


def heappushpop(heap, item):
    heappush(heap, item)
    return heappop(heap)


def heapreplace(heap, item):
    least = heappop(heap)
    heappush(heap, item)
    return least


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]


def merge(*iterables, key=None, reverse=False):
    return iter(sorted([each for iterable in iterables for each in iterable], key=key, reverse=reverse))
