"""Patterns such as 'b (h w) c -> b c h w': parsed, fitted to a shape, and carried out by reshaping, reducing and transposing."""
import layerscope


class EinopsError(RuntimeError):
    pass


# the group of an ellipsis that stands alone: `(...)` is one axis, `...` are several
SPREAD = ['...']


def parse(side):
    """One side of a pattern as a list of groups, each a list of names; '...' stands alone, '1' is an empty group."""
    groups, group = [], None
    for token in side.replace('(', ' ( ').replace(')', ' ) ').replace('…', '...').split():
        if token == '(':
            if group is not None:
                raise EinopsError(f'brackets are nested in {side!r}')
            group = []
        elif token == ')':
            if group is None:
                raise EinopsError(f'brackets are not balanced in {side!r}')
            groups.append(group)
            group = None
        elif token == '1':
            if group is None:
                groups.append([])
        else:
            if token != '...' and not token.isidentifier() and not token.isdigit():
                raise EinopsError(f'invalid axis name {token!r} in {side!r}')
            if token.isdigit():
                # axes without a name are told apart by their place
                token = f'{token}#{len(groups)}.{len(group or [])}'
            if group is None:
                groups.append(SPREAD if token == '...' else [token])
            else:
                group.append(token)
    if group is not None:
        raise EinopsError(f'brackets are not balanced in {side!r}')
    names = [name for each in groups for name in each]
    for position, name in enumerate(names):
        if name in names[:position]:
            raise EinopsError(f'axis {name!r} appears more than once in {side!r}')
    return groups


def anonymous(name):
    """The size that an axis without a name states."""
    return int(name.split('#')[0])


def sides(pattern):
    if pattern.count('->') != 1:
        raise EinopsError(f'a pattern must have one "->": {pattern!r}')
    left, right = pattern.split('->')
    return parse(left), parse(right)


def _product(sizes):
    count = 1
    for size in sizes:
        count = count * size
    return count


def fit(pattern, groups, shape, stated):
    """The sizes of all axes of the left side; '...' is written out as '...0', '...1'. Returns the flat names and the sizes by name."""
    shape = list(shape)
    spread = [group is SPREAD for group in groups].count(True)
    if '...' in [name for group in groups if group is not SPREAD for name in group]:
        raise EinopsError(f'Ellipsis inside parenthesis in the left side is not allowed: {pattern!r}')
    if spread > 1:
        raise EinopsError(f'there is more than one ellipsis in {pattern!r}')
    width = len(shape) - len(groups) + spread
    if width < 0 or not spread and width != 0:
        raise EinopsError(f'Error while processing pattern {pattern!r}. Input tensor shape: {tuple(shape)}. '
                          f'Wrong shape: expected {len(groups) - spread}{"+" if spread else ""} dims. Received {len(shape)}-dim tensor.')
    sizes, names, axis = dict(stated), [], 0
    for group in groups:
        if group is SPREAD:
            for position in range(width):
                names.append(f'...{position}')
                sizes[f'...{position}'] = shape[axis]
                axis += 1
            continue
        size = shape[axis]
        axis += 1
        if group == []:
            layerscope.require(size == 1, EinopsError(f'Error while processing pattern {pattern!r}. Input tensor shape: {tuple(shape)}. Expected 1 in dimension {axis - 1}, got {size}'))
            continue
        open_names = [name for name in group if name not in sizes and '#' not in name]
        known = _product([anonymous(name) if '#' in name else sizes[name] for name in group if name not in open_names])
        if len(open_names) > 1:
            raise EinopsError(f'Error while processing pattern {pattern!r}. Could not infer sizes for {set(open_names)}')
        error = EinopsError(f"Error while processing pattern {pattern!r}. Input tensor shape: {tuple(shape)}. Shape mismatch, can't divide axis of length {size} in chunks of {known}"
                            if open_names else f'Error while processing pattern {pattern!r}. Input tensor shape: {tuple(shape)}. Shape mismatch, {size} != {known}')
        if open_names:
            layerscope.require(size % known == 0, error)
            sizes[open_names[0]] = size // known
        else:
            layerscope.require(size == known, error)
        names.extend(group)
    return names, sizes


