"""The primitives that framework stubs are written in. Only stubs import `layerscope`; user code cannot.

A stub is ordinary Python. It validates as the framework does and raises what the framework raises, with the
framework's wording: an exception that leaves the user's code becomes a diagnostic at the user's line.

Sizes may be symbolic: arithmetic on them gives symbolic ints, comparing them gives a condition that may be
undecided. `if` on an undecided condition forks; use `require` for checks.

A stub's function that is called with an Unknown as its tensor, outside of a model's call, is not run: its result is Unknown. Inside of a
model's call it is run, so that the graph goes on behind what is not known: primitives take Unknown for a tensor.

A name that a stub module or class does not have is a gap ("layerscope does not know torch.foo"), not an error: stubs are
incomplete. A module or class that has every public name of the real one says `__layerscope_complete__ = True`; a missing
name then is the error that the framework raises. A `__getattr__` of the stub's own that raises AttributeError counts as
the framework's error too (it may return `unknown(...)` for names that it knows of but does not model).
"""
from typing import Any, Callable, ContextManager, Iterable, Sequence

class Value:
    """A tensor in the graph. Frameworks subclass it: torch.Tensor, keras.KerasTensor, numpy.ndarray.

    An instance of a subclass holds a reference to its node; `operator(..., like=cls)` decides the class of the result."""
    shape: tuple  # ints, symbolic ints; Unknown where the rank is not known
    dtype: str    # 'float32', 'int64', 'bool', ...; None where not known

class ShapeError(ValueError):
    """Raised by `operator` where the operator's own shape rule is broken and the stub did not say it better."""

def operator(type: str, *inputs: Any, outputs: int = 1, like: type | None = None, **attributes: Any) -> Any:
    """Adds the ONNX operator `type` to the graph; returns its output, or a tuple of them where outputs > 1.

    Inputs are Values, None (left out), numbers and nested lists (constants: of the first Value's dtype for floats and
    for numbers, int64 for lists of ints, whose elements may be symbolic). Attributes are ONNX's by their own names.
    Operators on small known constants are folded. The result's class is `like`, else that of the first Value input
    (for a parameter: its framework's plain tensor class, `Parameter.__layerscope_tensor__`)."""

def constant(value: Any, dtype: str | None = None, like: type = Value) -> Value:
    """A tensor whose elements are known: a number or nested lists. What holds anything else gives a tensor of which nothing is known."""

def input(shape: Sequence | None, dtype: str | None = 'float32', name: str | None = None, like: type = Value) -> Value:
    """A graph input. A None in the shape becomes a fresh symbol that prints as None, a str a symbol of that name.

    shape None: an input that nobody gives. Its rank and dtype are found by `expect`, its sizes from `require`: the run
    is repeated with what was learnt, so by the time a stub validates, the shape is known as far as it can be."""

def expect(value: Value, shape: Sequence | None = None, dtype: str | None = None) -> None:
    """What a function needs of a tensor of which this is not known yet: `expect(x, (None, self.in_channels, None, None))`,
    None meaning any size; `expect(x, dtype='int64')` in an Embedding. An input that nobody gives (`input(None)`), or
    what elementwise operators made of it, takes it on. Does nothing to a tensor whose shape or dtype is known: call it
    first in every function that fixes a rank (convolution, pooling, linear, recurrent, normalisation, attention,
    embedding), then validate as the framework does."""

def parameter(shape: Sequence, dtype: str = 'float32', initial: Any = 'unknown', trainable: bool = True, like: type = Value, name: str | None = None) -> Value:
    """A weight. `initial`: a number, ('uniform', low, high), ('normal', mean, deviation), or 'unknown'. `name`: for a weight that belongs
    to no layer (TensorFlow 1)."""

def data(shape: Sequence | None, dtype: str | None = 'float32', reason: str = '', like: type = Value) -> Value:
    """A tensor whose elements are not known and that no operator of the graph makes: loaded or random data.
    shape None: rank unknown."""

def recording(flag: bool | None = None) -> bool:
    """Whether operators are recorded for a backward pass; with a flag, switches it and returns what it was before."""

def needs_gradient(value: Value) -> bool:
    """Whether a backward pass from this tensor reaches a trainable parameter or what `state_gradient` named, by what it was computed
    from; Unknown where that is not known."""

def used_by_backward(value: Value) -> list[int]:
    """Numbers of the operators that keep tensors for their backward pass and that one from this tensor goes through for certain. PyTorch lets
    go of those tensors then: a second pass through one of them raises."""

