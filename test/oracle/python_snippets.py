"""Runs each snippet of test/golden/python/*.py under CPython and stores what it prints in test/golden/python/output.json.

The snippets of a file are separated by lines `#%% title`. Run with CPython 3.13, whose wording of errors the interpreter follows:

    python3.13 test/oracle/python_snippets.py
"""
import json
import subprocess
import sys
from pathlib import Path

folder = Path(__file__).parent.parent / 'golden' / 'python'
output = {}
for path in sorted(folder.glob('*.py')):
    for part in path.read_text().split('#%% ')[1:]:
        title, _, body = part.partition('\n')
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', body], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f'{path.name}: {title}: {done.stderr}')
        output[f'{path.stem}: {title}'] = done.stdout
(folder / 'output.json').write_text(json.dumps(output, indent=0) + '\n')
print(len(output), 'snippets')
