"""Adds TensorFlow's names to language-server/library/names.json, those of its first version (`tf.compat.v1`) among them: names came and went, so
only what is all but one of them is told to be none (`~`).

Run with a Python that has tensorflow, after names.py."""
import json
import pathlib

import tensorflow as tf

target = pathlib.Path(__file__).resolve().parents[2] / 'language-server' / 'library' / 'names.json'
table = json.loads(target.read_text())
for name in ('', 'math', 'nn', 'image', 'data', 'linalg', 'random', 'strings', 'io', 'train', 'losses'):
    holders = [getattr(version, name, None) if name else version for version in (tf, tf.compat.v1)]
    found = {each for holder in holders if holder is not None for each in dir(holder) if not each.startswith('_')}
    table['~tensorflow' + ('.' + name if name else '')] = ' '.join(sorted(found))
table['~tensorflow'] += ' contrib estimator keras mul sub div neg'
target.write_text(json.dumps(table, indent=0) + '\n')
