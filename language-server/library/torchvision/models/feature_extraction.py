"""Intermediate results of a model, under the names of the modules that make them."""
import layerscope
from torch import nn


class FeatureExtractor(nn.Module):
    """Runs the whole model and returns what the named modules made."""

    def __init__(self, model, nodes):
        super().__init__()
        for name, module in model.named_children():
            self.add_module(name, module)
        object.__setattr__(self, '_model', model)
        object.__setattr__(self, '_nodes', nodes)

    def forward(self, *args, **kwargs):
        made, handles = {}, []
        for node in self._nodes:
            module = _submodule(self._model, node)
            if module is not None:
                handles.append(module.register_forward_hook(_keeper(made, node)))
        self._model.forward(*args, **kwargs)
        for handle in handles:
            handle.remove()
        return {name: made[node] if node in made else layerscope.unknown(f'{node} is an operation inside of a module') for node, name in self._nodes.items()}


def _keeper(made, node):
    def keep(module, args, result):
        made[node] = result
    return keep


def _submodule(model, path):
    for part in path.split('.'):
        if part not in model._modules:
            return None
        model = model._modules[part]
    return model


def create_feature_extractor(model, return_nodes=None, train_return_nodes=None, eval_return_nodes=None, tracer_kwargs=None, suppress_diff_warning=False, concrete_args=None):
    nodes = return_nodes if return_nodes is not None else eval_return_nodes
    if nodes is None:
        raise ValueError('Either `return_nodes` or `train_return_nodes` and `eval_return_nodes` together, should be specified')
    return FeatureExtractor(model, dict(nodes) if isinstance(nodes, dict) else {name: name for name in nodes})


def get_graph_node_names(model, tracer_kwargs=None, suppress_diff_warning=False, concrete_args=None):
    names = [name for name, module in model.named_modules() if not module._modules]
    return names, names
