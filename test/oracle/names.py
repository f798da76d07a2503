"""Writes language-server/library/names.json: every public name of the frameworks' modules and main classes, so that a name that a stub
does not have can be told from one that the framework does not have either.

Run with a Python that has torch, keras, numpy, scikit-learn, scipy and pandas (KERAS_BACKEND=torch)."""
import importlib
import json
import os
import pathlib
import sys

os.environ.setdefault('KERAS_BACKEND', 'torch')

import keras
import numpy
import pandas
import scipy.sparse
import sklearn
import torch

MODULES = """
torch torch.nn torch.nn.functional torch.nn.init torch.nn.modules torch.nn.utils torch.nn.parallel torch.nn.attention torch.optim torch.optim.lr_scheduler torch.utils
torch.utils.data torch.cuda torch.cuda.amp torch.amp torch.backends torch.autograd torch.jit torch.fx torch.linalg torch.fft torch.special torch.distributed torch.distributions torch.func
torch.nn.utils.rnn torch.sparse math random copy itertools functools time json
""".split()

# What other versions have, earlier and later.
EARLIER = {
    'math': 'cbrt exp2 sumprod fma integer', 'random': 'binomialvariate getstate', 'copy': 'replace PyStringMap', 'itertools': 'pairwise batched', 'functools': 'Placeholder cache cached_property',
    'time': 'clock clock_gettime_ns pthread_getcpuclockid', 'json': 'detect_encoding',
    'torch:LRScheduler': 'verbose print_lr T_max T_0 T_mult T_i T_cur eta_min gamma step_size milestones lr_lambdas factor total_iters start_factor end_factor power mode patience threshold threshold_mode '
                         'cooldown cooldown_counter min_lrs eps best num_bad_epochs is_better in_cooldown mode_worse default_min_lr total_steps max_lrs base_momentums max_momentums cycle_momentum scale_fn '
                         'total_size step_ratio use_beta1 scale_mode step_size_up step_size_down last_epoch',
    'torch': 'symeig eig lstsq solve matrix_rank rfft irfft gels btrifact btrisolve potrf potri potrs trtrs pstrf gesv qr svd cholesky triangular_solve accelerator classes',
    'torch.nn.functional': 'upsample tanh sigmoid softmin nll_loss2d',
    'torch.nn': 'Container DataParallelCriterion',
    'keras:Layer': 'inbound_nodes outbound_nodes add_update add_metric add_loss get_updates_for get_losses_for updates stateful input_mask output_mask get_input_shape_at get_output_shape_at '
                   'get_input_at get_output_at get_input_mask_at get_output_mask_at uses_learning_phase trainable_weights non_trainable_weights set_weights get_weights dynamic inbound_nodes '
                   'submodules with_name_scope name_scope finalize_state activity_regularizer input_dtype',
    'keras:Model': 'predict_classes predict_proba fit_generator evaluate_generator predict_generator state_updates run_eagerly distribute_strategy distribute_reduction_method metrics_names '
                   'compiled_loss compiled_metrics optimizer loss history stop_training input_names output_names total_loss targets sample_weights metrics_tensors validation_data '
                   'make_train_function make_test_function make_predict_function save_spec train_function test_function predict_function reset_states inputs outputs input_spec layers losses '
                   'add_loss add_metric add_update load_weights save_weights to_yaml to_json',
}
EARLIER['numpy'] = (
    'int float bool object str complex long unicode float_ int_ complex_ unicode_ string_ bool8 int0 uint0 object0 str0 bytes0 void0 longfloat longcomplex clongfloat cfloat singlecomplex product cumproduct '
    'alltrue sometrue in1d row_stack trapz msort asfarray Inf NaN NAN Infinity PINF NINF PZERO NZERO infty mat asscalar rank find_common_type round_ alen loads fv pv pmt ppmt ipmt nper npv irr mirr rate cast '
    'nbytes sctypes sctypeDict sctype2char typeDict typeNA sctypeNA typecodes maximum_sctype obj2sctype issctype issubclass_ issubsctype disp who source lookfor safe_eval deprecate deprecate_with_doc byte_bounds '
    'compare_chararrays fastCopyAndTranspose add_newdoc add_docstring add_newdoc_ufunc recfromcsv recfromtxt mafromtxt ndfromtxt set_string_function set_numeric_ops geterrobj seterrobj tracemalloc_domain compat '
    'core lib math distutils oldnumeric numarray testing test Tester ModuleDeprecationWarning VisibleDeprecationWarning ComplexWarning RankWarning TooHardError AxisError DataSource chararray char rec polynomial '
    'f2py dual version emath ctypeslib matlib random fft linalg ma strings exceptions dtypes typing nested_iters trapezoid vecdot matvec vecmat unstack cumulative_sum cumulative_prod astype isdtype bitwise_count')
