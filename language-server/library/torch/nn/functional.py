"""`torch.nn.functional`: each function lives in the file of its family under `functions`, read when it is first asked for."""
_families = {
    'activation': '''relu relu_ relu6 silu mish hardswish sigmoid tanh softsign gelu leaky_relu leaky_relu_ elu elu_ celu celu_ selu selu_ rrelu hardsigmoid hardtanh hardtanh_ softplus
        logsigmoid softshrink hardshrink tanhshrink threshold prelu glu softmax softmin log_softmax gumbel_softmax dropout alpha_dropout feature_alpha_dropout dropout1d dropout2d
        dropout3d feature_dropout normalize''',
    'convolution': 'conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d unfold fold',
    'pooling': '''max_pool1d max_pool2d max_pool3d max_pool1d_with_indices max_pool2d_with_indices avg_pool1d avg_pool2d avg_pool3d lp_pool1d lp_pool2d lp_pool3d adaptive_avg_pool1d
        adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d max_unpool1d max_unpool2d max_unpool3d fractional_max_pool2d
        fractional_max_pool3d''',
    'normalization': 'batch_norm instance_norm layer_norm rms_norm group_norm local_response_norm',
    'linear': 'linear bilinear embedding embedding_bag one_hot cosine_similarity pairwise_distance pdist',
    'resampling': '''pad interpolate upsample upsample_nearest upsample_bilinear grid_sample affine_grid pixel_shuffle pixel_unshuffle channel_shuffle native_channel_shuffle''',
    'loss': '''mse_loss l1_loss smooth_l1_loss huber_loss cross_entropy nll_loss binary_cross_entropy binary_cross_entropy_with_logits kl_div poisson_nll_loss gaussian_nll_loss
        hinge_embedding_loss cosine_embedding_loss margin_ranking_loss soft_margin_loss multilabel_margin_loss multilabel_soft_margin_loss multi_margin_loss triplet_margin_loss
        triplet_margin_with_distance_loss ctc_loss''',
    'attention': 'scaled_dot_product_attention multi_head_attention_forward',
}
_family_of = {name: family for family, names in _families.items() for name in names.split()}


def __getattr__(name):
    if name in _family_of:
        import importlib
        found = getattr(importlib.import_module('torch.nn.functions.' + _family_of[name]), name)
        globals()[name] = found
        return found
    import layerscope
    return layerscope.missing('torch.nn.functional', name)


def __dir__():
    return list(_family_of)
