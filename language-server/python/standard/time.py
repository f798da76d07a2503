"""Clocks: what they show is not known."""
from _analysis import unknown as _unknown


def _now(*args):
    return _unknown('the time')


time = time_ns = monotonic = monotonic_ns = perf_counter = perf_counter_ns = process_time = process_time_ns = thread_time = _now
localtime = gmtime = strftime = ctime = asctime = strptime = mktime = get_clock_info = _now
timezone = daylight = tzname = altzone = _unknown('the time zone')


class struct_time(tuple):
    pass


def sleep(seconds, /):
    pass
