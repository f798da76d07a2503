from keras.src.dtype_policies import DTypePolicy, deserialize, get, serialize
