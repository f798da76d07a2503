import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layerscope, layerscopeJson } from './command.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'layerscope-cli-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Checked {
  readonly diagnostics: readonly { file: string; line: number; severity: string; code: string; message: string; related: { line: number; message: string }[]; fix: { title: string; edits: { line: number; newText: string }[] } | null }[];
  readonly files: number;
}

describe('check', () => {
  test('finds the four faults of the faulty example at their lines, as the frameworks raise them', () => {
    const { diagnostics, files } = layerscopeJson<Checked>('check', 'examples/digits_faulty.py');
    expect(files).toBe(1);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ line }) => line)).toEqual([18, 24, 29, 32]);
    expect(errors[0].message).toContain('256');
    expect(errors[0].message).toContain('144');
    expect(errors[0].fix?.edits[0]).toMatchObject({ line: 13, newText: '144' });
    expect(layerscope('check', 'examples/digits_faulty.py').status).toBe(1);
  });

  test('goes through a folder and exits 1 where one file has an error', () => {
    const { status, stdout } = layerscope('check', 'examples');
    expect(status).toBe(1);
    expect(stdout).toMatch(/4 errors, \d+ warnings? in 5 files/);
  });

  test('prints SARIF', () => {
    const { stdout } = layerscope('check', 'examples/digits_faulty.py', '--format', 'sarif');
    const sarif = JSON.parse(stdout) as { version: string; runs: { results: unknown[] }[] };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results).toHaveLength(4);
  });

  test('names the cell of a notebook and the line in it', () => {
    const cell = (source: string, type = 'code'): object => ({ cell_type: type, source: source.split(/(?<=\n)/), metadata: {}, ...(type === 'code' && { outputs: [], execution_count: null }) });
    const path = write('shapes.ipynb', JSON.stringify({
      nbformat: 4, nbformat_minor: 5, metadata: {},
      cells: [cell('# Shapes', 'markdown'), cell('%matplotlib inline\nimport torch\nfrom torch import nn\n'), cell('layer = nn.Linear(8, 4)\n\nlayer(torch.zeros(2, 9))\n')],
    }));
    const { diagnostics } = layerscopeJson<Checked>('check', path);
    expect(diagnostics.map(({ line, severity, ...rest }) => [(rest as { cell?: number }).cell, line, severity])).toEqual([[3, 3, 'error']]);
    expect(diagnostics[0].fix?.edits[0]).toMatchObject({ cell: 3, line: 1, newText: '9' });
    expect(diagnostics[0].message).toContain('Linear of line 1 of cell 3');
    expect(layerscope('check', path).stdout).toContain('shapes.ipynb:cell 3:3:1: error');
  });

  test('shows the fault of a file that does not parse, and exits 1', () => {
    const { status, stdout } = layerscope('check', write('broken.py', 'import torch\nx = torch.zeros(3,\ny = 2)\nclass A(:\n    pass\n'));
    expect(status).toBe(1);
    expect(stdout).toContain('[syntax]');
  });
});

describe('attack', () => {
  const sample = 'examples/samples/digit_3_175.png';

  test('finds an adversarial digit, and the picture that it writes is classified so', () => {
    const picture = join(folder, 'adversarial.png');
    const found = layerscope('attack', 'examples/digits_keras.py', '--input', sample, '--epsilon', '0.25', '--format', 'json', '-o', picture);
    expect(found.status).toBe(1);
    const { verdict, original, adversarial } = JSON.parse(found.stdout) as { verdict: string; original: { label: number }; adversarial: { label: number; distance: number } };
    expect(verdict).toBe('adversarial');
    expect(original.label).toBe(3);
    expect(adversarial.label).not.toBe(3);
    expect(adversarial.distance).toBeLessThanOrEqual(0.25);
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
    expect(layerscope('run', 'examples/digits_keras.py', '--input', picture).stdout).toMatch(new RegExp(`\\b${adversarial.label}\\b`));
  });

  test('proves that there is none within a small distance', () => {
    const proved = layerscope('attack', 'examples/digits_subclass.py', '--input', sample, '--epsilon', '0.005', '--format', 'json');
    expect(proved.status).toBe(0);
    expect(JSON.parse(proved.stdout)).toMatchObject({ verdict: 'robust', original: { label: 3 }, adversarial: null });
  });
});

describe('bad input is one sentence and exit 2', () => {
  const cases: [string, () => string[], RegExp][] = [
    ['a path that does not exist', () => ['check', 'nowhere.py'], /nowhere\.py does not exist/],
    ['an unknown format', () => ['check', 'examples', '--format', 'yaml'], /--format takes text, json or sarif, not yaml/],
    ['an unknown option', () => ['check', '--colour', 'x'], /unknown option/],
    ['a checkpoint that is truncated', () => ['run', 'examples/digits_torch.py', '--weights', write('cut.pt', readFileSync('examples/digits_torch.pt').subarray(0, 9_000)), '--input', 'examples/samples/digit_3_175.png'], /cut\.pt/],
    ['a checkpoint of another model', () => ['run', 'examples/digits_torch.py', '--weights', 'examples/digits_keras.keras', '--input', 'examples/samples/digit_3_175.png'], /does not fit the model/],
    ['an input that is no picture', () => ['run', 'examples/digits_torch.py', '--input', write('not.png', 'hello')], /not\.png/],
    ['a model that is not there', () => ['graph', 'examples/digits_torch.py', '--model', 'Nobody'], /Nobody/],
  ];
  test.each(cases)('%s', (_name, args, message) => {
    const { status, stderr, stdout } = layerscope(...args());
    expect(stderr).toMatch(message);
    const [sentence, ...more] = stderr.trim().split('\n').filter((line) => !line.startsWith('Weights: '));
    expect(sentence).toMatch(/^layerscope: /);
    expect(more).toEqual([]);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('a file without a model is said, with exit 1', () => {
    const { status, stderr } = layerscope('graph', write('plain.py', 'print("hello")\n'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/no model/i);
  });
});
