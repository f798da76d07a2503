from keras.src.dtype_policies import DTypePolicy, Policy, dtype_policy, global_policy, set_dtype_policy, set_global_policy
from keras.src.optimizers import LossScaleOptimizer