def _flat(groups, names):
    """The names of a side in order, the ellipsis written out."""
    spread = [name for name in names if name.startswith('...')]
    return [name for group in groups for each in group for name in (spread if each == '...' else [each])]


def apply(pattern, tensor, stated, reduction=None):
    left, right = sides(pattern)
    shape = tensor.shape
    if not layerscope.is_known(shape):
        return layerscope.gap(f'the pattern {pattern!r} of a tensor of unknown rank', tensor)
    for name in stated:
        if name not in [each for group in left + right for each in group]:
            raise EinopsError(f'Error while processing pattern {pattern!r}. Axis {name} is not used in the pattern')
    repeated = {name: size for name, size in stated.items()} if reduction == 'repeat' else {}
    names, sizes = fit(pattern, left, shape, {name: size for name, size in stated.items() if any([name in group for group in left])})
    sizes.update({name: size for name, size in repeated.items() if name not in sizes})
    wanted = _flat(right, names)
    missing = [name for name in names if name not in wanted]
    extra = [name for name in wanted if name not in names]
    if reduction is None and (missing or extra) or reduction == 'repeat' and missing or reduction not in (None, 'repeat') and extra:
        raise EinopsError(f'Error while processing pattern {pattern!r}. Identifiers only on one side of expression (should be on both): {set(missing + extra)}')
    for name in extra:
        if name not in sizes and '#' not in name:
            raise EinopsError(f'Error while processing pattern {pattern!r}. Specify sizes for new axes in repeat: {name}')

    def length(name):
        return anonymous(name) if '#' in name else sizes[name]

    result = _reshaped(tensor, [length(name) for name in names])
    if missing:
        axes = [names.index(name) for name in missing]
        result = _reduced(result, reduction, axes)
        names = [name for name in names if name not in missing]
    kept = [name for name in wanted if name in names]
    order = [names.index(name) for name in kept]
    if order != list(range(len(order))):
        result = layerscope.operator('Transpose', result, perm=order)
    if extra:
        result = layerscope.operator('Unsqueeze', result, [position for position, name in enumerate(wanted) if name in extra])
        result = layerscope.operator('Expand', result, [length(name) for name in wanted])
    spread = [name for name in names if name.startswith('...')]
    final = []
    for group in right:
        if group is SPREAD:
            final.extend([sizes[name] for name in spread])
        else:
            final.append(_product([size for each in group for size in ([sizes[name] for name in spread] if each == '...' else [length(each)])]))
    return _reshaped(result, final)


def _reshaped(tensor, sizes):
    own = list(tensor.shape)
    if len(own) == len(sizes) and all([layerscope.is_known(one == other) and one == other for one, other in zip(own, sizes)]):
        return tensor
    return layerscope.operator('Reshape', tensor, sizes if sizes else layerscope.constant([], dtype='int64'), allowzero=1)


def _reduced(tensor, reduction, axes):
    if callable(reduction):
        return reduction(tensor, tuple(axes))
    operators = {'mean': 'ReduceMean', 'sum': 'ReduceSum', 'max': 'ReduceMax', 'min': 'ReduceMin', 'prod': 'ReduceProd'}
    if reduction in ('any', 'all'):
        numbers = layerscope.operator('Cast', tensor, to='int32')
        return layerscope.operator('Cast', layerscope.operator('ReduceMax' if reduction == 'any' else 'ReduceMin', numbers, axes, keepdims=0), to='bool')
    if reduction not in operators:
        raise EinopsError(f'Unknown reduction {reduction}. Expect one of {tuple(operators)}.')
    return layerscope.operator(operators[reduction], tensor, axes, keepdims=0)
