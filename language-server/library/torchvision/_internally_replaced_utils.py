"""Weights from the network."""
from torch.hub import load_state_dict_from_url
