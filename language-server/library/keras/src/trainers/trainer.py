"""compile, fit, evaluate and predict: the data against the model, the labels against the outputs and the loss."""
import inspect

import layerscope

from keras.src.backend.tensors import Tensor, convert
from keras.src.layers.late import raise_late
from keras.src.trainers.arguments import check_batch_size, check_batches, check_callbacks, check_epochs, check_given, check_kind, check_split, is_dataset, refuse_unknown
from keras.src.trainers.compiled import check_losses, check_metrics, declare_losses, resolve_names
from keras.src.trainers.data import Batch, batch_of, check_stateful, first_batch
from keras.src.tree import flatten, map_structure


class History:
    """What `fit` returns; its numbers are not known before a run."""

    def __init__(self, model):
        self.model = model
        self.params = {}
        self.epoch = layerscope.unknown('the epochs of a training')
        self.history = layerscope.unknown('the history of a training')


class Trainer:
    def __init__(self):
        self.compiled = False
        self.stop_training = False
        self.optimizer = None
        self.loss = None
        self._compile_loss = None
        self._compile_metrics = None
        self._seen = {}

    def compile(self, optimizer='rmsprop', loss=None, loss_weights=None, metrics=None, weighted_metrics=None, run_eagerly=False, steps_per_execution=1,
                jit_compile='auto', auto_scale_loss=True, sample_weight_mode=None, target_tensors=None, class_mode=None, **kwargs):
        from keras.src import optimizers
        refuse_unknown('compile', kwargs)
        self.optimizer = optimizers.get(optimizer)
        self.loss = loss
        self._compile_loss = loss
        # Keras 2 takes one metric by itself, Keras 3 does not
        self._compile_metrics = [metrics] if isinstance(metrics, str) else metrics
        self._loss_weights = loss_weights
        self.compiled = True
        if self._graph is not None:
            declare_losses(self._compile_loss, self._graph.flat_outputs, self.output_names)

    @property
    def metrics_names(self):
        return layerscope.unknown('the names of the metrics')

    def _check_compiled(self, method):
        if not self.compiled and not layerscope.escaped(self):
            raise layerscope.related(ValueError(f"You must call `compile()` before calling `{method}`."), self, 'the model is made here')

    # running

    def fit(self, x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, validation_split=0.0, validation_data=None, shuffle=True,
            class_weight=None, sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None, validation_batch_size=None,
            validation_freq=1, **kwargs):
        refuse_unknown('fit', kwargs)
        self._check_compiled('fit()')
        if validation_split and layerscope.is_known(validation_split) and validation_data is None and is_dataset(x):
            raise ValueError("Argument `validation_split` is only supported for tensors or NumPy arrays. "
                             f"The following modalities are not supported: {type(x)}")
        check_batch_size(batch_size)
        check_epochs(epochs)
        check_given(x, steps_per_epoch)
        check_kind(x, y)
        check_batches(x)
        check_callbacks(callbacks)
        split = validation_split if validation_data is None else 0
        batch = first_batch(x, y, sample_weight, batch_size, split)
        if batch is not None:
            check_split(split, batch.samples)
            check_stateful(self, batch.samples, batch_size, validation_split if validation_data is None else 0)
            if batch.samples == 0 and layerscope.is_known(batch.samples):
                raise ValueError("The data has no samples: `fit` needs one at least.")
            self._require_labels('fit', y, batch)
            self._step('train_step', batch)
        if validation_data is not None and layerscope.is_known(validation_data):
            self._validate(validation_data, batch_size)
        _forget(callbacks)
        self.history = History(self)
        return self.history

    def _validate(self, data, batch_size):
        if isinstance(data, (tuple, list)):
            if len(data) not in (1, 2, 3):
                raise ValueError("Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: " f"{data}")
            parts = list(data) + [None, None]
            batch = first_batch(parts[0], parts[1], parts[2], batch_size)
        else:
            batch = first_batch(data)
        if batch is not None:
            self._step('test_step', batch)

    def fit_generator(self, generator, steps_per_epoch=None, epochs=1, verbose=1, callbacks=None, validation_data=None, validation_steps=None, **kwargs):
        return self.fit(generator, validation_data=validation_data)

    def evaluate(self, x=None, y=None, batch_size=None, verbose='auto', sample_weight=None, steps=None, callbacks=None, return_dict=False, **kwargs):
        refuse_unknown('evaluate', kwargs)
        self._check_compiled('evaluate()')
        check_batch_size(batch_size)
        check_kind(x, y)
        check_batches(x)
        batch = first_batch(x, y, sample_weight, batch_size)
        if batch is not None:
            check_stateful(self, batch.samples, batch_size)
            self._require_labels('evaluate', y, batch)
            self._step('test_step', batch)
        return layerscope.unknown('what evaluate returns')

    def evaluate_generator(self, generator, steps=None, **kwargs):
        return self.evaluate(generator)

    def predict(self, x, batch_size=None, verbose='auto', steps=None, callbacks=None, **kwargs):
        import numpy
        refuse_unknown('predict', kwargs)
        check_batch_size(batch_size)
        check_kind(x, None)
        check_batches(x)
        batch = first_batch(x, None, None, batch_size)
        if batch is None:
            return layerscope.unknown('what predict returns')
        if batch.samples == 0 and layerscope.is_known(batch.samples):
            raise ValueError("The data has no samples: `predict` needs one at least.")
        check_stateful(self, batch.samples, batch_size)
        outputs = self._predictions(batch.x, batch.samples)
        made = map_structure(lambda y: layerscope.cast_class(y, numpy.ndarray) if isinstance(y, layerscope.Value) else y, outputs)
        if isinstance(made, numpy.ndarray) and self._graph is not None and getattr(getattr(self.layers[-1], 'activation', None), '__name__', None) in ('linear', 'sigmoid', 'softmax', 'tanh'):
            made._continuous = True
        return made

    def predict_classes(self, x, batch_size=32, verbose=0):
        self.predict(x)
        return layerscope.unknown('the predicted classes')

    def predict_proba(self, x, batch_size=32, verbose=0):
        return self.predict(x)

    def predict_generator(self, generator, steps=None, **kwargs):
        return self.predict(generator)

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False, reset_metrics=True):
        self._check_compiled('train_on_batch()')
        batch = first_batch(x, y, sample_weight, None)
        if batch is not None:
            self._step('train_step', batch)
        return layerscope.unknown('what train_on_batch returns')

    def test_on_batch(self, x, y=None, sample_weight=None, return_dict=False, reset_metrics=True):
        self._check_compiled('test_on_batch()')
        batch = first_batch(x, y, sample_weight, None)
        if batch is not None:
            self._step('test_step', batch)
        return layerscope.unknown('what test_on_batch returns')

    def predict_on_batch(self, x):
        return self.predict(x)

    # steps that users override

    def train_step(self, data):
        return {}

    def test_step(self, data):
        return {}

    def predict_step(self, data):
        return self(data)

    def make_train_function(self, force=False):
        return self.train_step

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        check_losses(self, y, y_pred)
        return layerscope.data((), 'float32', 'a loss', like=Tensor)

    def compiled_loss(self, y, y_pred, sample_weight=None, regularization_losses=None):
        return self.compute_loss(None, y, y_pred, sample_weight)

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        return {}

    @property
    def compiled_metrics(self):
        from keras.src import metrics
        return metrics.Mean(name='compile_metrics')

    def get_metrics_result(self):
        return {}

    def _require_labels(self, method, y, batch):
        """A compiled loss compares with labels: arrays alone are not enough."""
        loss = self._compile_loss
        own = layerscope.in_user_code(self.__class__.train_step) or layerscope.in_user_code(self.__class__.compute_loss)
        if y is None and batch.y is None and not own and layerscope.is_known(loss) and any([each is not None for each in flatten(loss)]):
            raise layerscope.related(ValueError(f"The model was compiled with the loss {loss}, which compares the outputs with labels, but `{method}` was given no `y`."), self, 'the model is made here')

    def _step(self, name, batch):
        """What one step of training or evaluation does with a batch."""
        if layerscope.in_user_code(getattr(self.__class__, name)):
            if len(inspect.signature(getattr(self, name)).parameters) != 1:
                return
            data = (batch.x, batch.y) if batch.y is not None else batch.x
            if getattr(self, name)(data) is None:
                raise TypeError(f"'NoneType' object is not iterable: `{name}` returns nothing, and Keras wants a dict of numbers")
            return
        resolve_names(self)
        predictions = self._predictions(batch.x, _leading(batch.y))
        if layerscope.in_user_code(self.__class__.compute_loss):
            given = {'x': batch.x, 'y': batch.y, 'y_pred': predictions, 'sample_weight': batch.sample_weight, 'training': True}
            names = inspect.signature(self.compute_loss).parameters
            self.compute_loss(**{name: value for name, value in given.items() if name in names})
        elif batch.y is not None:
            check_losses(self, batch.y, predictions)
        if batch.y is not None:
            check_metrics(self, batch.y, predictions)

    def _predictions(self, x, samples):
        """The outputs for a batch, their batch axis being `samples` where that is known."""
        for leaf in flatten(x)[:1]:
            layerscope.fed(self, leaf)
        if self._graph is None and not self.built:
            self._build_from((x,), {})
        if self._graph is not None:
            given = self._given_inputs(x)
            if _passes_unchecked(given, self._graph.flat_inputs):
                self(x)
            self._check_values(given)
            raise_late(self._graph)
            outputs = self._once(x) if _says_more(given, self._graph.flat_inputs) else self._one(self._graph.outputs)
        else:
            outputs = self._once(x)
        fixed = self._graph.flat_inputs[0].shape[0] if self._graph is not None else None
        return map_structure(lambda output: _with_samples(output, samples, fixed), outputs)

    def _check_values(self, given):
        """What layers right behind the inputs say of the numbers that come in."""
        from keras.src.layers.core import Embedding
        for node in self._graph.nodes:
            if isinstance(node.operation, Embedding) and node.input_tensors:
                for x, tensor in zip(given, self._graph.flat_inputs):
                    if node.input_tensors[0] is tensor and isinstance(x, layerscope.Value):
                        node.operation.check_indices(x)

        for x, tensor in zip(given, self._graph.flat_inputs):
            between = layerscope.range_of(x) if isinstance(x, layerscope.Value) else None
            if between is not None and between[2] and max(-between[0], between[1]) >= 100:
                self._check_scale(tensor, between)

    def _check_scale(self, tensor, between):
        """Large numbers that meet a saturating activation behind the first layer."""
        reached = [tensor]
        for node in self._graph.nodes:
            if node.is_input or not node.input_tensors or not any([node.input_tensors[0] is each for each in reached]):
                continue
            kind = node.operation.__class__.__name__
            if kind in ('Flatten', 'Reshape', 'Dropout', 'Permute', 'ZeroPadding2D', 'Cropping2D'):
                reached.extend(node.output_tensors)
                continue
            activation = getattr(node.operation, 'activation', None)
            name = getattr(activation, '__name__', None)
            if kind in ('Dense', 'Conv1D', 'Conv2D', 'SimpleRNN', 'LSTM', 'GRU') and name in ('sigmoid', 'tanh', 'hard_sigmoid'):
                layerscope.warn('unscaled-data', f"The data goes from {int(between[0])} to {int(between[1])}: behind layer '{node.operation.name}', {name} is at its ends and passes no gradient. "
                                "Scale it first, to 0 to 1 or so (x / 255.0, a Rescaling or a BatchNormalization layer).", node.operation)

    def _once(self, x):
        """The outputs for data, computed once for each of its shapes."""
        key = str([getattr(leaf, 'shape', None) for leaf in flatten(x)])
        if key not in self._seen:
            self._seen[key] = self(x)
        return self._seen[key]


