"""The names of keras.ops."""
from keras.src.operations import image, linalg, nn
from keras.src.operations.core import (
    associative_scan, cast, cond, convert_to_numpy, convert_to_tensor, custom_gradient, dtype, fori_loop, is_tensor, map, name_scope, saturate_cast, scan,
    scatter, scatter_update, shape, slice_tensor, slice_update, stop_gradient, switch, unstack, vectorized_map, while_loop)
from keras.src.operations.linalg import cholesky, det, eig, eigh, inv, jvp, lstsq, lu_factor, norm, pinv, qr, slogdet, solve, solve_triangular, svd
from keras.src.operations.math import *
from keras.src.operations.nn import *
from keras.src.operations.numpy import *

slice = slice_tensor
