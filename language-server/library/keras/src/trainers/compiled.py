"""What `compile` states of the outputs: which loss and which metrics each meets, and whether they can be computed."""
import layerscope

from keras.src.losses.matching import of_open_type, squeeze_or_expand_to_same_rank
from keras.src.trainers.advice import advise_metrics
from keras.src.tree import flatten


def resolve_names(model):
    """Losses and metrics by their names: Keras looks them up when the first batch arrives."""
    from keras.src import losses, metrics
    for identifier in flatten(model._compile_loss):
        if isinstance(identifier, str):
            losses.get(identifier)
    for identifier in flatten(model._compile_metrics):
        if isinstance(identifier, str):
            metrics.get(identifier)


def check_losses(model, y, predictions):
    """Raises where the targets `y` do not fit the predictions, as the loss of each output compares them."""
    loss = model._compile_loss
    if loss is None or y is None or not layerscope.is_known(loss):
        return
    outputs = flatten(predictions)
    names = model.output_names if model._graph is not None else []
    # Keras 2 lets outputs without a loss be left out
    if isinstance(loss, dict) and names and not isinstance(predictions, dict) and any([key not in names for key in loss]):
        raise layerscope.related(ValueError(f"Expected keys {list(names)} in loss dict, but found loss.keys()={list(loss)}: the keys are the names of the output layers."), model, 'the model is made here')
    weights = getattr(model, '_loss_weights', None)
    if isinstance(loss, (list, tuple)) and isinstance(weights, (list, tuple)) and layerscope.is_known(weights) and len(loss) != len(weights):
        raise layerscope.related(ValueError(f"`loss_weights` must match the number of losses, got {len(loss)} losses and {len(weights)} weights."), model, 'the model is made here')
    if len(outputs) == 1:
        targets = flatten(y)
        chosen = flatten(loss)
        if len(targets) == 1:
            _call_loss(chosen[0] if len(chosen) == 1 else None, targets[0], outputs[0])
        return
    targets = _targets(loss, y, predictions, names)
    if targets is None:
        return
    for index, (target, output) in enumerate(zip(targets, outputs)):
        _call_loss(_of_output(loss, index, names), target, output)


def check_metrics(model, y, predictions):
    """Runs the user's own metrics on a batch: functions, and the states of classes."""
    from keras.src.metrics import Metric
    metrics = model._compile_metrics
    outputs = flatten(predictions)
    if metrics is None or not layerscope.is_known(metrics) or len(outputs) != 1:
        return
    advise_metrics(model, y, predictions)
    targets = flatten(y)
    if len(targets) != 1 or not isinstance(targets[0], layerscope.Value) or not isinstance(outputs[0], layerscope.Value):
        return
    for metric in flatten(metrics):
        if layerscope.is_known(metric) and callable(metric) and hasattr(metric, '__code__') and layerscope.in_user_code(metric):
            metric(of_open_type(targets[0]), outputs[0])
        elif isinstance(metric, Metric) and layerscope.in_user_code(metric.__class__):
            if layerscope.in_user_code(metric.__class__.update_state):
                metric.update_state(of_open_type(targets[0]), outputs[0])
            metric.result()


def declare_losses(loss, outputs, names):
    """Tells the checks which loss each output of a compiled model meets."""
    if loss is None or not layerscope.is_known(loss):
        return
    for index, output in enumerate(outputs):
        _declare_loss(_of_output(loss, index, names), output)


def _of_output(given, index, names):
    """The one of what is given for each output, by name or by position, or for all."""
    if isinstance(given, dict):
        return given.get(names[index]) if index < len(names) else None
    if isinstance(given, (list, tuple)):
        return given[index] if index < len(given) else None
    return given


def _targets(loss, y, predictions, names):
    """The targets of the outputs, in their order; None where they are not known."""
    if isinstance(y, layerscope.Value):
        if isinstance(loss, (list, tuple)) and len([each for each in loss if each is not None]) == 1:
            # for the only output that has a loss
            return [y if each is not None else None for each in loss]
        count = len(flatten(predictions))
        raise layerscope.related(ValueError(f"y_true and y_pred have different structures: the model has {count} outputs ({', '.join([str(name) for name in names])}), and one array of targets is given. "
                                            f"Give a list of {count} arrays, or a dict by the names of the outputs."), y, f'the targets of shape {tuple(y.shape)}')
    if isinstance(y, dict):
        keys = list(predictions) if isinstance(predictions, dict) else names
        return [y.get(key) for key in (sorted(keys) if isinstance(predictions, dict) else keys)]
    if isinstance(y, (list, tuple)):
        if len(y) != len(flatten(predictions)):
            if not isinstance(loss, (list, tuple, dict)):
                raise ValueError(f"y_true and y_pred have different structures.\ny_true: {['*' for _ in y]}\ny_pred: {['*' for _ in flatten(predictions)]}\n")
            return None
        return list(y)
    return None


def _call_loss(loss, target, output):
    from keras.src import losses
    if loss is None or not isinstance(target, layerscope.Value) or not isinstance(output, layerscope.Value):
        return
    if isinstance(loss, str):
        loss = losses.get(loss)
    if isinstance(loss, losses.Loss):
        loss(target, output)
    elif callable(loss):
        if layerscope.in_user_code(loss):
            target = of_open_type(target)
        else:
            target, output = squeeze_or_expand_to_same_rank(target, output)
        loss(target, output)


def _declare_loss(loss, output):
    if not layerscope.is_known(loss) or loss is None or not isinstance(output, layerscope.Value):
        return
    if isinstance(loss, str):
        from keras.src import losses
        try:
            loss = losses.get(loss)
        except ValueError:
            return  # Keras looks the name up when it first computes the loss
    name = getattr(loss, 'name', None) or getattr(loss, '__name__', None)
    kinds = {'categorical_crossentropy': 'categorical', 'categorical_focal_crossentropy': 'categorical', 'sparse_categorical_crossentropy': 'sparse',
             'binary_crossentropy': 'binary', 'binary_focal_crossentropy': 'binary'}
    if isinstance(name, str) and name in kinds and not layerscope.in_user_code(loss if hasattr(loss, '__name__') else loss.__class__):
        layerscope.loss(kinds[name], output, None, 'logits' if getattr(loss, 'from_logits', False) is True else 'probabilities')
