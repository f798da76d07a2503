"""mx.mod: symbols that are trained."""
import layerscope

from mxnet.io import DataBatch, DataIter
from mxnet.ndarray.array import NDArray


def _shapes(descriptions):
    """Shapes by name, of what `provide_data` and its like give."""
    return {item[0]: tuple(item[1]) for item in descriptions if layerscope.is_known(item)} if layerscope.is_known(descriptions) and descriptions is not None else {}


class Module:
    def __init__(self, symbol, data_names=('data',), label_names=('softmax_label',), logger=None, context=None, work_load_list=None, fixed_param_names=None, state_names=None,
                 group2ctxs=None, compression_params=None):
        self.symbol, self._data_names, self._label_names = symbol, list(data_names or []), list(label_names or [])
        self.binded = self.params_initialized = self.optimizer_initialized = False
        self._outputs = layerscope.unknown('the outputs of a module')
        if layerscope.is_known(symbol):
            arguments = symbol.list_arguments()
            for name in self._data_names:
                if name not in arguments:
                    raise ValueError(f"You created Module with Module(..., data_names={self._data_names}) but input with name '{name}' is not found in symbol.list_arguments(). "
                                     f"Did you mean one of: {', '.join([item for item in arguments if not item.endswith(('_weight', '_bias', '_gamma', '_beta'))])}")

    @property
    def data_names(self):
        return self._data_names

    @property
    def label_names(self):
        return self._label_names

    @property
    def output_names(self):
        return self.symbol.list_outputs()

    def bind(self, data_shapes, label_shapes=None, for_training=True, inputs_need_grad=False, force_rebind=False, shared_module=None, grad_req='write'):
        self.binded = True
        shapes = _shapes(data_shapes)
        if shapes and sorted(shapes) != sorted(self._data_names):
            raise ValueError(f'Data provided by data_shapes don\'t match names specified by data_names ({list(shapes.items())} vs. {self._data_names})')
        if shapes and layerscope.is_known(self.symbol):
            self._outputs = self.symbol.declare(shapes)

    def init_params(self, *args, **kwargs):
        if not self.binded and not layerscope.escaped(self):
            raise AssertionError('call bind before initializing the parameters')
        self.params_initialized = True

    def set_params(self, *args, **kwargs):
        self.params_initialized = True

    load_params = set_params

    def get_params(self):
        return layerscope.unknown('the parameters of a module'), layerscope.unknown('the parameters of a module')

    def init_optimizer(self, *args, **kwargs):
        self._need(self.binded and self.params_initialized)
        self.optimizer_initialized = True

    def _need(self, condition):
        if not condition and not layerscope.escaped(self):
            raise AssertionError('the module has to be bound, and its parameters initialized, before this')

    def fit(self, train_data, eval_data=None, eval_metric='acc', epoch_end_callback=None, batch_end_callback=None, kvstore='local', optimizer='sgd', optimizer_params=None,
            eval_end_callback=None, eval_batch_end_callback=None, initializer=None, arg_params=None, aux_params=None, allow_missing=False, force_rebind=False, force_init=False,
            begin_epoch=0, num_epoch=None, **kwargs):
        if num_epoch is None:
            raise AssertionError('please specify number of epochs')
        self.binded = self.params_initialized = self.optimizer_initialized = True
        if isinstance(train_data, DataIter):
            self.bind(train_data.provide_data, train_data.provide_label, force_rebind=force_rebind)
            arguments = self.symbol.list_arguments() if layerscope.is_known(self.symbol) else self._label_names
            for name in self._label_names:
                # MXNet warns of it when the module is made, and fails here
                if name not in arguments and name in _shapes(train_data.provide_label):
                    raise layerscope.related(KeyError(f'{name}: the symbol has no argument of this name. Name its last layer \'{name.removesuffix("_label")}\', or give the module label_names'), self.symbol, 'the symbol is made here')

    def score(self, eval_data, eval_metric, *args, **kwargs):
        self._need(self.binded and self.params_initialized)
        return layerscope.unknown('a score')

    def predict(self, eval_data, num_batch=None, merge_batches=True, *args, **kwargs):
        self._need(self.binded and self.params_initialized)
        output = self._outputs
        if not isinstance(output, NDArray):
            return layerscope.unknown('the predictions of a module')
        count = eval_data.shape[0] if isinstance(eval_data, NDArray) else getattr(eval_data, 'num_data', layerscope.symbol('examples'))
        return layerscope.data([count if num_batch is None else layerscope.symbol('examples'), *list(output.shape)[1:]], output.dtype, 'the predictions of a module', like=NDArray)

    def forward(self, data_batch, is_train=None):
        self._need(self.binded and self.params_initialized)
        if isinstance(data_batch, DataBatch) and layerscope.is_known(data_batch.data) and layerscope.is_known(self.symbol):
            self._outputs = self.symbol.declare({name: tuple(item.shape) for name, item in zip(self._data_names, data_batch.data) if isinstance(item, NDArray)})

    def forward_backward(self, data_batch):
        self.forward(data_batch)

    def get_outputs(self, merge_multi_context=True):
        return [self._outputs]

    def backward(self, out_grads=None):
        pass

    def update(self):
        layerscope.trained()

    def update_metric(self, *args, **kwargs):
        pass

    def save_checkpoint(self, *args, **kwargs):
        pass

    save_params = install_monitor = prepare = reshape = save_checkpoint

    @staticmethod
    def load(prefix, epoch, load_optimizer_states=False, **kwargs):
        return layerscope.unknown('a module of a file')


BucketingModule = SequentialModule = BaseModule = PythonModule = layerscope.unknown('a module that is made of modules')