def _forget(callbacks):
    """What the user's callbacks keep is not known after a training."""
    if callbacks is None or not layerscope.is_known(callbacks):
        return
    for callback in callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]:
        if layerscope.is_known(callback) and layerscope.in_user_code(callback.__class__) and hasattr(callback, '__dict__'):
            for name, value in list(callback.__dict__.items()):
                if isinstance(value, (list, dict, set, int, float)):
                    setattr(callback, name, layerscope.unknown('what a callback keeps during a training'))


def _passes_unchecked(given, inputs):
    """Whether an input has other sizes than the model's and Keras lets it in, a last axis of 1 added or dropped: the layers have their say."""
    for x, tensor in zip(given, inputs):
        if isinstance(x, layerscope.Value) and layerscope.is_known(x.shape) and len(x.shape) == len(tensor.shape):
            for size, wanted in zip(tuple(x.shape)[1:], tuple(tensor.shape)[1:]):
                if layerscope.is_known(size) and layerscope.is_known(wanted) and size != wanted:
                    return True
    return False


def _says_more(given, inputs):
    """Whether data states a size that a model's input leaves open."""
    for x, tensor in zip(given, inputs):
        if isinstance(x, layerscope.Value) and layerscope.is_known(x.shape) and len(x.shape) == len(tensor.shape):
            if any([layerscope.is_known(size) and not layerscope.is_known(declared) for size, declared in zip(x.shape[1:], tensor.shape[1:])]):
                return True
    return False


def _leading(y):
    for leaf in flatten(y):
        if isinstance(leaf, layerscope.Value) and layerscope.is_known(leaf.shape) and len(leaf.shape):
            return leaf.shape[0]
    return None


def _with_samples(output, samples, fixed):
    """An output for so many samples; `fixed` is the batch size that the model's input states, which does not bind the data."""
    from keras.src.layers.core import batch_symbol
    if not isinstance(output, layerscope.Value) or not layerscope.is_known(output.shape) or not len(output.shape):
        return output
    shape = tuple(output.shape)
    first = shape[0]
    if not layerscope.is_known(first) and samples is not None:
        same = first == batch_symbol()
        if not layerscope.is_known(same) or not same:
            return layerscope.data(None, output.dtype, 'a prediction', like=Tensor)
        shape = (samples,) + shape[1:]
    elif samples is not None and layerscope.is_known(fixed) and first == fixed:
        shape = (samples,) + shape[1:]
    made = layerscope.data(shape, output.dtype, 'a prediction', like=Tensor)
    made._source = output
    return made
