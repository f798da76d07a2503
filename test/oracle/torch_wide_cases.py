"""More cases for the PyTorch stubs, in the form of torch_cases.py: complex numbers and Fourier transforms, decompositions, rarer functions
and layers, distributions, initialisers. Needs torch.

    python test/oracle/torch_wide_cases.py test/golden/torch
"""
import os
import sys

import torch.fft  # noqa: F401  (the cases name it)

from torch_cases import broken, maybe, options, pick, rng, sizes, some, write, zeros


def wave(shape):
    return pick(zeros(shape), zeros(shape, 'complex64'))


def fourier():
    shape = sizes(rng.randint(2, 4), 2, 7)
    norm = some(norm=['ortho', 'forward', 'backward'])
    dim = pick(-1, 0, 1, -2, 4)
    n = pick('', '', f', n={rng.randint(1, 8)}')
    two = pick('', '', f', s=({rng.randint(1, 6)}, {rng.randint(1, 6)})')
    dims = pick('', '', ', dim=(-2, -1)', ', dim=(0, 1)')
    name = pick('fft', 'ifft', 'hfft', 'rfft', 'irfft')
    planar = pick('fft2', 'ifft2', 'rfft2', 'irfft2', 'fftn', 'ifftn', 'rfftn', 'irfftn')
    return pick(f'torch.fft.{name}({wave(shape) if name not in ("rfft",) else zeros(shape, pick(None, None, "int64", "float64"))}{n}, dim={dim}{norm})',
                f'torch.fft.{planar}({wave(shape) if planar[0] != "r" else zeros(shape)}{two}{dims}{norm})',
                f'torch.fft.{pick("fftshift", "ifftshift")}({wave(shape)}{pick("", ", dim=-1", ", dim=(0, 1)")})',
                f'torch.fft.{pick("fftfreq", "rfftfreq")}({rng.randint(1, 9)}{pick("", ", 0.5")})',
                f'torch.fft.irfft2(torch.fft.rfft2({zeros(shape)}{norm}), s=({shape[-2]}, {shape[-1]}){norm})',
                f'torch.fft.irfft(torch.fft.rfft({zeros(shape)}, dim={dim}), n={shape[0]}, dim={dim})')


def complex_numbers():
    shape = sizes(rng.randint(1, 3), 1, 4)
    x, y = zeros(shape, 'complex64'), wave(broken(shape, 0.15))
    return pick(f'{x} {pick("+", "-", "*", "/")} {y}', f'{x} * {pick("2", "2.5", "1j", "True")}', f'{x}.abs()', f'torch.abs({x})', f'{x}.real', f'{x}.imag', f'torch.angle({x})', f'{x}.conj()',
                f'torch.view_as_real({x})', f'torch.view_as_complex({zeros(shape + [pick(2, 2, 3)])})', f'torch.complex({zeros(shape)}, {zeros(broken(shape, 0.1))})',
                f'torch.polar({zeros(shape)}, {zeros(shape)})', f'{x}.reshape(-1)', f'{x}.sum({pick("", "dim=0", "dim=-1")})', f'{x}.mean()', f'{x}[..., 0]', f'torch.cat([{x}, {x}])',
                f'torch.stack([{x}, {y}])', f'{x}.exp()', f'{x}.to(torch.complex128)', f'{zeros(shape)}.to(torch.cfloat)', f'torch.zeros_like({x})', f'{x}.unsqueeze(0)', f'{x}.flatten()',
                f'{x}.permute({", ".join(str(i) for i in reversed(range(len(shape))))})', f'{x}.dtype == torch.complex64 and {x}', f'{x}.pow(2)', f'{x} == {x}', f'{x}.is_complex() and {x}',
                f'torch.einsum("{"abc"[:len(shape)]},{"abc"[:len(shape)]}->{"abc"[:1]}", {x}, {x})', f'{zeros(shape + [2])}.float().view(*{zeros(shape + [2])}.shape[:-1], -1, 2)',
                f'{x}.{pick("float", "real.float")}()', f'torch.relu({x})', f'{x} > {x}', f'torch.is_complex({x}) or {x}', f'-{x}', f'{x}.sqrt()', f'F.linear({x}, {x})', f'{x} @ {x}',
                f'nn.Linear({shape[-1]}, 3)({x})', f'torch.zeros(3, dtype=torch.complex64) * torch.view_as_complex(torch.ones(3, 2))', f'torch.randn({shape[0]}, dtype=torch.cfloat)',
                f'torch.exp(1j * {zeros(shape)})', f'torch.nn.Parameter(torch.randn(2, 3, dtype=torch.cfloat))', f'torch.view_as_complex(torch.nn.Parameter(torch.randn(2, 3, 2)))')


