"""What installed distributions say of themselves."""
from _analysis import distribution_version as _version, unknown as _unknown


class PackageNotFoundError(ModuleNotFoundError):
    pass


def version(distribution_name):
    found = _version(distribution_name)
    if found is None:
        raise PackageNotFoundError(distribution_name)
    return found


class Distribution:
    def __init__(self, name):
        self.version = version(name)
        self.metadata = _unknown('the metadata of a distribution')


def distribution(distribution_name):
    return Distribution(distribution_name)


def metadata(distribution_name):
    version(distribution_name)
    return _unknown('the metadata of a distribution')


def requires(distribution_name):
    version(distribution_name)
    return _unknown('what a distribution requires')


def entry_points(**params):
    return []


def packages_distributions():
    return _unknown('the installed distributions')


def files(distribution_name):
    return _unknown('the files of a distribution')
