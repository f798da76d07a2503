"""`torch.backends`: settings that change no shape."""


class _Settings:
    enabled = False
    benchmark = False
    deterministic = False
    allow_tf32 = False

    def is_available(self):
        return False

    is_built = flash_sdp_enabled = mem_efficient_sdp_enabled = is_available

    def version(self):
        return None

    def enable_flash_sdp(self, enabled):
        return None

    enable_mem_efficient_sdp = enable_math_sdp = enable_flash_sdp


cudnn, mkldnn, mkl, mps, openmp, quantized, opt_einsum, xnnpack = [_Settings() for _ in range(8)]
cuda = _Settings()
cuda.matmul = _Settings()
