class OpError(Exception):
    pass


class InvalidArgumentError(OpError):
    pass


class OutOfRangeError(OpError):
    pass


class NotFoundError(OpError):
    pass


class ResourceExhaustedError(OpError):
    pass


class UnimplementedError(OpError):
    pass