def decomposition():
    batch = sizes(rng.randint(0, 2), 1, 3)
    n, m = sizes(2, 1, 5)
    square = f'torch.eye({n}).expand({", ".join(map(str, batch + [n, n]))}).clone()'
    any_matrix = f'torch.ones({", ".join(map(str, batch + [n, m]))})'
    either = pick(square, square, any_matrix)
    right = zeros(broken(batch + [n, m], 0.15))
    name = pick('torch.linalg', 'torch.linalg', 'torch')
    return pick(f'{name}.det({either})', f'torch.linalg.inv({either})', f'torch.inverse({either})', f'torch.linalg.pinv({any_matrix})', f'torch.pinverse({any_matrix})',
                f'torch.linalg.cholesky({either})', f'torch.linalg.qr({any_matrix}{pick("", ", mode=" + repr("complete"))})[{pick(0, 1)}]', f'torch.linalg.svd({any_matrix}{pick("", ", full_matrices=False")})[{pick(0, 1, 2)}]',
                f'torch.svd({any_matrix})[{pick(0, 1, 2)}]', f'torch.linalg.svdvals({any_matrix})', f'torch.linalg.eigh({either})[{pick(0, 1)}]', f'torch.linalg.eigvalsh({either})',
                f'torch.linalg.eig({either})[{pick(0, 1)}]', f'torch.linalg.eigvals({either})', f'torch.linalg.solve({either}, {right})', f'torch.linalg.lstsq({square}, {zeros(batch + [n, m])}).solution',
                f'torch.linalg.matrix_rank({any_matrix})', f'{name}.slogdet({either})[{pick(0, 1)}]', f'torch.logdet({either})', f'torch.linalg.matrix_power({either}, {pick(0, 1, 3)})',
                f'torch.matrix_exp({either})', f'torch.linalg.multi_dot([{zeros([n, m])}, {zeros([m, n])}, {zeros(broken([n, 2], 0.1))}])', f'torch.linalg.norm({any_matrix})', f'torch.linalg.norm({any_matrix}, dim={pick(-1, 0)})',
                f'torch.linalg.vector_norm({any_matrix}, dim=-1{pick("", ", keepdim=True")})', f'torch.linalg.matrix_norm({any_matrix})', f'torch.linalg.cross({zeros(batch + [3])}, {zeros(batch + [3])})',
                f'torch.linalg.solve_triangular({square}, {zeros(batch + [n, m])}, upper=True)', f'torch.cholesky_solve({zeros([n, m])}, torch.eye({n}))', f'torch.linalg.vecdot({any_matrix}, {any_matrix})',
                f'torch.linalg.cond({square})', f'torch.triangular_solve({zeros([n, m])}, torch.eye({n}))[0]', f'torch.linalg.lu_factor({square})[0]', f'torch.linalg.lu({any_matrix})[1]', f'torch.trace({zeros([n, m])})')


