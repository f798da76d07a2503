"""HDF5 files that no checkpoint should be: test/golden/runtime/hostile_hdf5.json.

python test/oracle/hostile_hdf5.py   (h5py)
"""
import base64
import json
import tempfile
from pathlib import Path

import h5py
import numpy as np

files = {}


def keep(what, make):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, 'file.h5')
        with h5py.File(path, 'w', libver='earliest') as file:
            make(file)
        files[what] = base64.b64encode(path.read_bytes()).decode()


def deep(file):
    group = file
    for _ in range(100):
        group = group.create_group('g')
    group['w'] = np.zeros(2)


def circle(file):
    group = file.create_group('a')
    group['self'] = group
    group['root'] = file['/']


def virtual(file):
    layout = h5py.VirtualLayout(shape=(4,), dtype='f4')
    layout[:] = h5py.VirtualSource('/etc/passwd', 'w', shape=(4,))
    file.create_virtual_dataset('w', layout)


def listed(file):
    file.attrs['layer_names'] = [b'dense']
    file.create_group('dense').attrs['weight_names'] = [b'dense/kernel:0']


def external_storage(file):
    file.create_dataset('w', shape=(4,), dtype='f4', external=[('/etc/passwd', 0, 16)])


keep('groups, a hundred deep', deep)
keep('a group that holds itself', circle)
keep('data from another file, virtually', virtual)
keep('data that lies outside', external_storage)
keep('a link out of the file', lambda file: file.__setitem__('w', h5py.ExternalLink('/etc/passwd', '/w')))
keep('a link to nothing', lambda file: file.__setitem__('w', h5py.SoftLink('/nothing')))
keep('weights that are listed but missing', listed)
keep('a gigantic array of nothing', lambda file: file.create_dataset('w', shape=(2**31, 2**31), dtype='f4', chunks=(64, 64)))
keep('an array of four gigabytes that are not there', lambda file: file.create_dataset('w', shape=(2**30,), dtype='f4', chunks=(2**20,)))
keep('a bomb', lambda file: file.create_dataset('w', data=np.zeros(2**25, 'f4'), chunks=(2**20,), compression='gzip', compression_opts=9))
keep('compressed by LZF', lambda file: file.create_dataset('w', data=np.arange(1000, dtype='f4'), compression='lzf'))
keep('half precision', lambda file: file.create_dataset('w', data=np.arange(10, dtype='f2')))
keep('text', lambda file: file.create_dataset('w', data='hello'))
keep('records', lambda file: file.create_dataset('w', data=np.zeros(3, dtype=[('a', 'f4'), ('b', 'i4')])))
keep('references', lambda file: file.create_dataset('w', data=file.ref, dtype=h5py.ref_dtype))
keep('an attribute that is no JSON', lambda file: (file.attrs.__setitem__('model_config', '{"a": '), file.__setitem__('w', np.zeros(2))))
keep('nothing', lambda file: None)
Path('test/golden/runtime/hostile_hdf5.json').write_text(json.dumps(files, separators=(',', ':')) + '\n')
