"""Averages."""
import math as _math


class StatisticsError(ValueError):
    pass


def mean(data):
    values = list(data)
    if not values:
        raise StatisticsError('mean requires at least one data point')
    total = sum(values) / len(values)
    return int(total) if all([isinstance(each, int) for each in values]) and total == int(total) else total


def fmean(data, weights=None):
    values = list(data)
    if not values:
        raise StatisticsError('fmean requires at least one data point')
    return sum(values) / float(len(values))


def median(data):
    values = sorted(data)
    if not values:
        raise StatisticsError('no median for empty data')
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def pvariance(data, mu=None):
    values = list(data)
    centre = sum(values) / len(values) if mu is None else mu
    return sum([(each - centre) ** 2 for each in values]) / len(values)


def variance(data, xbar=None):
    values = list(data)
    if len(values) < 2:
        raise StatisticsError('variance requires at least two data points')
    centre = sum(values) / len(values) if xbar is None else xbar
    return sum([(each - centre) ** 2 for each in values]) / (len(values) - 1)


def stdev(data, xbar=None):
    return _math.sqrt(variance(data, xbar))


def pstdev(data, mu=None):
    return _math.sqrt(pvariance(data, mu))


def mode(data):
    counts = {}
    for each in data:
        counts[each] = counts.get(each, 0) + 1
    return max(counts, key=counts.get)