def rarer():
    shape = sizes(rng.randint(1, 3), 1, 5)
    n, m = sizes(2, 2, 6)
    x = zeros(shape, pick(None, None, None, 'int64'))
    other = zeros(broken(shape, 0.12), pick(None, None, 'int64'))
    unary = pick('erfinv', 'lgamma', 'digamma', 'i0', 'positive', 'signbit', 'isposinf', 'isneginf', 'isreal', 'exp2', 'nanmean', 'nanmedian', 'cov', 'corrcoef', 'diagflat', 'arcsinh', 'conj_physical')
    pair = pick('fmax', 'fmin', 'float_power', 'xlogy', 'logaddexp2', 'nextafter', 'gcd', 'lcm', 'ldexp', 'igamma')
    window = pick('hann', 'hamming', 'blackman', 'bartlett', 'kaiser')
    return pick(f'torch.{unary}({x})', f'{x}.{unary}()', f'torch.{pair}({x}, {other})', f'torch.{window}_window({n}{pick("", ", periodic=False")})', f'torch.addr({zeros([n, m])}, {zeros(broken([n], 0.1))}, {zeros([m])})',
                f'torch.cummin({x}, dim={pick(0, -1, 3)}).values', f'torch.matrix_power({zeros([n, n])}, {pick(1, 2, 3)})', f'{zeros([n, m])}.fill_diagonal_(1)', f'torch.as_strided({zeros([n * m])}, ({m}, 2), (1, 1))',
                f'{zeros([n, m])}.renorm(2, 0, 1.0)', f'F.pdist({zeros([n, m])})', f'torch.pdist({zeros([n, m])})', f'torch.atleast_{pick(1, 2, 3)}d({x})', f'torch.{pick("hsplit", "vsplit", "dsplit")}({zeros(pick([4, 4], [4, 4, 4], [3, 4]))}, 2)[0]',
                f'torch.combinations(torch.arange({n}){pick("", ", r=3", ", with_replacement=True")})', f'torch.trapezoid({x})', f'torch.cumulative_trapezoid({x})', f'torch.vdot({zeros([n])}, {zeros(broken([n], 0.15))})',
                f'{x}.is_nonzero() if {x}.numel() == 1 else {x}', f'torch.nan_to_num({x})', f'{x}.select_scatter({zeros(shape[1:])}, 0, 0)', f'{x}.slice_scatter({x}, 0)', f'torch.index_put({zeros([n, m])}, (torch.tensor([0]),), torch.zeros({m}))',
                f'torch.histc({zeros([n])}, bins={m})', f'torch.poisson({zeros(shape)})', f'{zeros(shape)}.{pick("log_normal_", "cauchy_", "geometric_", "exponential_")}({pick("", "0.5")})', f'torch.empty_strided(({n}, {m}), ({m}, 1))',
                f'torch.narrow_copy({zeros([n, m])}, 0, 0, 1)', f'torch.empty({n}, {m}).{pick("sin_", "abs_", "sqrt_", "sinh_", "erfinv_", "xlogy_(torch.ones(1)).abs_", "logical_not_")}()', f'torch.exp_({zeros(shape)})',
                f'torch.nanquantile({zeros([n, m])}, 0.5, dim={pick(0, 1)})', f'torch.frexp({zeros(shape)})[0]', f'torch.gradient({zeros([n, m])})[0]', f'torch.stft({zeros([pick(1, 2), 64])}, n_fft={pick(16, 8)}{pick("", ", hop_length=4")}, return_complex=True)',
                f'torch.istft(torch.stft(torch.zeros(2, 64), n_fft=16, return_complex=True, window=torch.hann_window(16)), n_fft=16, window=torch.hann_window(16))', f'{x}.mH' if len(shape) == 2 else f'{x}.mT', f'{x}.adjoint()',
                f'torch.special.{pick("expit", "gammaln", "entr", "ndtr", "i0e", "log_ndtr", "erfcx", "digamma", "psi")}({zeros(shape)})', f'torch.special.{pick("xlog1py", "zeta")}({zeros(shape)}, {other})', f'torch.sparse.mm({zeros([n, m])}, {zeros(broken([m, 2], 0.1))})',
                f'torch.sparse_coo_tensor(torch.tensor([[0, 1], [1, 0]]), torch.ones(2), ({n}, {m}))', f'torch.sparse_coo_tensor(torch.tensor([[0, 1], [1, 0]]), torch.ones(2), ({n}, {m})).to_dense()', f'torch.kron({zeros([n, m])}, {zeros([m])})',
                f'torch.gradient({zeros([n])})[0]', f'torch.vander(torch.arange({n}))', f'torch.spmm({zeros([n, m])}, {zeros([m, 3])})', f'torch.smm({zeros([n, m])}.to_sparse(), {zeros([m, 3])})')


