"""TensorFlow's element types, by their names."""
float16 = half = 'float16'
bfloat16 = 'bfloat16'
float32 = 'float32'
float64 = double = 'float64'
int8, int16, int32, int64 = 'int8', 'int16', 'int32', 'int64'
uint8, uint16, uint32, uint64 = 'uint8', 'uint16', 'uint32', 'uint64'
bool = 'bool'
string = 'string'
complex64, complex128 = 'complex64', 'complex128'


def as_dtype(dtype):
    from keras.src.backend.dtypes import standardize_dtype
    return standardize_dtype(dtype)
