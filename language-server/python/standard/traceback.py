"""Tracebacks as text are not known."""
from _analysis import unknown as _unknown


def print_exc(*args, **kwargs):
    pass


print_exception = print_stack = print_tb = print_last = print_exc


def format_exc(*args, **kwargs):
    return _unknown('the text of a traceback')


format_exception = format_stack = format_tb = extract_stack = extract_tb = format_list = format_exception_only = walk_stack = walk_tb = format_exc


class TracebackException:
    @classmethod
    def from_exception(cls, exc, **kwargs):
        return cls()

    def format(self, **kwargs):
        return []


class StackSummary(list):
    pass