def rarer_layers():
    n, c, h = sizes(3, 1, 4)
    size = rng.randint(4, 9)
    planes = zeros(broken([n, c, size, size], 0.05))
    hidden, inputs = rng.randint(2, 6), rng.randint(1, 5)
    projected = rng.randint(1, 7)
    steps, classes, target = rng.randint(2, 8), rng.randint(2, 6), rng.randint(1, 4)
    both = maybe(0.4)
    layers = pick(1, 2)
    return pick(f'nn.FractionalMaxPool2d({pick(2, 3, (2, 3))}, output_size={pick(2, (3, 2))})({planes})', f'nn.FractionalMaxPool2d(2, output_ratio={pick(0.5, (0.6, 0.7))})({planes})',
                f'F.fractional_max_pool2d({planes}, 2, output_size=3)', f'nn.FractionalMaxPool3d(2, output_size=2)({zeros([n, c, size, size, size])})',
                f'nn.LSTM({inputs}, {hidden}, {layers}, proj_size={projected}{options(batch_first=True) if maybe() else ""}{options(bidirectional=True) if both else ""})({zeros(broken([3, 2, inputs], 0.1))})[0]',
                f'nn.LSTM({inputs}, {hidden}, {layers}, proj_size={projected}{options(bidirectional=True) if both else ""})({zeros([3, 2, inputs])})[1][{pick(0, 1)}]',
                f'nn.CTCLoss({pick("", "blank=0", "reduction=" + repr("none"), "zero_infinity=True")})({zeros([steps, n, classes])}.log_softmax(2), torch.ones({n}, {target}, dtype=torch.long), torch.full(({n},), {steps}), torch.full(({n},), {target}))',
                f'F.ctc_loss({zeros([steps, n, classes])}.log_softmax(2), torch.ones({n * target}, dtype=torch.long), torch.full(({n},), {steps}), torch.full(({n},), {target}))',
                f'nn.MaxUnpool2d(2)(*nn.MaxPool2d(2, return_indices=True)({zeros([n, c, size, size])}))', f'nn.MaxUnpool1d({pick(2, 3)})(*nn.MaxPool1d(2, return_indices=True)({zeros([n, c, size])}))',
                f'nn.MaxUnpool2d(2)(*nn.MaxPool2d(2, return_indices=True)({zeros([n, c, size, size])}), output_size=({size}, {size}))', f'nn.MaxUnpool3d(2)(*nn.MaxPool3d(2, return_indices=True)({zeros([n, c, 4, size, size])}))',
                f'nn.LPPool2d({pick(1, 2)}, {pick(2, 3)}{some(stride=[1, 2], ceil_mode=[True])})({planes})', f'nn.LPPool1d(2, {pick(2, 3)})({zeros([n, c, size])})', f'nn.Fold(({size}, {size}), 2)({zeros(broken([n, c * 4, (size - 1) ** 2], 0.1))})',
                f'nn.Unfold({pick(2, 3)}{some(stride=[2], padding=[1], dilation=[2])})({planes})', f'nn.Softmax2d()({planes})', f'nn.LocalResponseNorm({pick(1, 2, 5)})({planes})', f'nn.CrossMapLRN2d({pick(1, 3)})({zeros([n, c, size, size])})',
                f'nn.AdaptiveLogSoftmaxWithLoss({inputs}, 12, [4, 8])({zeros([n, inputs])}, torch.zeros({n}, dtype=torch.long)).output', f'nn.AdaptiveLogSoftmaxWithLoss({inputs}, 12, [4, 8]).log_prob({zeros([n, inputs])})',
                f'nn.Bilinear({inputs}, {hidden}, 3)({zeros([n, inputs])}, {zeros(broken([n, hidden], 0.2))})', f'nn.PixelUnshuffle({pick(2, 3)})({planes})', f'nn.ChannelShuffle({pick(1, 2)})({planes})', f'nn.ZeroPad2d({pick(1, (1, 2, 0, 1), -1)})({planes})',
                f'nn.CircularPad{pick(1, 2)}d({pick(1, 2)})({planes})', f'nn.ReflectionPad3d(1)({zeros([n, c, 3, 3, 3])})', f'nn.LazyLinear({hidden})({zeros([n, inputs])})', f'nn.LazyConv2d({hidden}, 3)({planes})', f'nn.LazyBatchNorm2d()({zeros([2, c, 3, 3])})',
                f'nn.MultiheadAttention({hidden * 2}, 2{some(batch_first=[True], kdim=[3], vdim=[3], bias=[False], add_zero_attn=[True])})(torch.zeros(3, 2, {hidden * 2}), torch.zeros(4, 2, {pick(hidden * 2, 3)}), torch.zeros(4, 2, {pick(hidden * 2, 3)}))[{pick(0, 1)}]',
                f'nn.TripletMarginWithDistanceLoss()({zeros([n, c])}, {zeros([n, c])}, {zeros(broken([n, c], 0.2))})', f'nn.MultiMarginLoss()({zeros([n, classes])}, torch.zeros({n}, dtype=torch.long))', f'nn.MultiLabelMarginLoss()({zeros([n, classes])}, torch.zeros({n}, {classes}, dtype=torch.long))',
                f'nn.MultiLabelSoftMarginLoss()({zeros([n, classes])}, {zeros(broken([n, classes], 0.2))})', f'nn.PoissonNLLLoss()({zeros([n, c])}, {zeros(broken([n, c], 0.2))})', f'nn.GaussianNLLLoss()({zeros([n, c])}, {zeros([n, c])}, torch.ones({n}, {pick(c, 1, c + 1)}))',
                f'nn.CosineEmbeddingLoss()({zeros([n, c])}, {zeros(broken([n, c], 0.2))}, torch.ones({n}))', f'nn.HingeEmbeddingLoss()({zeros([n, c])}, torch.ones({n}, {c}))', f'nn.MarginRankingLoss()({zeros([n])}, {zeros([n])}, torch.ones({pick(n, n + 1)}))', f'nn.SoftMarginLoss()({zeros([n, c])}, torch.ones({n}, {c}))')


