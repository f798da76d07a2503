"""mx.sym: the same operators, computed when the shapes of what goes in are given."""
import layerscope

from mxnet.base import MXNetError
from mxnet.ndarray import NDArray
from mxnet import ndarray

# parameters of operators: what they are called behind the operator's name, and their shapes of the data and the options
_WEIGHTS = {
    'FullyConnected': lambda data, o: {'weight': (o['num_hidden'], _width(data, o)), **({} if o.get('no_bias') else {'bias': (o['num_hidden'],)})},
    'Convolution': lambda data, o: {'weight': (o['num_filter'], data.shape[1] // o.get('num_group', 1)) + tuple(o['kernel']), **({} if o.get('no_bias') else {'bias': (o['num_filter'],)})},
    'Deconvolution': lambda data, o: {'weight': (data.shape[1], o['num_filter'] // o.get('num_group', 1)) + tuple(o['kernel']), **({} if o.get('no_bias', True) else {'bias': (o['num_filter'],)})},
    'BatchNorm': lambda data, o: {name: (data.shape[o.get('axis', 1)],) for name in ('gamma', 'beta', 'moving_mean', 'moving_var')},
    'LayerNorm': lambda data, o: {name: (data.shape[o.get('axis', -1)],) for name in ('gamma', 'beta')},
    'Embedding': lambda data, o: {'weight': (o['input_dim'], o['output_dim'])},
}

# what operators take beside their data, where nobody gives it
_LABELLED = ('SoftmaxOutput', 'Softmax', 'LinearRegressionOutput', 'LogisticRegressionOutput', 'MAERegressionOutput', 'SVMOutput')
_ARGUMENTS = {**{type: ('weight', 'bias') for type in ('FullyConnected', 'Convolution', 'Deconvolution')}, 'Embedding': ('weight',), 'BatchNorm': ('gamma', 'beta'), 'LayerNorm': ('gamma', 'beta'),
              **{type: ('label',) for type in _LABELLED}}
# what Python's operators are called in names
_OPERATORS = {'add': '_plus', 'subtract': '_minus', 'multiply': '_mul', 'divide': '_div'}
# how many operators of a kind were named by their kind
_named = {}


def _width(data, options):
    width = 1
    for size in list(data.shape)[1:] if options.get('flatten', True) else [data.shape[-1]]:
        width = width * size
    return width


class Symbol:
    """One result of an operator; `inputs` are symbols."""

    def __init__(self, type, name, inputs=(), options=None, shape=None):
        self._type, self.name, self._inputs, self._options, self._shape = type, name, list(inputs), options or {}, shape
        self._parameters, self._read = {}, False
        for item in self._inputs:
            if isinstance(item, Symbol):
                item._read = True

    def __call__(self, *args, **kwargs):
        return layerscope.unknown('a symbol that is composed')

    def get_internals(self):
        return layerscope.unknown('the symbols inside of a symbol')

    def list_arguments(self):
        """Variables, parameters and labels by their names, those of inputs first; operators that are given no label have one all the same."""
        found = []
        for node in self._nodes():
            if node._type is None:
                found.append(node.name)
            elif len(node._inputs) == 1:
                names = _ARGUMENTS.get(node._type, ())
                found.extend([f'{node.name}_{name}' for name in names if not (name == 'bias' and node._options.get('no_bias', node._type == 'Deconvolution'))])
        return found

    def list_outputs(self):
        return [self.name + '_output']

    def _nodes(self):
        """All symbols that this one is made of, inputs first, each once."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            if node in found:
                found.remove(node)
            found.append(node)
            waiting.extend([item for item in node._inputs if isinstance(item, Symbol)])
        return list(reversed(found))

    def run(self, given):
        """The array of this symbol, `given` by the names of variables."""
        values = {}
        for node in self._nodes():
            values[id(node)] = node._value(given) if node._type is None else node._compute(values)
        return values[id(self)]

    def _value(self, given):
        if self.name in given:
            return given[self.name]
        if self._shape is not None:
            return layerscope.input(self._shape, name=self.name, like=NDArray)
        return layerscope.input(None, name=self.name, like=NDArray)

    def _compute(self, values):
        inputs = [values[id(item)] if isinstance(item, Symbol) else item for item in self._inputs]
        return layerscope.call(self, self._apply, inputs, {})

    def _apply(self, *inputs):
        function = getattr(ndarray, self._type)
        if self._type in _WEIGHTS and len(inputs) == 1:
            for name, shape in _WEIGHTS[self._type](inputs[0], self._options).items():
                if name not in self._parameters:
                    self._parameters[name] = layerscope.parameter(shape, 'float32', 'unknown', not name.startswith('moving'), like=NDArray)
            return function(*inputs, **self._parameters, **self._options)
        return function(*inputs, **self._options)

    def declare(self, shapes):
        """Shows the network, its inputs of these shapes."""
        names = [node.name for node in self._nodes() if node._type is None and not node.name.endswith('label')]
        given = {name: layerscope.input(tuple(shapes[name]), name=name, like=NDArray) for name in names if name in shapes}
        given.update({node.name: None for node in self._nodes() if node._type is None and node.name.endswith('label')})
        result = self.run(given)
        layerscope.model(Network(self), list([given[name] for name in names if name in given]), result)
        return result

    def infer_shape(self, **shapes):
        result = self.declare(shapes)
        return None, [tuple(result.shape)], None

    def simple_bind(self, ctx=None, grad_req='write', **shapes):
        self.declare({name: shape for name, shape in shapes.items() if isinstance(shape, (tuple, list))})
        return layerscope.unknown('a bound network')

    def bind(self, ctx=None, args=None, **kwargs):
        if isinstance(args, dict):
            self.declare({name: tuple(value.shape) for name, value in args.items() if isinstance(value, NDArray)})
        return layerscope.unknown('a bound network')

    def save(self, fname):
        pass

    def tojson(self):
        return layerscope.unknown('a network as JSON')

    def __add__(self, other):
        return _made('add', None, [self, other])

    __radd__ = __add__

    def __sub__(self, other):
        return _made('subtract', None, [self, other])

    def __mul__(self, other):
        return _made('multiply', None, [self, other])

    __rmul__ = __mul__

    def __truediv__(self, other):
        return _made('divide', None, [self, other])

    def __layerscope__(self):
        if self._type is None:
            return {'name': self.name, 'type': 'Variable', 'framework': 'mxnet'}
        return {'name': self.name, 'type': self._type, 'framework': 'mxnet', 'separator': '_',
                'configuration': {name: value for name, value in self._options.items() if isinstance(value, (int, float, str, tuple, list, bool))},
                'parameters': dict(self._parameters), 'children': {}, 'listed': True}


class Network:
    """A symbol with all that it is made of, as a model."""

    def __init__(self, symbol):
        self._symbol = symbol

    def __layerscope__(self):
        return {'name': self._symbol.name, 'type': 'Symbol', 'framework': 'mxnet', 'separator': '_', 'order': 'children', 'listed': False,
                'children': {node.name: node for node in self._symbol._nodes() if node._type is not None}}


def Variable(name, attr=None, shape=None, **kwargs):
    return Symbol(None, name, shape=shape)


var = Variable


def Group(symbols):
    return layerscope.unknown('a group of symbols')


def load(fname):
    return layerscope.unknown('a network of a file')


load_json = load


def _made(type, name, inputs, options=None):
    if name is None:
        kind = _OPERATORS.get(type, type.lower())
        _named[kind] = _named.get(kind, -1) + 1
        name = f'{kind}{_named[kind]}'
    return Symbol(type, name, inputs, options)


def __getattr__(type):
    """An operator by the name that it has in `mx.nd`."""
    if type.startswith('__'):
        raise AttributeError(type)

    def operator(*args, name=None, **options):
        inputs = [*args] if not (len(args) == 1 and isinstance(args[0], (list, tuple))) else [*args[0]]
        for key in ('data', 'lhs', 'rhs', 'label', 'weight', 'bias'):
            if isinstance(options.get(key), Symbol):
                inputs.append(options.pop(key))
        return _made(type, name, inputs, options)
    return operator
