"""Logging goes nowhere."""

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        return True


class Handler(Filterer):
    def __init__(self, level=NOTSET, *args, **kwargs):
        super().__init__()
        self.level = level
        self.formatter = None

    def setLevel(self, level):
        self.level = level

    def setFormatter(self, fmt):
        self.formatter = fmt

    def emit(self, record):
        pass

    def handle(self, record):
        pass

    def flush(self):
        pass

    def close(self):
        pass

    def createLock(self):
        pass

    def acquire(self):
        pass

    def release(self):
        pass


class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream


class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        super().__init__()


class NullHandler(Handler):
    pass


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        pass

    def format(self, record):
        return ''


class Filter:
    def __init__(self, name=''):
        self.name = name

    def filter(self, record):
        return True


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        self.name = name
        self.msg = msg


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = level
        self.parent = None
        self.propagate = True
        self.disabled = False
        self.handlers = []

    def setLevel(self, level):
        self.level = getLevelName(level) if isinstance(level, str) else level

    def getEffectiveLevel(self):
        return self.level or WARNING

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def addHandler(self, hdlr):
        self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        return bool(self.handlers)

    def getChild(self, suffix):
        return getLogger(f'{self.name}.{suffix}')

    def handle(self, record):
        pass

    def debug(self, msg, *args, **kwargs):
        pass

    info = warning = warn = error = exception = critical = fatal = debug

    def log(self, level, msg, *args, **kwargs):
        pass


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    def __getattr__(self, name):
        return getattr(self.logger, name)


root = Logger('root', WARNING)


class Manager:
    def __init__(self):
        self.loggerDict = {}
        self.disable = 0


Logger.manager = Manager()
Logger.root = root


def getLogger(name=None):
    if not name or name == 'root':
        return root
    known = Logger.manager.loggerDict
    if name not in known:
        logger = _logger_class(name)
        logger.parent = root
        known[name] = logger
    return known[name]


_logger_class = Logger


def getLoggerClass():
    return _logger_class


def setLoggerClass(klass):
    global _logger_class
    _logger_class = klass


def getLevelName(level):
    if isinstance(level, str):
        for number, name in _names.items():
            if name == level.upper():
                return number
        return f'Level {level}'
    return _names.get(level, f'Level {level}')


def getLevelNamesMapping():
    return {name: number for number, name in _names.items()}


def addLevelName(level, levelName):
    _names[level] = levelName


def basicConfig(**kwargs):
    pass


def captureWarnings(capture):
    pass


def disable(level=CRITICAL):
    pass


def shutdown(handlerList=[]):
    pass


def debug(msg, *args, **kwargs):
    pass


info = warning = warn = error = exception = critical = fatal = debug


def log(level, msg, *args, **kwargs):
    pass


lastResort = StreamHandler()
