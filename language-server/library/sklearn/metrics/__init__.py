"""sklearn.metrics: scores are not known; lengths and kinds of labels are checked."""
import layerscope

from sklearn._checks import array_of, check_lengths, is_shaped, made_here, type_of_target


def _score(y_true, y_pred, **kwargs):
    check_lengths(array_of(y_true), array_of(y_pred))
    return layerscope.unknown('a score', float)


def _compare(y_true, y_pred):
    """Scores of classes want labels of one kind: not probabilities or one-hot rows against class numbers."""
    a, b = array_of(y_true), array_of(y_pred)
    check_lengths(a, b)
    kinds = type_of_target(a), type_of_target(b)
    columns = _columns(a), _columns(b)
    if None not in columns and (columns[0] == 1) != (columns[1] == 1):
        # whatever the values are
        kinds = tuple([kind or ('multiclass' if count == 1 else 'multilabel-indicator or continuous-multioutput') for kind, count in zip(kinds, columns)])
    if None not in kinds and kinds[0] != kinds[1]:
        raise made_here(ValueError(f"Classification metrics can't handle a mix of {kinds[0]} and {kinds[1]} targets{_advice(kinds)}"), a, b)
    if kinds[0] == kinds[1] and kinds[0] in ('continuous', 'continuous-multioutput'):
        raise made_here(ValueError(f"{kinds[0]} is not supported: this score compares classes, and these are numbers with fractions"), a, b)
    return a


def _columns(array):
    """How many; None where it is not known."""
    if not is_shaped(array) or len(array.shape) not in (1, 2):
        return None
    size = array.shape[1] if len(array.shape) == 2 else 1
    return size if layerscope.is_known(size) else None


def _advice(kinds):
    if any([kind.startswith('multilabel-indicator') for kind in kinds]):
        return ': take argmax(axis=1) of the one-hot rows'
    if 'continuous-multioutput' in kinds:
        return ': take argmax(axis=1) of the probabilities'
    return ': round the numbers to classes, or take a score for regression' if 'continuous' in kinds else ''


def accuracy_score(y_true, y_pred, *, normalize=True, sample_weight=None):
    _compare(y_true, y_pred)
    return layerscope.unknown('a score', float)


def precision_score(y_true, y_pred, *, average='binary', pos_label=1, **kwargs):
    _compare(y_true, y_pred)
    if average == 'binary' and layerscope.is_known(average):
        for array in (array_of(y_true), array_of(y_pred)):
            between = layerscope.range_of(array) if is_shaped(array) and len(array.shape) == 1 and array._type is not None and 'int' in array._type else None
            if between is not None and between[2] and between[0] <= 0 and between[1] >= 2 and pos_label == 1:
                raise made_here(ValueError(f"Target is multiclass but average='binary'. The labels go from {int(between[0])} to {int(between[1])}: choose another average, one of [None, 'micro', 'macro', 'weighted']."), array)
    return layerscope.unknown('a score')


f1_score = recall_score = fbeta_score = jaccard_score = precision_score


def balanced_accuracy_score(y_true, y_pred, **kwargs):
    _compare(y_true, y_pred)
    return layerscope.unknown('a score')


cohen_kappa_score = matthews_corrcoef = hamming_loss = balanced_accuracy_score


def classification_report(y_true, y_pred, **kwargs):
    _compare(y_true, y_pred)
    return layerscope.unknown('a report')


def confusion_matrix(y_true, y_pred, *, labels=None, **kwargs):
    a = _compare(y_true, y_pred)
    if is_shaped(a) and type_of_target(a) == 'multilabel-indicator':
        raise made_here(ValueError("multilabel-indicator is not supported: a confusion matrix wants class numbers, and these are one-hot rows"), a)
    import numpy
    size = len(labels) if isinstance(labels, (list, tuple)) else layerscope.symbol('classes')
    return layerscope.data((size, size), None, 'a confusion matrix', like=numpy.ndarray)


mean_squared_error = mean_absolute_error = r2_score = root_mean_squared_error = mean_squared_log_error = explained_variance_score = median_absolute_error = max_error = _score
mean_absolute_percentage_error = average_precision_score = log_loss = _score


def roc_auc_score(y_true, y_score, *, average='macro', sample_weight=None, max_fpr=None, multi_class='raise', labels=None):
    a, b = array_of(y_true), array_of(y_score)
    check_lengths(a, b)
    if multi_class == 'raise' and is_shaped(a) and is_shaped(b) and len(a.shape) == 1 and len(b.shape) == 2:
        columns = b.shape[1]
        if getattr(b, '_probabilities', False) or layerscope.is_known(columns) and columns > 1:
            raise made_here(ValueError(f"y should be a 1d array, got an array of shape {tuple(b.shape)} instead: for two classes give the scores of the second one, y_score[:, 1]; for more say multi_class='ovr'"), b)
    return layerscope.unknown('a score', float)


def roc_curve(y_true, y_score, **kwargs):
    _score(y_true, y_score)
    return layerscope.unknown('a curve'), layerscope.unknown('a curve'), layerscope.unknown('thresholds')


precision_recall_curve = roc_curve


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('sklearn.metrics.' + name)
