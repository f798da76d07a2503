"""`torch.Tensor`: its methods are the functions of `operations`, its operators their two-sided forms."""
import layerscope

from . import types
from ._in_place import install, put
from .operations import creation, indexing, joining, linear, pointwise, rarer, reducing, selecting, shaping
from .operations.checks import cast, gap, product, ranked, typed
from .operations.strides import contiguous_strides, strides_of


def let_go(tensor, retain_graph):
    """A backward pass uses what the operators kept, and lets go of it unless it is to be retained."""
    types.state['passed'] = True
    gone = types.state['gone']
    used = layerscope.used_by_backward(tensor)
    for operator in used:
        before = gone.get(operator)
        if not layerscope.is_known(before):
            continue
        if before == 'changed':
            raise layerscope.related(RuntimeError(
                'one of the variables needed for gradient computation has been modified by an inplace operation: the backward pass of this tensor needs a result as it was computed. '
                'Make a new tensor instead of changing it'), tensor, 'computed here')
        if before:
            raise layerscope.related(RuntimeError(
                'Trying to backward through the graph a second time: an earlier backward() freed what the graph kept. Give retain_graph=True to the earlier one, '
                'or cut what was computed before it off with detach()'), tensor, 'computed here from what was freed')
    if layerscope.is_known(retain_graph) and not retain_graph:
        gone.update({operator: True for operator in used})


