import layerscope
import numpy


class PCA:
    def __init__(self, n_components=None, **kwargs):
        self.n_components = n_components

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return layerscope.data((numpy.asarray(X).shape[0], self.n_components if isinstance(self.n_components, int) else layerscope.symbol('components')), 'float64', 'components', like=numpy.ndarray)

    def fit_transform(self, X, y=None):
        return self.transform(X)


TruncatedSVD = FastICA = NMF = KernelPCA = PCA
