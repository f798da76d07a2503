from tensorflow.compat import v1
