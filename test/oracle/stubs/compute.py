"""Computes ONNX operators for layerscope.py: requests come on standard input, answers go to standard output."""
import os
import pickle
import struct
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

onnxruntime.set_default_logger_severity(4)
random = np.random.default_rng(0)
arrays = {}
sessions = {}


def keep(array):
    handle = len(arrays)
    arrays[handle] = np.asarray(array)
    return handle, arrays[handle].dtype.name, arrays[handle].shape


def literal(value, dtype):
    array = np.array(value)
    nested = isinstance(value, list)
    if array.dtype.kind in 'iu' and not nested and dtype:
        return array.astype(dtype)
    if array.dtype.kind == 'f' and dtype:
        return array.astype(dtype if np.dtype(dtype).kind == 'f' else 'float32')
    if array.size == 0 and nested:
        return array.astype('int64')
    return array


def attribute(value):
    return numpy_helper.from_array(value) if isinstance(value, np.ndarray) else value


def run(type, inputs, attributes, outputs):
    attributes = {name: arrays[value[1]] if isinstance(value, tuple) and value[:1] == ('handle',) else value for name, value in attributes.items()}
    values = [None if item is None else arrays[item[1]] if item[0] == 'handle' else literal(item[1], item[2]) for item in inputs]
    key = (type, outputs, tuple(None if v is None else (v.dtype.str, v.shape if type == "Resize" else v.ndim) for v in values), repr(sorted(attributes.items())))
    if key not in sessions:
        names = ['' if v is None else f'i{index}' for index, v in enumerate(values)]
        node = helper.make_node(type, names, [f'o{index}' for index in range(outputs)], **{k: attribute(v) for k, v in attributes.items()})
        graph = helper.make_graph([node], 'one', [
            helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape if type == "Resize" else [None] * v.ndim) for name, v in zip(names, values) if v is not None],
            [helper.make_empty_tensor_value_info(f'o{index}') for index in range(outputs)])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 21)], ir_version=10)
        try:
            model = onnx.shape_inference.infer_shapes(model)
            sessions[key] = (onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider']), names)
        except onnxruntime.capi.onnxruntime_pybind11_state.NotImplemented:
            from onnx.reference import ReferenceEvaluator
            sessions[key] = (ReferenceEvaluator(model), names)
    session, names = sessions[key]
    return [keep(array) for array in session.run(None, {name: v for name, v in zip(names, values) if v is not None})]


def fill(shape, dtype, rule):
    if isinstance(rule, (int, float)):
        array = np.full(shape, rule)
    elif np.dtype(dtype).kind in 'iub':
        array = random.integers(0, 2, shape)
    elif isinstance(rule, tuple) and rule[0] == 'uniform':
        array = random.uniform(rule[1], rule[2], shape)
    else:
        array = random.normal(0, 0.3, shape)
    return keep(array.astype(dtype))


def constant(value, dtype):
    array = np.array(value)
    if dtype is None and array.dtype == np.float64:
        dtype = 'float32'
    return keep(array.astype(dtype) if dtype else array)


def array_bytes(handle):
    return arrays[handle].dtype.name, arrays[handle].shape, arrays[handle].tobytes()


def put(dtype, shape, raw):
    return keep(np.frombuffer(raw, dtype).reshape(shape))[0]


actions = {'run': run, 'fill': fill, 'constant': constant, 'elements': lambda handle: arrays[handle].tolist(), 'bytes': array_bytes, 'put': put}
source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), 'wb')
while header := source.read(8):
    action, *arguments = pickle.loads(source.read(struct.unpack('<q', header)[0]))
    try:
        answer = (False, actions[action](*arguments))
    except Exception as error:
        answer = (True, f'{arguments[0] if action == "run" else action}: {error}')
    body = pickle.dumps(answer)
    sink.write(struct.pack('<q', len(body)) + body)
    sink.flush()
