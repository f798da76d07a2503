"""Coroutines run one after the other, as soon as they are awaited."""
from _analysis import unknown as _unknown


def run(main, *, debug=None, loop_factory=None):
    try:
        while True:
            main.send(None)
    except StopIteration as finished:
        return finished.value


async def sleep(delay, result=None):
    return result


async def gather(*aws, return_exceptions=False):
    return [await each for each in aws]


async def wait_for(fut, timeout=None):
    return await fut


class Lock:
    async def __aenter__(self):
        return None

    async def __aexit__(self, *exc_info):
        pass


class Semaphore(Lock):
    def __init__(self, value=1):
        pass


def create_task(coro, **kwargs):
    return coro


ensure_future = create_task


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _unknown(f'asyncio.{name} is not followed')