EARLIER['numpy:ndarray'] = 'tostring itemset newbyteorder ptp device mT to_device'
EARLIER['keras:KerasTensor'] = 'name get_shape set_shape numpy op graph device ref eval type_spec is_tensor_like node rank'
EARLIER['keras:Model'] += ' ' + EARLIER['keras:Layer']
EARLIER['keras:Sequential'] = EARLIER['keras:Model'] + ' add pop model legacy_get_config'

# A metric was a layer in Keras 2. Callbacks are left open: what their methods set during a training is not seen.
EARLIER['keras:Metric'] = EARLIER['keras:Layer'] + ' ' + ' '.join(name for name in dir(keras.layers.Layer()) if not name.startswith('_')) + ' count total reset_states merge_state aggregate'
EARLIER['keras:Loss'] = 'fn call name reduction get_config from_config dtype'
EARLIER['keras:PyDataset'] = 'on_epoch_end on_epoch_begin num_batches workers use_multiprocessing max_queue_size'

model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile(loss='mse')
model.fit(numpy.zeros((2, 2)), numpy.zeros((2, 1)), verbose=0)
OBJECTS = {
    'torch:Tensor': [torch.Tensor, torch.zeros(1, requires_grad=True)], 'torch:Parameter': [torch.nn.Parameter, torch.nn.Parameter(torch.zeros(1))],
    'torch:Module': [torch.nn.Module, torch.nn.Module()], 'torch:Sequential': [torch.nn.Sequential()], 'torch:ModuleList': [torch.nn.ModuleList()],
    'torch:Optimizer': [torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))])], 'torch:LRScheduler': [torch.optim.lr_scheduler.StepLR(torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))]), 1)],
    'torch:Generator': [torch.Generator()], 'torch:device': [torch.device('cpu')], 'torch:dtype': [torch.float32], 'torch:Size': [torch.Size([1])],
    'torch:DataLoader': [torch.utils.data.DataLoader([1])], 'torch:TensorDataset': [torch.utils.data.TensorDataset()], 'torch:Subset': [torch.utils.data.Subset([1], [0])],
    'torch:ModuleDict': [torch.nn.ModuleDict()], 'torch:PackedSequence': [torch.nn.utils.rnn.pack_sequence([torch.zeros(1)])],
    'numpy': [numpy],
    # the stubs' arrays stand for numbers, matrices, sparse matrices, columns of tables and tensors too
    'numpy:ndarray': [numpy.zeros(2), numpy.float64(1), numpy.int64(1), numpy.bool_(1), numpy.str_(''), numpy.datetime64(0, 's'), numpy.matrix([1]), numpy.ma.array([1]), numpy.rec.array([1]),
                      scipy.sparse.csr_matrix([1]), scipy.sparse.csc_matrix([1]), scipy.sparse.coo_matrix([1]), scipy.sparse.lil_matrix([1]), pandas.Series([1]), pandas.DataFrame(), pandas.Index([1]),
                      pandas.Categorical([1]), torch.zeros(1), keras.KerasTensor],
    'keras:Metric': [keras.metrics.Metric(), keras.metrics.Mean()], 'keras:Loss': [keras.losses.Loss(), keras.losses.MeanSquaredError()], 'keras:PyDataset': [keras.utils.PyDataset()],
    'keras:Layer': [keras.layers.Layer()], 'keras:Model': [keras.Model(), model],
    'keras:Sequential': [keras.Sequential(), model], 'keras:KerasTensor': [keras.KerasTensor],
}


