"""Small ONNX files, each with one thing that not every reader takes, and what ONNX Runtime answers: test/golden/onnx-features.json.

Usage: onnx_features.py OUT.json (a Python with onnx, onnxruntime and numpy). Where ONNX Runtime saturates on some processors (products of
bytes), the reference evaluator answers instead.
"""
import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto as T, helper as h, numpy_helper as nh
from onnx.reference import ReferenceEvaluator

rng = np.random.default_rng(0)
cases = []


def tensors(values):
    return {name: {'dtype': str(value.dtype), 'shape': list(value.shape), 'data': [float(v) for v in value.ravel()]} for name, value in values.items()}


def save(name, graph, opset=21, ir=10, feeds=None, functions=None, domains=(), refused=None, exact=False):
    model = h.make_model(graph, opset_imports=[h.make_opsetid('', opset), *[h.make_opsetid(d, v) for d, v in domains]], ir_version=ir, functions=functions or [])
    case = {'name': name, 'model': base64.b64encode(model.SerializeToString()).decode()}
    if refused:
        case['refused'] = refused
    else:
        if exact:
            outputs = dict(zip([o.name for o in graph.output], ReferenceEvaluator(model).run(None, feeds)))
        else:
            session = ort.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider'])
            outputs = dict(zip([o.name for o in session.get_outputs()], session.run(None, feeds)))
        case['inputs'] = tensors(feeds)
        case['outputs'] = tensors(outputs)
    cases.append(case)


f = lambda *s: rng.standard_normal(s).astype(np.float32)
I = lambda n, t, s: h.make_tensor_value_info(n, t, s)
x = f(2, 8)
# QDQ opset 21 with int4, blocked, uint8 conv
q = [h.make_node('QuantizeLinear', ['x','sx','zx'], ['xq']), h.make_node('DequantizeLinear', ['xq','sx','zx'], ['xd']),
     h.make_node('DequantizeLinear', ['wq','sw','zw'], ['wd'], axis=1), h.make_node('MatMul', ['xd','wd'], ['m']),
     h.make_node('QuantizeLinear', ['m','sy','zy'], ['mq']), h.make_node('DequantizeLinear', ['mq','sy','zy'], ['y'])]