def filling():
    shape = sizes(rng.randint(1, 4), 1, 5)
    name = pick('uniform_', 'normal_', 'constant_', 'ones_', 'zeros_', 'eye_', 'dirac_', 'xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', 'trunc_normal_', 'orthogonal_', 'sparse_')
    argument = {'constant_': ', 0.5', 'sparse_': ', 0.1', 'uniform_': pick('', ', -0.1, 0.1'), 'kaiming_normal_': pick('', ", mode='fan_out', nonlinearity='relu'", ", nonlinearity='leaky'"), 'xavier_uniform_': pick('', ", gain=nn.init.calculate_gain('tanh')", ", gain=nn.init.calculate_gain('swish')")}.get(name, '')
    return f'nn.init.{name}(torch.zeros({", ".join(map(str, shape))}){argument})'


def distribution():
    shape = sizes(rng.randint(1, 2), 1, 4)
    ones = f'torch.ones({", ".join(map(str, shape))})'
    drawn = f'({", ".join(map(str, sizes(rng.randint(1, 2), 1, 3)))},)'
    made = pick(f'Normal({ones}, 1.0)', f'Normal(0.0, {ones})', f'Uniform({ones} * 0, {ones})', f'Beta({ones}, {ones})', f'Gamma({ones}, {ones})', f'Exponential({ones})', f'Laplace({ones}, {ones})', f'LogNormal({ones}, {ones})', f'Poisson({ones})',
                f'Bernoulli({ones} * 0.5)', f'Bernoulli(logits={ones})', f'Categorical({ones})', f'Categorical(logits={ones})', f'OneHotCategorical({ones})', f'Dirichlet({ones})', f'Independent(torch.distributions.Normal({ones}, {ones}), 1)',
                f'MultivariateNormal({ones}, torch.eye({shape[-1]}))', f'StudentT({ones})', f'Cauchy({ones}, {ones})', f'HalfNormal({ones})', f'Geometric({ones} * 0.5)', f'Gumbel({ones}, {ones})', f'RelaxedOneHotCategorical(torch.tensor(1.0), {ones})')
    d = f'torch.distributions.{made}'
    return pick(f'{d}.sample()', f'{d}.sample({drawn})', f'{d}.log_prob({d}.sample())', f'{d}.log_prob({d}.sample({drawn}))', f'{d}.entropy()' if not any(name in made for name in ('Poisson', 'Relaxed')) else f'{d}.mean', f'{d}.mean' if 'Cauchy' not in made and made[:11] != 'Categorical' and 'Relaxed' not in made else f'{d}.sample()',
                f'{d}.rsample()', f'torch.distributions.kl_divergence({d}, {d})' if made[:6] in ('Normal', 'Catego', 'Bernou', 'Multiv', 'Beta(t', 'Gamma(', 'Dirich') else f'{d}.sample()', f'torch.zeros({d}.batch_shape)')


WIDE = [(fourier, 220), (complex_numbers, 260), (decomposition, 220), (rarer, 330), (rarer_layers, 330), (filling, 120), (distribution, 220)]

if __name__ == '__main__':
    write(os.path.join(sys.argv[1], 'wide.json'), WIDE)
