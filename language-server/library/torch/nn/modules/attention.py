"""Attention with several heads."""
import math

import layerscope

from ...operations.checks import gap, operator, ranked
from ..functions.attention import multi_head_attention_forward
from ..parameter import made
from .linear import NonDynamicallyQuantizableLinear
from .module import Module


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None):
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(f'embed_dim and num_heads must be greater than 0, got embed_dim={embed_dim} and num_heads={num_heads} instead')
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = kdim if kdim is not None else embed_dim
        self.vdim = vdim if vdim is not None else embed_dim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        layerscope.require(self.head_dim * num_heads == embed_dim, AssertionError('embed_dim must be divisible by num_heads'))

        def xavier(rows, columns):
            known = layerscope.is_known(rows) and layerscope.is_known(columns)
            bound = math.sqrt(6 / (rows + columns)) if known else 0.0
            return made((rows, columns), dtype, ('uniform', -bound, bound))
        if self._qkv_same_embed_dim:
            self.in_proj_weight = xavier(3 * embed_dim, embed_dim)
            self.register_parameter('q_proj_weight', None)
            self.register_parameter('k_proj_weight', None)
            self.register_parameter('v_proj_weight', None)
        else:
            self.q_proj_weight = xavier(embed_dim, embed_dim)
            self.k_proj_weight = xavier(embed_dim, self.kdim)
            self.v_proj_weight = xavier(embed_dim, self.vdim)
            self.register_parameter('in_proj_weight', None)
        self.register_parameter('in_proj_bias', made((3 * embed_dim,), dtype, 0.0) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias)
        self.bias_k = made((1, 1, embed_dim), dtype) if add_bias_kv else None
        self.bias_v = made((1, 1, embed_dim), dtype) if add_bias_kv else None
        self.add_zero_attn = add_zero_attn

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False):
        layerscope.expect(query, (None, None, self.embed_dim))
        layerscope.expect(key, (None, None, self.kdim))
        layerscope.expect(value, (None, None, self.vdim))
        if not (ranked(query) and ranked(key) and ranked(value)):
            return gap('attention over tensors of unknown rank', query), None
        if key_padding_mask is not None and len(key.shape) == 3:
            layerscope.expect(key_padding_mask, (key.shape[0], key.shape[1]) if self.batch_first else (key.shape[1], key.shape[0]))
        turn = self.batch_first and len(query.shape) == 3
        if turn:
            query, key, value = [operator('Transpose', each, perm=[1, 0, 2]) if len(each.shape) == 3 else each for each in (query, key, value)]
        output, weights = multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight, self.in_proj_bias, self.bias_k, self.bias_v, self.add_zero_attn, self.dropout,
            self.out_proj.weight, self.out_proj.bias, self.training, key_padding_mask, need_weights, attn_mask, not self._qkv_same_embed_dim, self.q_proj_weight,
            self.k_proj_weight, self.v_proj_weight, average_attn_weights=average_attn_weights, is_causal=is_causal)
        return operator('Transpose', output, perm=[1, 0, 2]) if turn else output, weights