class Tensor(layerscope.Value):
    grad_fn = None
    is_cuda = False
    is_sparse = False
    is_quantized = False
    is_meta = False
    is_nested = False
    is_mkldnn = is_xpu = is_mps = is_xla = is_ipu = is_vulkan = is_sparse_csr = False
    is_cpu = True
    names = None
    layout = types.strided
    device = types.cpu

    def __new__(cls, *args, **kwargs):
        if len(args) == 1 and not isinstance(args[0], (int, types.Size)):
            return creation.tensor(args[0], dtype=types.float32)
        return creation.zeros(*args) if args else creation.zeros(0)

    def __init__(self, *args, **kwargs):
        pass

    @property
    def shape(self):
        return types.Size(super().shape)

    @property
    def dtype(self):
        return types.of(super().dtype)

    @property
    def requires_grad(self):
        return layerscope.needs_gradient(self)

    @requires_grad.setter
    def requires_grad(self, flag):
        layerscope.state_gradient(self, flag)

    @property
    def is_leaf(self):
        needed = layerscope.needs_gradient(self)
        return layerscope.is_gradient_leaf(self) or not needed if layerscope.is_known(needed) else needed

    @property
    def grad(self):
        """None for what was computed, a tensor or None for what is trained: that depends on what ran before."""
        if '_grad' in self.__dict__:
            return self._grad
        leaf = self.is_leaf
        if not layerscope.is_known(leaf) or leaf and not types.state['passed']:
            return layerscope.unknown('a gradient')
        return layerscope.data(self.shape, self.dtype.name, reason='a gradient', like=Tensor) if leaf and ranked(self) and typed(self) else layerscope.unknown('a gradient') if leaf else None

    @grad.setter
    def grad(self, value):
        self._grad = value

    @property
    def data(self):
        return layerscope.detached(self, Tensor)

    @data.setter
    def data(self, value):
        put(self, value)

    @property
    def T(self):
        return shaping.permute(self, list(range(len(self.shape)))[::-1])

    @property
    def mT(self):
        return shaping.transpose(self, -2, -1)

    H = mH = mT

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return product(self.shape) * self.dtype.itemsize

    @property
    def real(self):
        if self.dtype.is_complex:
            return gap('complex tensors are not followed', self, shape=list(self.shape), dtype='float32')
        return self

    @property
    def imag(self):
        return gap('complex tensors are not followed', self, shape=list(self.shape), dtype='float32')

    def size(self, dim=None):
        if dim is None:
            return self.shape
        if not ranked(self):
            return layerscope.unknown('a size of a tensor of unknown rank')
        rank = len(self.shape)
        if dim >= rank or dim < -rank:
            raise IndexError(f'Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dim})')
        return self.shape[dim]

    def dim(self):
        return len(self.shape)

    ndimension = dim

    def numel(self):
        return product(self.shape)

    nelement = numel

    def element_size(self):
        return self.dtype.itemsize

    def stride(self, dim=None):
        strides = strides_of(self) or contiguous_strides(self.shape)
        return strides if dim is None else strides[dim]

    def storage_offset(self):
        return 0

    def is_contiguous(self, memory_format=None):
        return '_strides' not in self.__dict__ or self._strides == contiguous_strides(self.shape)

    def contiguous(self, memory_format=None):
        return layerscope.cast_class(self, Tensor) if '_strides' in self.__dict__ else self

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return self.dtype.is_complex

    def is_signed(self):
        return self.dtype.is_signed

    def get_device(self):
        return -1

    def data_ptr(self):
        return layerscope.unknown('an address')

    def type(self, dtype=None, non_blocking=False):
        if dtype is None:
            return shaping.dtype_text(self)
        if isinstance(dtype, str):
            dtype = {'torch.FloatTensor': types.float32, 'torch.LongTensor': types.int64, 'torch.BoolTensor': types.bool_,
                     'torch.cuda.FloatTensor': types.float32, 'torch.DoubleTensor': types.float64, 'torch.IntTensor': types.int32}[dtype]
        if not isinstance(dtype, types.dtype) and hasattr(dtype, 'dtype'):
            dtype = dtype.dtype
        return cast(self, dtype)

    def type_as(self, other):
        return cast(self, other.dtype)

    def to(self, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None, other=None):
        for value in args:
            if isinstance(value, types.dtype):
                dtype = value
            elif isinstance(value, Tensor):
                dtype = value.dtype
        return self if dtype is None else cast(self, dtype)

    def _same(self, *args, **kwargs):
        return self

    cpu = cuda = pin_memory = coalesce = to_dense = to_sparse = to_sparse_csr = to_sparse_coo = dequantize = resolve_conj = resolve_neg = rename = refine_names = conj = share_memory_ = _same

    def detach(self):
        return layerscope.detached(self, Tensor)

    def clone(self, *, memory_format=None):
        return layerscope.operator('Identity', self)

    def detach_(self):
        return self

    def new(self, *args, **kwargs):
        return creation.zeros(*args, dtype=self.dtype) if args and not isinstance(args[0], (list, layerscope.Value)) else creation.tensor(args[0] if args else [], dtype=self.dtype)

    def requires_grad_(self, requires_grad=True):
        self.requires_grad = requires_grad
        return self

    def retain_grad(self):
        self._grad = layerscope.unknown('a gradient')

    def register_hook(self, hook):
        return None

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
        layerscope.loss('computed', self)
        layerscope.program(self, 'torch')
        needed = layerscope.needs_gradient(self)
        if layerscope.is_known(needed) and not needed:
            raise layerscope.related(RuntimeError('element 0 of tensors does not require grad and does not have a grad_fn: nothing that it was computed from is trained, '
                                                  'or it was cut off by detach(), torch.tensor(...) or .data'), self, 'computed here')
        if ranked(self) and gradient is None:
            layerscope.require(product(self.shape) == 1, RuntimeError('grad can be implicitly created only for scalar outputs'))
        let_go(self, create_graph if retain_graph is None else retain_graph)

    def item(self):
        if ranked(self):
            layerscope.require(product(self.shape) == 1, RuntimeError(f'a Tensor with {product(self.shape)} elements cannot be converted to Scalar'))
        value = layerscope.elements(self)
        while isinstance(value, list):
            value = value[0]
        if layerscope.is_unknown(value):
            return layerscope.unknown('the elements of this tensor are not known before it is computed', float if self.is_floating_point() else bool if self.dtype.name == 'bool' else int)
        return value

    def tolist(self):
        return layerscope.elements(self)

    def numpy(self, *, force=False):
        import numpy
        if layerscope.is_known(force) and force:
            return layerscope.detached(self, numpy.ndarray)
        needed = layerscope.needs_gradient(self)
        if layerscope.is_known(needed) and needed:
            raise layerscope.related(RuntimeError('Can\'t call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.'), self, 'computed here from what is trained')
        return layerscope.cast_class(self, numpy.ndarray)

    def __array__(self, dtype=None):
        return self.numpy()

    def __len__(self):
        if ranked(self) and len(self.shape) == 0:
            raise TypeError('len() of a 0-d tensor')
        return self.shape[0]

    def __iter__(self):
        if ranked(self) and len(self.shape) == 0:
            raise TypeError('iteration over a 0-d tensor')
        return iter(joining.unbind(self, 0))

    def __bool__(self):
        if ranked(self):
            layerscope.require(product(self.shape) == 1, RuntimeError('Boolean value of Tensor with more than one value is ambiguous'))
        value = self.item()
        return value != 0 if layerscope.is_known(value) else value

    def __float__(self):
        return float(self.item())

    def __int__(self):
        return int(self.item())

    def __index__(self):
        return self.item()

    def __hash__(self):
        return id(self)

    def __contains__(self, element):
        return pointwise.eq(self, element).any().item()

    def __format__(self, spec):
        if not ranked(self):
            return layerscope.unknown('the text of a tensor of unknown rank')
        if len(self.shape) > 0 and spec != '':
            raise TypeError('unsupported format string passed to Tensor.__format__')
        return format(self.item() if len(self.shape) == 0 else repr(self), spec)

    def __repr__(self):
        return f'tensor(..., size={tuple(self.shape)}, dtype={self.dtype})'

    def __deepcopy__(self, memo):
        return layerscope.cast_class(self, type(self))

    def __getitem__(self, index):
        return indexing.get(self, index)

    def __setitem__(self, index, value):
        put(self, indexing.put(self, index, value))

    def __add__(self, other):
        return pointwise.add(self, other)

    __radd__ = __add__

    def __sub__(self, other):
        return pointwise.sub(self, other)

    def __rsub__(self, other):
        return pointwise.sub(other, self)

    def __mul__(self, other):
        return pointwise.mul(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return pointwise.div(self, other)

    def __rtruediv__(self, other):
        return pointwise.div(other, self)

    def __floordiv__(self, other):
        return pointwise.floor_divide(self, other)

    def __rfloordiv__(self, other):
        return pointwise.floor_divide(other, self)

    def __mod__(self, other):
        return pointwise.remainder(self, other)

    def __rmod__(self, other):
        return pointwise.remainder(other, self)

    def __pow__(self, other):
        return pointwise.pow(self, other)

    def __rpow__(self, other):
        return pointwise.pow(other, self)

    def __matmul__(self, other):
        return linear.matmul(self, other)

    def __rmatmul__(self, other):
        return linear.matmul(other, self)

    def __and__(self, other):
        return pointwise.bitwise_and(self, other)

    __rand__ = __and__

    def __or__(self, other):
        return pointwise.bitwise_or(self, other)

    __ror__ = __or__

    def __xor__(self, other):
        return pointwise.bitwise_xor(self, other)

    def __lshift__(self, other):
        return pointwise.bitwise_left_shift(self, other)

    def __rshift__(self, other):
        return pointwise.bitwise_right_shift(self, other)

    def __neg__(self):
        return pointwise.neg(self)

    def __pos__(self):
        return self

    def __abs__(self):
        return pointwise.abs(self)

    def __invert__(self):
        return pointwise.bitwise_not(self)

    def __eq__(self, other):
        return False if other is None or isinstance(other, (str, list, tuple, dict)) else pointwise.eq(self, other)

    def __ne__(self, other):
        return True if other is None or isinstance(other, (str, list, tuple, dict)) else pointwise.ne(self, other)

    def __lt__(self, other):
        return pointwise.lt(self, other)

    def __le__(self, other):
        return pointwise.le(self, other)

    def __gt__(self, other):
        return pointwise.gt(self, other)

    def __ge__(self, other):
        return pointwise.ge(self, other)

    def where(self, condition, other):
        return pointwise.where(condition, self, other)

    def index_put(self, indices, values, accumulate=False):
        return indexing.put(self, tuple(indices), values)

    def index_put_(self, indices, values, accumulate=False):
        put(self, indexing.put(self, tuple(indices), values))
        return self

    def softmax(self, dim=None, dtype=None):
        from .nn.functions.activation import softmax
        return softmax(self, dim, dtype=dtype)

    def log_softmax(self, dim=None, dtype=None):
        from .nn.functions.activation import log_softmax
        return log_softmax(self, dim, dtype=dtype)

    def scatter_(self, dim, index, src=None, *, value=None, reduce=None):
        put(self, selecting.scatter(self, dim, index, src, value=value, reduce=reduce))
        return self

    def copy_(self, src, non_blocking=False):
        put(self, cast(shaping.expand(src, list(self.shape)), self.dtype))
        return self

    def fill_(self, value):
        put(self, creation.full_like(self, value))
        return self

    def zero_(self):
        return self.fill_(0)

    def set_(self, source=None):
        put(self, source)
        return self

    def resize_(self, *sizes):
        put(self, creation.zeros(*sizes, dtype=self.dtype))
        return self

    def uniform_(self, a=0.0, b=1.0, *, generator=None):
        put(self, layerscope.operator('RandomUniformLike', self, low=float(a), high=float(b)))
        return self

    def normal_(self, mean=0.0, std=1.0, *, generator=None):
        put(self, layerscope.operator('RandomNormalLike', self, mean=float(mean), scale=float(std)))
        return self

    def bernoulli_(self, p=0.5, *, generator=None):
        put(self, creation.bernoulli(creation.full_like(self, p)))
        return self

    def random_(self, low=0, high=None, *, generator=None):
        put(self, creation.randint_like(self, low, high if high is not None else 2 ** 24))
        return self

    def exponential_(self, lambd=1, *, generator=None):
        drawn = layerscope.operator('RandomUniformLike', self)
        put(self, pointwise.div(pointwise.neg(pointwise.log(pointwise.rsub(drawn, 1))), lambd))
        return self


types.state['tensor'] = Tensor


def _casts(dtype):
    def to(self, memory_format=None):
        return cast(self, dtype)
    return to


for _name, _dtype in (('float', types.float32), ('double', types.float64), ('half', types.float16), ('bfloat16', types.bfloat16), ('int', types.int32),
                      ('long', types.int64), ('short', types.int16), ('char', types.int8), ('byte', types.uint8), ('bool', types.bool_)):
    setattr(Tensor, _name, _casts(_dtype))

_methods = {
    pointwise: '''add sub rsub mul div floor_divide remainder fmod pow eq ne lt gt le ge maximum minimum logical_and logical_or logical_xor logical_not
        bitwise_and bitwise_or bitwise_xor bitwise_not bitwise_left_shift bitwise_right_shift abs absolute angle neg negative sign sgn relu sqrt exp log sin cos tan asin acos atan sinh cosh tanh
        asinh acosh atanh arcsin arccos arctan arcsinh arccosh arctanh reciprocal erf erfc sigmoid ceil floor round trunc fix frac rsqrt square log2 log10 log1p expm1 exp2 logit deg2rad rad2deg hypot
        logaddexp atan2 arctan2 sinc isnan isinf isfinite nan_to_num clamp clip clamp_min clamp_max lerp addcmul addcdiv heaviside copysign masked_fill isclose multiply divide
        true_divide subtract greater less greater_equal less_equal not_equal''',
    shaping: '''view reshape view_as reshape_as flatten ravel unflatten permute transpose swapaxes swapdims t movedim moveaxis squeeze unsqueeze expand expand_as broadcast_to
        repeat tile repeat_interleave''',
    joining: 'split split_with_sizes chunk tensor_split unbind',
    selecting: '''narrow select index_select gather take_along_dim take scatter scatter_add scatter_reduce index_add index_copy index_fill masked_select masked_scatter nonzero
        argwhere flip fliplr flipud roll rot90 unfold diagonal diag diag_embed triu tril isin''',
    reducing: '''sum nansum mean prod amax amin max min argmax argmin aminmax any all count_nonzero var std norm dist logsumexp cumsum cumprod cummax logcumsumexp diff topk sort msort
        argsort kthvalue median mode quantile unique unique_consecutive bincount histc equal allclose''',
    linear: 'matmul mm bmm mv dot inner outer ger addmm addbmm baddbmm addmv tensordot kron cross trace det inverse',
    creation: 'new_tensor new_zeros new_ones new_full new_empty',
}

for _module, _names in _methods.items():
    for _name in _names.split():
        setattr(Tensor, _name, getattr(_module, _name))
for _name in rarer.METHODS:
    setattr(Tensor, _name, getattr(rarer, _name))
install(Tensor)
