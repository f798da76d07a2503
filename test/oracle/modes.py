"""Times of other runtimes for test/bench/modes.ts, in milliseconds of processor time a pass.

python test/oracle/modes.py mxnet PASSES
python test/oracle/modes.py onnxruntime MODEL PASSES THREADS
"""
import json
import os
import sys
import time

import numpy as np


def timed(run, passes):
    for _ in range(max(1, passes // 10)):
        run()
    start = time.process_time()
    for _ in range(passes):
        run()
    return 1000 * (time.process_time() - start) / passes


if sys.argv[1] == 'mxnet':
    os.environ['OMP_NUM_THREADS'] = '1'
    os.environ['MXNET_ENGINE_TYPE'] = 'NaiveEngine'
    import mxnet as mx
    from mxnet.gluon import nn
    passes = int(sys.argv[2])
    x = mx.nd.random.normal(shape=(1, 512))

    def network():
        net = nn.HybridSequential()
        net.add(nn.Dense(256, activation='relu'), nn.Dense(128, activation='relu'), nn.Dense(2))
        net.initialize()
        return net

    imperative, hybrid = network(), network()
    hybrid.hybridize(static_alloc=True, static_shape=True)
    print(json.dumps({'imperative': timed(lambda: imperative(x).wait_to_read(), passes), 'hybrid': timed(lambda: hybrid(x).wait_to_read(), passes)}))
else:
    import onnxruntime
    path, passes, threads = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=['CPUExecutionProvider'])
    given = session.get_inputs()[0]
    shape = [size if isinstance(size, int) else 1 for size in given.shape]
    x = np.random.default_rng(0).random(shape, dtype=np.float32)
    print(json.dumps({'graph': timed(lambda: session.run(None, {given.name: x}), passes)}))
