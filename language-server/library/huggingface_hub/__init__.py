"""The Hugging Face hub: nothing is fetched while a program is read."""
import layerscope

__version__ = '1.0.0'


def _not_fetched(*args, **kwargs):
    return layerscope.unknown('what is on the Hugging Face hub is not fetched')


hf_hub_download = snapshot_download = hf_hub_url = get_hf_file_metadata = model_info = list_models = cached_download = try_to_load_from_cache = HfApi = _not_fetched


def create_repo(*args, **kwargs):
    return None


upload_folder = upload_file = login = notebook_login = create_repo


class HfFolder:
    @staticmethod
    def get_token():
        return None


class PyTorchModelHubMixin:
    """Models that can be pushed to the hub: keeps the arguments of the class statement away from the other bases."""

    def __init_subclass__(cls, *args, **kwargs):
        pass

    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return layerscope.unknown('what is on the Hugging Face hub is not fetched')

    def push_to_hub(self, *args, **kwargs):
        return None

    save_pretrained = push_to_hub


ModelHubMixin = PyTorchModelHubMixin
