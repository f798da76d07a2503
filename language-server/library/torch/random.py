"""Seeds."""
from . import Generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state


class fork_rng:
    def __init__(self, *args, **options):
        pass

    def __enter__(self):
        return None

    def __exit__(self, *error):
        return None