inits = [nh.from_array(np.float32(.05),'sx'), nh.from_array(np.uint8(128),'zx'), nh.from_array(rng.integers(-127,127,(8,4)).astype(np.int8),'wq'), nh.from_array((rng.random(4)*.1).astype(np.float32),'sw'), nh.from_array(np.zeros(4,np.int8),'zw'), nh.from_array(np.float32(.2),'sy'), nh.from_array(np.int8(3),'zy')]
save('qdq', h.make_graph(q,'g',[I('x',1,['N',8])],[I('y',1,['N',4])],inits), feeds={'x': x})
w4 = h.make_tensor('w4', T.INT4, [8,4], rng.integers(-8,8,32).tolist())
save('int4', h.make_graph([h.make_node('DequantizeLinear',['w4','s4'],['wd'],axis=0,block_size=4), h.make_node('MatMul',['x','wd'],['y'])],'g',[I('x',1,[2,8])],[I('y',1,[2,4])],[w4, nh.from_array((rng.random((2,4))*.1).astype(np.float32),'s4')]), feeds={'x': x})
# dynamic quantisation
save('dynq',  h.make_graph([h.make_node('DynamicQuantizeLinear',['x'],['xq','xs','xz']), h.make_node('MatMulInteger',['xq','wq','xz'],['mi']), h.make_node('Cast',['mi'],['mf'],to=1), h.make_node('Mul',['mf','xs'],['ms']), h.make_node('Mul',['ms','sw'],['y'])],'g',[I('x',1,['N',8])],[I('y',1,['N',4])],[nh.from_array(rng.integers(-127,127,(8,4)).astype(np.int8),'wq'), nh.from_array(np.float32(.02),'sw')]), feeds={'x': x}, exact=True)
# If
then = h.make_graph([h.make_node('Add',['x','one'],['t'])],'then',[],[I('t',1,['N',8])])
els = h.make_graph([h.make_node('Mul',['x','two'],['e'])],'else',[],[I('e',1,['N',8])])
save('if', h.make_graph([h.make_node('ReduceSum',['x'],['s'],keepdims=0), h.make_node('Greater',['s','zero'],['c']), h.make_node('If',['c'],['y'],then_branch=then,else_branch=els)],'g',[I('x',1,['N',8])],[I('y',1,None)],[nh.from_array(np.float32(1),'one'),nh.from_array(np.float32(2),'two'),nh.from_array(np.float32(0),'zero')]), opset=17, ir=8, refused='runs a graph of its own, which is not followed')
# Loop with scan output
body = h.make_graph([h.make_node('Add',['acc','x'],['acc2']), h.make_node('Identity',['cond'],['cond2']), h.make_node('ReduceSum',['acc2'],['scan'],keepdims=0)],'body',[I('i',T.INT64,[]),I('cond',T.BOOL,[]),I('acc',1,['N',8])],[I('cond2',T.BOOL,[]),I('acc2',1,['N',8]),I('scan',1,[])])
save('loop', h.make_graph([h.make_node('Loop',['n','yes','x'],['y','sums'],body=body)],'g',[I('x',1,['N',8])],[I('y',1,['N',8]),I('sums',1,['K'])],[nh.from_array(np.int64(4),'n'),nh.from_array(np.array(True),'yes')]), opset=17, ir=8, refused='runs a graph of its own, which is not followed')
# Scan
sb = h.make_graph([h.make_node('Add',['s','xi'],['s2']), h.make_node('Identity',['s2'],['o'])],'sb',[I('s',1,[8]),I('xi',1,[8])],[I('s2',1,[8]),I('o',1,[8])])
save('scan', h.make_graph([h.make_node('Scan',['z','x'],['f','ys'],body=sb,num_scan_inputs=1)],'g',[I('x',1,['N',8])],[I('f',1,[8]),I('ys',1,['N',8])],[nh.from_array(np.zeros(8,np.float32),'z')]), opset=17, ir=8, refused='runs a graph of its own, which is not followed')
# float16 weights with cast; float16 whole
save('f16cast', h.make_graph([h.make_node('Cast',['w16'],['w'],to=1), h.make_node('MatMul',['x','w'],['y'])],'g',[I('x',1,['N',8])],[I('y',1,['N',4])],[nh.from_array(f(8,4).astype(np.float16),'w16')]), feeds={'x': x})
save('f16', h.make_graph([h.make_node('MatMul',['x','w'],['m']), h.make_node('Relu',['m'],['y'])],'g',[I('x',T.FLOAT16,['N',8])],[I('y',T.FLOAT16,['N',4])],[nh.from_array(f(8,4).astype(np.float16),'w')]), feeds={'x': x.astype(np.float16)})
wb = f(8,4); bf = (wb.view(np.uint32) >> 16).astype(np.uint16)
tb = T.BFLOAT16
t = onnx.TensorProto(); t.name='wb'; t.data_type=T.BFLOAT16; t.dims.extend([8,4]); t.raw_data = bf.tobytes()
save('bf16', h.make_graph([h.make_node('Cast',['wb'],['w'],to=1), h.make_node('MatMul',['x','w'],['y'])],'g',[I('x',1,['N',8])],[I('y',1,['N',4])],[t]), feeds={'x': x})
t2 = onnx.TensorProto(); t2.name='w8'; t2.data_type=T.FLOAT8E4M3FN; t2.dims.extend([8,4]); t2.raw_data = rng.integers(0,100,32).astype(np.uint8).tobytes()
save('f8', h.make_graph([h.make_node('Cast',['w8'],['w'],to=1), h.make_node('MatMul',['x','w'],['y'])],'g',[I('x',1,['N',8])],[I('y',1,['N',4])],[t2]), refused='the tensor w8 has the element type float8e4m3fn')
# dynamic dims with Shape/Gather/Concat/Reshape
save('dyn', h.make_graph([h.make_node('Shape',['x'],['sh']), h.make_node('Gather',['sh','i0'],['b'],axis=0), h.make_node('Unsqueeze',['b','ax'],['bu']), h.make_node('Concat',['bu','rest'],['ns'],axis=0), h.make_node('Reshape',['x','ns'],['y'])],'g',[I('x',1,['batch','seq',4])],[I('y',1,None)],[nh.from_array(np.int64(0),'i0'),nh.from_array(np.array([0]),'ax'),nh.from_array(np.array([-1,2]),'rest')]), feeds={'x': f(3,5,4)})
# strings
# local function
fn = h.make_function('my','Silu',['a'],['r'],[h.make_node('Sigmoid',['a'],['s']),h.make_node('Mul',['a','s'],['r'])],[h.make_opsetid('',17)])
save('func', h.make_graph([h.make_node('Silu',['x'],['y'],domain='my')],'g',[I('x',1,['N',8])],[I('y',1,['N',8])]), opset=17, ir=8, functions=[fn], domains=[('my',1)], feeds={'x': x})
# contrib
save('contrib', h.make_graph([h.make_node('FusedMatMul',['x','w'],['y'],domain='com.microsoft',alpha=.5)],'g',[I('x',1,['N',8])],[I('y',1,['N',4])],[nh.from_array(f(8,4),'w')]), opset=17, ir=8, domains=[('com.microsoft',1)], feeds={'x': x})
save('custom', h.make_graph([h.make_node('Frobnicate',['x'],['y'],domain='acme.ops')],'g',[I('x',1,['N',8])],[I('y',1,['N',4])]), opset=17, ir=8, domains=[('acme.ops', 1)], refused='acme.ops:Frobnicate')
# sparse init, old opset, initializer also as input, sequence
save('old', h.make_graph([h.make_node('Conv',['x','w'],['c'],kernel_shape=[3,3]), h.make_node('Upsample',['c','sc'],['u'],mode='nearest'), h.make_node('Clip',['u'],['y'],min=0.,max=1.)],'g',[I('x',1,[1,2,5,5]),I('w',1,[3,2,3,3])],[I('y',1,[1,3,6,6])],[nh.from_array(f(3,2,3,3),'w'),nh.from_array(np.array([1,1,2,2],np.float32),'sc')]), opset=9, ir=4, feeds={'x': f(1,2,5,5)})
save('seq', h.make_graph([h.make_node('SplitToSequence',['x'],['sq'],axis=1), h.make_node('SequenceAt',['sq','i'],['a']), h.make_node('ConcatFromSequence',['sq'],['y'],axis=0)],'g',[I('x',1,[2,8])],[I('y',1,None),I('a',1,None)],[nh.from_array(np.int64(2),'i')]), opset=17, ir=8, feeds={'x': x})
save('opt', h.make_graph([h.make_node('Optional',['x'],['o']), h.make_node('OptionalGetElement',['o'],['y'])],'g',[I('x',1,[2,8])],[I('y',1,[2,8])]), opset=18, ir=8, feeds={'x': x})
save('complexnames', h.make_graph([h.make_node('Relu',['a/b:0'],['out:0'],name='')],'g',[I('a/b:0',1,['unk__1',8])],[I('out:0',1,['unk__1',8])]), opset=17, ir=8, feeds={'a/b:0': x})
save('op23', h.make_graph([h.make_node('RMSNormalization',['x','w'],['r'],axis=-1), h.make_node('Attention',['q','q','q'],['y'],q_num_heads=2,kv_num_heads=2)],'g',[I('x',1,[2,8]),I('q',1,[1,3,8])],[I('r',1,[2,8]),I('y',1,[1,3,8])],[nh.from_array(f(8),'w')]), opset=23, ir=10, feeds={'x': x, 'q': f(1,3,8)})

with open(sys.argv[1], 'w') as file:
    json.dump({'cases': cases}, file, separators=(',', ':'))
print(len(cases), 'cases')