def names(*holders):
    found = set()
    for holder in holders:
        found.update(name for name in dir(holder) if not name.startswith('_'))
        found.update(name for name in getattr(holder, '__all__', ()) if not name.startswith('_'))
    return ' '.join(sorted(found))


table = {}
for name in MODULES:
    try:
        table[name] = names(importlib.import_module(name))
    except ImportError as error:
        print(f'{name}: {error}', file=sys.stderr)
# modules that are there once they are imported
for name in list(table):
    children = {other.split('.')[-1] for other in sys.modules if other.startswith(name + '.') and other.count('.') == name.count('.') + 1}
    table[name] = ' '.join(sorted(set(table[name].split()) | {child for child in children if not child.startswith('_')}))
for key, holders in OBJECTS.items():
    table[key] = names(*holders)
for key, earlier in EARLIER.items():
    table[key] = ' '.join(sorted(set(table[key].split()) | set(earlier.split())))
# Names come and go between versions of Keras, NumPy and scikit-learn: of these (`~`), only what is all but one of the names is told to be none.
NEARLY = {
    'numpy.random': [numpy.random], 'numpy.linalg': [numpy.linalg], 'numpy.fft': [numpy.fft], 'numpy:Generator': [numpy.random.default_rng()], 'keras:Tensor': [torch.zeros(1), keras.KerasTensor],
}
LISTED = 'activations applications backend callbacks config constraints datasets dtype_policies initializers layers losses metrics models ops optimizers preprocessing random regularizers saving tree utils'
NEARLY['keras'] = [keras]
for name in LISTED.split():
    NEARLY[f'keras.{name}'] = [importlib.import_module(f'keras.{name}')]
estimators = []
for name in ('cluster datasets decomposition discriminant_analysis ensemble feature_extraction feature_selection impute linear_model manifold metrics mixture model_selection naive_bayes neighbors '
             'neural_network pipeline preprocessing svm tree').split():
    module = importlib.import_module(f'sklearn.{name}')
    NEARLY[f'sklearn.{name}'] = [module]
    estimators.extend(value for each, value in vars(module).items() if each in module.__all__ and isinstance(value, type))
NEARLY['sklearn:'] = estimators
parts = [value for name in ('layers', 'losses', 'metrics', 'optimizers', 'callbacks', 'initializers', 'regularizers', 'models') for value in vars(importlib.import_module(f'keras.{name}')).values() if isinstance(value, type)]
inputs = keras.Input((8, 4))
for layer in (keras.layers.Dense(2), keras.layers.Conv1D(2, 3), keras.layers.LSTM(2), keras.layers.BatchNormalization(), keras.layers.MultiHeadAttention(2, 2)):
    layer(inputs, inputs) if isinstance(layer, keras.layers.MultiHeadAttention) else layer(inputs)
    parts.append(layer)
NEARLY['keras:'] = [*parts, model, keras.callbacks.History(), keras.callbacks.EarlyStopping(), keras.optimizers.Adam()]
FORMER = {
    'keras:': 'history epoch model params validation_data kernel bias gamma beta moving_mean moving_variance embeddings cell forward_layer backward_layer lr learning_rate',
    'keras:Tensor': 'numpy get_shape set_shape op graph device ref eval consumers value_index experimental_ref is_tensor_like',
    'sklearn:': 'best_estimator_ feature_importances_ named_steps coef_ intercept_ explained_variance_ratio_ components_ cluster_centers_ labels_ inertia_ classes_ mean_ var_ scale_ min_ n_features_in_',
}
for key, holders in NEARLY.items():
    table[f'~{key}'] = ' '.join(sorted({*names(*holders).split(), *FORMER.get(key, '').split()}))
target = pathlib.Path(__file__).resolve().parents[2] / 'language-server' / 'library' / 'names.json'
target.write_text(json.dumps(table, indent=0) + '\n')
