"""Holds exported ONNX files to the checker of the onnx package, shapes included, and to ONNX Runtime's loading.

python test/oracle/onnx_checker.py FOLDER   (onnx, onnxruntime)
"""
import sys
from pathlib import Path

import onnx
import onnxruntime

files = sorted(Path(sys.argv[1]).glob('*.onnx'))
refused = 0
for path in files:
    try:
        onnx.checker.check_model(str(path), full_check=True)
        onnxruntime.InferenceSession(str(path), providers=['CPUExecutionProvider'])
    except Exception as error:
        refused += 1
        print(f'{path.name}: {str(error).splitlines()[0][:300]}')
print(f'{len(files) - refused} of {len(files)} accepted')
sys.exit(1 if refused else 0)
