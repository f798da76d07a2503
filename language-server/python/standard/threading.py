"""Threads do not run; locks are always free."""
from _analysis import unknown as _unknown


class Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def locked(self):
        return False

    def __enter__(self):
        return True

    def __exit__(self, *exc_info):
        pass


RLock = Semaphore = BoundedSemaphore = Lock


class Condition(Lock):
    def __init__(self, lock=None):
        pass

    def wait(self, timeout=None):
        return True

    def notify(self, n=1):
        pass

    def notify_all(self):
        pass


class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        return True


class local:
    pass


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name = name or 'Thread-1'
        self.daemon = daemon

    def start(self):
        pass

    def run(self):
        pass

    def join(self, timeout=None):
        pass

    def is_alive(self):
        return False


Timer = Thread
_main = Thread(name='MainThread')


def current_thread():
    return _main


main_thread = currentThread = current_thread


def get_ident():
    return 1


get_native_id = get_ident


def active_count():
    return 1


def enumerate():
    return [_main]