def kept_result(value: Value) -> int | None:
    """The number of the operator that made this tensor and needs it unchanged for its backward pass, such as a sigmoid."""

def is_gradient_leaf(value: Value) -> bool:
    """Whether this is itself a trainable parameter or what `state_gradient` named."""

def state_gradient(value: Value, flag: bool) -> None:
    """Says of a tensor that it needs a gradient, or that it needs none."""

def detached(value: Value, like: type | None = None) -> Value:
    """The same elements, from which gradients do not flow back."""

def state_range(value: Value, low: float, high: float, reached: bool = False) -> Value:
    """Says between which numbers the elements of data lie; `reached`: both ends occur among them, for certain. Returns the value."""

def range_of(value: Value) -> tuple | None:
    """(low, high, reached) of the elements, by what they were computed from; None where it is not known."""

def same_range(value: Value, other: Value, all: bool = False) -> Value:
    """Data that is taken from other data lies in its range; `all`: it is all of it, or so much that both ends are among it. Returns the value."""

def preparation(steps: Iterable, about: Any = None) -> None:
    """Says that the program makes something (`about`) that prepares pictures for a model, by these steps. Values count from 0 to 255 until a
    step changes them. Each step is a dict with its `kind` (graph/preprocessing.ts), what that needs, and `about`, the object whose making says it:

        {'kind': 'resize', 'size': (height, width) or the shorter side, 'longest': ..., 'interpolation': 'bilinear', 'smooth': True}
        {'kind': 'crop', 'height': ..., 'width': ...}   {'kind': 'pad', 'sides': (left, top, right, bottom), 'value': 0}
        {'kind': 'grey', 'channels': 1}   {'kind': 'colour'}   {'kind': 'reverse'}
        {'kind': 'scale', 'factor': number or one for each channel, 'offset': likewise}
        {'kind': 'skipped', 'what': 'the name of what cannot be said', 'random': whether it works at random}

    A step of which a part is not known is shown as not followed; `what` names it."""

def prepared(value: Value, steps: Iterable = (), source: Value | None = None) -> Value:
    """Says that data is made of a picture by such steps, or of `source`, which is. Returns the value."""

def prepared_channel(value: Value, source: Value, channel: int, written: Any) -> None:
    """Says that `value` is `source` with one channel, the last axis's, replaced by `written`."""

def fed(layer: object, value: Any) -> None:
    """Says that a model is given this data, where no call of it in the trace tells (Keras's `fit`)."""

def cast_class(value: Value, like: type) -> Value:
    """The same tensor seen as another class (numpy to torch, a parameter as a plain tensor)."""

def assign(target: Value, value: Value) -> None:
    """`target` now stands for `value`'s node: in-place operations (`x += y`, `x[0] = y`, `x.relu_()`). A parameter keeps its identity."""

def retype(target: Value, dtype: str | None) -> None:
    """The elements of `target` are of this type from now on, None: of one that is not known. A parameter stays the one it is."""

def elements(value: Value) -> Any:
    """The elements as a number or nested lists where they are known, else Unknown."""

def presume(condition: Any) -> bool:
    """Whether a condition on sizes holds. While a model that nobody calls is tried, one that its inputs decide is presumed to, and
    their sizes are solved for it; elsewhere what is not decided is False."""

def is_known(value: Any) -> bool:
    """False for Unknown, for symbolic ints and for undecided conditions."""

def is_unknown(value: Any) -> bool:
    """True for Unknown alone. Ask it before `isinstance`, which forks on an Unknown."""

def missing(module: str, name: str) -> Any:
    """For the end of a stub module's `__getattr__`: a value that is not known where the framework's module has the name (names.json,
    written by test/oracle/names.py), else raises the AttributeError that Python raises."""

def escaped(value: Any) -> bool:
    """Whether code that cannot be followed had the object: methods that set its state (`compile`, `fit`, `initialize`) may have been called there."""

def unknown(reason: str, type: type | None = None) -> Any:
    """A value that cannot be known, or of which only the class is known (int, float, bool or str); everything computed from it is unknown for the same reason. Not a gap by itself."""

def repeat(item: Any, reason: str) -> Iterable:
    """An iterator over an unknown number of items that are all like this one, such as the batches of a data set. A loop over it runs its
    body once, for certain; what the body counts or collects is unknown behind the loop."""

