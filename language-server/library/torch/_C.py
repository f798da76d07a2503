"""Compiled parts that Python code looks at."""


class Generator:
    pass


def _get_tracing_state():
    return None


def _log_api_usage_once(name):
    return None
