"""tqdm: a loop with a progress bar is the loop."""


class tqdm:
    def __init__(self, iterable=None, *args, **kwargs):
        self.iterable = iterable

    def __iter__(self):
        return iter(self.iterable)

    def __len__(self):
        return len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def update(self, n=1):
        pass

    def set_description(self, *args, **kwargs):
        pass

    set_postfix = set_postfix_str = set_description_str = close = refresh = reset = set_description

    @staticmethod
    def write(*args, **kwargs):
        pass


def trange(*args, **kwargs):
    return tqdm(range(*args))


tqdm_notebook = tqdm