def gap(reason: str, *inputs: Any, shape: Sequence | None = None, dtype: str | None = None, like: type | None = None) -> Value:
    """A tensor made by something that is not modelled: an `Unknown` operator over the inputs, shown to the user with its reason."""

def symbol(name: str, minimum: int = 1, none: bool = False) -> int:
    """A fresh symbolic size; prints as None if `none`."""

def require(condition: Any, error: BaseException) -> None:
    """Raises `error` where the condition is false on this path for certain. Where it depends on symbols, records it as
    a constraint (inputs that nobody gives are solved from these) and goes on as if true."""

def warn(code: str, message: str, about: Any = None, severity: str = 'warning', fix: dict | None = None) -> None:
    """A diagnostic at the user's line that is now running. `about`: the Value or object whose making is the related line."""

def loss(kind: str, prediction: Value, target: Value | None = None, expects: str = 'any', axis: int = -1) -> None:
    """Says that a loss compares `prediction` with `target` at the user's line that is now running; the checks of
    language-server/checks/ look at what made the prediction. Call it where the loss is applied, or, for a model that is compiled
    before it sees data, in `compile` with its outputs. Nothing is raised.

    kind: 'categorical' (class probabilities or one-hot), 'sparse' (class indices), 'binary', 'nll', 'regression', 'computed' (what the program minimises).
    expects: 'logits', 'probabilities', 'log-probabilities' or 'any'. axis: the axis of the classes."""

def hint_fix(error: BaseException, title: str, argument: str, value: Any, about: Any = None) -> BaseException:
    """Attaches a quick fix to an error: in the call expression that made `about` (a layer), set the argument to the value.
    Returns the error. `argument` is the parameter's name; it is found by position or keyword, or added. The call names the
    class of `about`, or the function that the class states as `__layerscope_maker__`."""

def related(error: BaseException, about: Any, message: str) -> BaseException:
    """Attaches a related line: where the Value or object `about` was made. Returns the error."""

def made(about: Any) -> str:
    """'line 14' for a Value or an object made in the user's file, for messages; '' where it was made elsewhere."""

def call(layer: object, function: Callable, args: Sequence, kwargs: dict) -> Any:
    """Runs function(*args, **kwargs) inside a scope of the graph that belongs to `layer`, and records the tensors that
    go in and come out. A call with no scope around it is a root call: a candidate model.

    Each layer object says what it is by a method `__layerscope__(self)` that returns a dict:
        name: str              the layer's own name, '' where its parent names it
        type: str              class name, default type(self).__name__
        framework: str         'torch', 'keras', ...
        configuration: dict    what to show: plain values
        parameters: dict       own parameters: name -> Value
        buffers: dict          what a checkpoint holds beside them, not counted as parameters (PyTorch's running_mean; Keras counts
                               its moving_mean: a parameter that is not trainable)
        children: dict         name -> layer, in order
        listed: bool           whether the framework's own list of layers shows it
        order: str             how the children are listed: 'calls' (default): those that calls reach, by first call (PyTorch);
                               'children': all, as they stand in `children` (Keras's model.layers)
        separator: str         between path parts in parameter names: '.' (torch), '/' (keras)
    It is asked after the program has run.

    A layer whose class can be tried when nobody calls it has a method `__layerscope_try__(self)`: it makes an input by
    `input(None, name=...)` for each argument that its forward needs, and calls itself. It is called after the file has
    run, on the user's model classes (built with their defaults, else with symbolic sizes), on instances at module level
    and on what builder functions return. No registration is needed."""

def model(layer: object, inputs: Any = None, outputs: Any = None, type: str | None = None) -> None:
    """Declares that `layer` is a model that exists without a call, its graph lying between inputs and outputs
    (Keras Functional, a built Sequential; MXNet Symbol)."""

def program(values: Any, framework: str) -> None:
    """Says that these tensors are what a program without model objects is written to compute: the loss that it minimises, what a session
    fetches. The graph of what it predicts, of inputs and weights and without labels, is shown as a model."""

def step(target: Value, change: Any) -> None:
    """Says that the program subtracts `change` from `target` (or adds it): a step of training where it is made of the target and of data.
    Programs that train arrays by such steps are shown as models."""

def trained() -> None:
    """A training step is done: the loops that run it would go on doing the same. A loop over a range goes on with its last
    round, any other with one more, which stands for all others."""

def in_user_code(about: Any) -> bool:
    """Whether the class, function or object was made by the user's files, not by a library or stub."""
