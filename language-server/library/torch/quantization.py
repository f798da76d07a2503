"""The old name of torch.ao.quantization."""
from .ao.quantization import (
    DeQuantStub, QuantStub, QuantWrapper, convert, fuse_modules, fuse_modules_qat, get_default_qat_qconfig, get_default_qconfig, prepare, prepare_qat, propagate_qconfig_,
    quantize_dynamic)
