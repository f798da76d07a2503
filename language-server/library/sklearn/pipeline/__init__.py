"""sklearn.pipeline: transformers one after another, and an estimator at the end."""
import layerscope
import numpy

from sklearn._estimators import BaseEstimator, TransformerMixin


class Pipeline(BaseEstimator):
    def __init__(self, steps, *, transform_input=None, memory=None, verbose=False):
        self.steps = steps
        self.memory = memory

    def _parts(self):
        """The transformers in order, and the last step."""
        if not layerscope.is_known(self.steps) or not isinstance(self.steps, (list, tuple)):
            return None
        made = []
        for step in self.steps:
            if layerscope.is_unknown(step) or not isinstance(step, (list, tuple)) or layerscope.is_unknown(step[1]):
                return None
            made.append(step[1])
        for step in made[:-1]:
            if step is not None and not isinstance(step, str) and not hasattr(step, 'transform'):
                raise TypeError(f"All intermediate steps should be transformers and implement fit and transform or be the string 'passthrough' "
                                f"'{step.__class__.__name__}' (type {step.__class__}) doesn't")
        return [step for step in made[:-1] if step is not None and not isinstance(step, str)], made[-1]

    @property
    def named_steps(self):
        return dict(self.steps)

    def __getitem__(self, key):
        if isinstance(key, str):
            return dict(self.steps)[key]
        if isinstance(key, slice):
            return Pipeline(self.steps[key])
        return self.steps[key][1]

    def __len__(self):
        return len(self.steps)

    def fit(self, X, y=None, **params):
        parts = self._parts()
        if parts is not None:
            for step in parts[0]:
                X = step.fit_transform(X, y) if y is not None else step.fit_transform(X)
            if parts[1] is not None and not isinstance(parts[1], str):
                if y is None:
                    parts[1].fit(X)
                else:
                    parts[1].fit(X, y)
        return self

    def _ask(self, method, X, *args):
        parts = self._parts()
        if parts is None:
            return layerscope.unknown('what a pipeline answers')
        for step in parts[0]:
            X = step.transform(X)
        if parts[1] is None or isinstance(parts[1], str):
            return X
        return getattr(parts[1], method)(X, *args)

    def fit_transform(self, X, y=None, **params):
        self.fit(X, y)
        return self._ask('transform', X)

    def fit_predict(self, X, y=None, **params):
        return self.fit(X, y)._ask('predict', X)

    def predict(self, X, **params):
        return self._ask('predict', X)

    def predict_proba(self, X, **params):
        return self._ask('predict_proba', X)

    def decision_function(self, X, **params):
        return self._ask('decision_function', X)

    def transform(self, X, **params):
        return self._ask('transform', X)

    def inverse_transform(self, X, **params):
        return layerscope.data(None, None, 'data transformed back', like=numpy.ndarray)

    def score(self, X, y=None, sample_weight=None, **params):
        return self._ask('score', X, y)


def make_pipeline(*steps, memory=None, transform_input=None, verbose=False):
    return Pipeline([(step.__class__.__name__.lower() + ('' if index == 0 else f'-{index}'), step) for index, step in enumerate(steps)])


class FeatureUnion(TransformerMixin, BaseEstimator):
    def __init__(self, transformer_list, *, n_jobs=None, transformer_weights=None, verbose=False):
        self.transformer_list = transformer_list

    def fit(self, X, y=None, **params):
        return self

    def transform(self, X):
        return layerscope.data(None, None, 'the features of several transformers', like=numpy.ndarray)


def make_union(*transformers, **kwargs):
    return FeatureUnion(transformers)
