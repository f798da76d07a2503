"""Weights from the network: none are read."""
import re
from urllib.parse import urlparse

import layerscope

HASH_REGEX = re.compile(r'-([a-f0-9]*)\.')


def load_state_dict_from_url(url, model_dir=None, map_location=None, progress=True, check_hash=False, file_name=None, weights_only=False):
    return layerscope.unknown('weights from the network are not read while the program is read')


def load(repo_or_dir, model, *args, **kwargs):
    return layerscope.unknown(f'{model} of {repo_or_dir} comes from the network')


def download_url_to_file(url, dst, hash_prefix=None, progress=True):
    return None


def get_dir():
    return '.'


_get_torch_home = get_dir


def set_dir(d):
    return None
