"""Attention, composed of products and a softmax."""
import math

import layerscope

from ... import types
from ...operations import creation, linear as products, pointwise, selecting, shaping
from ...operations.checks import gap, list_text, operator, ranked, typed
from .linear import linear


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    if not ranked(query) or not ranked(key) or not ranked(value):
        return gap('attention over tensors of unknown rank', query, key, value)
    if len(query.shape) < 2 or len(key.shape) < 2 or len(value.shape) < 2:
        raise ValueError(f'scaled_dot_product_attention: query, key and value must be at least 2 dimensional, but got {len(query.shape)}, {len(key.shape)}, {len(value.shape)}')
    if is_causal and attn_mask is not None:
        raise RuntimeError('_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True')
    if enable_gqa:
        key = shaping.repeat_interleave(key, query.shape[-3] // key.shape[-3], -3)
        value = shaping.repeat_interleave(value, query.shape[-3] // value.shape[-3], -3)
    if scale is None:
        width = query.shape[-1]
        scale = 1 / math.sqrt(width) if layerscope.is_known(width) and width > 0 else width ** -0.5
    scores = products.matmul(pointwise.mul(query, scale), shaping.transpose(key, -2, -1))
    scores = _masked(scores, attn_mask, is_causal, query, key)
    weights = operator('Softmax', scores, axis=-1)
    return products.matmul(weights, value)


def _masked(scores, mask, is_causal, query, key):
    if is_causal:
        ones = creation.ones(query.shape[-2], key.shape[-2], dtype=types.bool_)
        return pointwise.where(selecting.tril(ones), scores, float('-inf'))
    if mask is None:
        return scores
    if typed(mask) and mask.dtype is types.bool_:
        return pointwise.where(mask, scores, float('-inf'))
    return pointwise.add(scores, mask)


def _as_float_mask(mask, dtype):
    """True forbids attention, for the masks of MultiheadAttention."""
    if mask is None or not typed(mask) or mask.dtype is not types.bool_:
        return mask
    zeros = layerscope.constant(0.0, dtype=dtype.name, like=layerscope.Value)
    forbidden = layerscope.constant(float('-inf'), dtype=dtype.name, like=layerscope.Value)
    return operator('Where', mask, forbidden, zeros)


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight,
                                 out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None,
                                 k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False):
    alone = len(query.shape) == 2
    if len(query.shape) not in (2, 3):
        raise AssertionError(f'query should be unbatched 2D or batched 3D tensor but received {len(query.shape)}-D query tensor')
    if len(key.shape) != len(query.shape) or len(value.shape) != len(query.shape):
        raise AssertionError(f'For {"unbatched (2-D)" if alone else "batched (3-D)"} `query`, expected `key` and `value` to be {len(query.shape)}-D '
                             f'but found {len(key.shape)}-D and {len(value.shape)}-D tensors respectively')
    if alone:
        query, key, value = [operator('Unsqueeze', each, [1]) for each in (query, key, value)]
        key_padding_mask = operator('Unsqueeze', key_padding_mask, [0]) if key_padding_mask is not None else None
    length, batch, width = query.shape
    source = key.shape[0]
    layerscope.require(width == embed_dim_to_check, AssertionError(f'was expecting embedding dimension of {embed_dim_to_check}, but got {width}'))
    head = width // num_heads
    if use_separate_proj_weight:
        layerscope.require(key.shape[0] == value.shape[0], AssertionError(f"key's sequence and batch dims {tuple(key.shape)[:2]} do not match value's {tuple(value.shape)[:2]}"))
        weights = [q_proj_weight, k_proj_weight, v_proj_weight]
    else:
        for own, other in zip(key.shape, value.shape):
            layerscope.require(own == other, AssertionError(f'key shape {tuple(key.shape)} does not match value shape {tuple(value.shape)}'))
        weights = operator('Split', in_proj_weight, axis=0, num_outputs=3, outputs=3)
    layerscope.require(key.shape[1] == batch, AssertionError(f'query and key must have the same batch size, but got {batch} and {key.shape[1]}'))
    biases = operator('Split', in_proj_bias, axis=0, num_outputs=3, outputs=3) if in_proj_bias is not None else [None, None, None]
    q, k, v = [linear(each, weight, bias) for each, weight, bias in zip((query, key, value), weights, biases)]
    mask = _combined_mask(attn_mask, key_padding_mask, batch, num_heads, length, source, query.dtype)
    if bias_k is not None and bias_v is not None:
        k = operator('Concat', k, operator('Expand', bias_k, [1, batch, width]), axis=0)
        v = operator('Concat', v, operator('Expand', bias_v, [1, batch, width]), axis=0)
        mask = operator('Pad', mask, [0, 1], None, [-1]) if mask is not None else None
        source = source + 1
    q, k, v = [_heads(each, size, batch, num_heads, head) for each, size in ((q, length), (k, source), (v, source))]
    if add_zero_attn:
        k, v = [operator('Pad', each, [0, 0, 0, 0, 0, 0, 1, 0]) for each in (k, v)]
        mask = operator('Pad', mask, [0, 1], None, [-1]) if mask is not None else None
        source = source + 1
    scores = operator('MatMul', pointwise.mul(q, 1 / math.sqrt(head) if layerscope.is_known(head) else head ** -0.5), operator('Transpose', k, perm=[0, 1, 3, 2]))
    if mask is not None:
        scores = operator('Add', scores, mask)
    attention = operator('Softmax', scores, axis=-1)
    joined = operator('Transpose', operator('MatMul', attention, v), perm=[2, 0, 1, 3])
    output = linear(operator('Reshape', joined, [length, batch, width]), out_proj_weight, out_proj_bias)
    if alone:
        output = operator('Squeeze', output, [1])
    if not need_weights:
        return output, None
    shown = operator('ReduceMean', attention, [1], keepdims=0) if average_attn_weights else attention
    return output, operator('Squeeze', shown, [0]) if alone else shown


def _heads(tensor, length, batch, heads, width):
    """(length, batch, heads * width) to (batch, heads, length, width)."""
    return operator('Transpose', operator('Reshape', tensor, [length, batch, heads, width]), perm=[1, 2, 0, 3])


def _combined_mask(attn_mask, key_padding_mask, batch, heads, length, source, dtype):
    """Both masks as one addend that broadcasts to (batch, heads, length, source); None where there is none."""
    mask = None
    if attn_mask is not None:
        mask = _as_float_mask(attn_mask, dtype)
        expected = (length, source) if len(mask.shape) == 2 else (batch * heads, length, source)
        if len(mask.shape) not in (2, 3):
            raise RuntimeError(f"attn_mask's dimension {len(mask.shape)} is not supported")
        for own, wanted in zip(mask.shape, expected):
            layerscope.require(own == wanted, RuntimeError(
                f'The shape of the {len(mask.shape)}D attn_mask is torch.Size({list_text(mask.shape)}), but should be {expected}.'))
        if len(mask.shape) == 3:
            mask = operator('Reshape', mask, [batch, heads, length, source])
    if key_padding_mask is not None:
        padding = _as_float_mask(key_padding_mask, dtype)
        for own, wanted in zip(padding.shape, (batch, source)):
            layerscope.require(own == wanted, AssertionError(f'expecting key_padding_mask shape of {(batch, source)}, but got torch.Size({list_text(padding.shape)})'))
        padding = operator('Unsqueeze', padding, [1, 2])
        mask = padding if mask is None else operator('Add', mask, padding)
    return mask
