import { expect, test } from 'vitest';
import { NotebookError, readNotebook } from './notebook.ts';

const notebook = (...cells: readonly object[]): string => JSON.stringify({ nbformat: 4, cells });
const code = (...source: readonly string[]): object => ({ cell_type: 'code', id: `c${source.length}`, source: source.map((line, i) => (i < source.length - 1 ? `${line}\n` : line)) });

test('code cells are one program, and its lines lead back to them', () => {
  const program = readNotebook(notebook({ cell_type: 'markdown', source: '# Title' }, code('x = 1', 'y = 2'), code('print(x)')));
  expect(program.text).toBe('x = 1\ny = 2\n\nprint(x)\n');
  expect(program.locate(2)).toMatchObject({ cell: { index: 1 }, line: 2 });
  expect(program.locate(3)).toBeUndefined();
  expect(program.locate(4)).toMatchObject({ cell: { index: 2, firstLine: 4 }, line: 1 });
});

test('magics, shell lines and questions are skipped, without moving lines', () => {
  const program = readNotebook(notebook(
    code('%matplotlib inline', '!pip install torch \\', '  torchvision', 'import torch', 'torch.nn?', 'files = !ls', 'if x:', '    %time y = f(x)'),
    code('%%bash', 'ls'), code('%%time', 'z = 1'),
  ));
  expect(program.text.split('\n')).toEqual(['', '', '', 'import torch', '', '', 'if x:', '    y = f(x)', '', '', '', '', '', 'z = 1', '']);
});

test('a line that begins like a magic inside of brackets or a string is none', () => {
  const program = readNotebook(notebook(code('x = (a', '%b', ')', 's = """', '!no', '"""')));
  expect(program.text).toBe('x = (a\n%b\n)\ns = """\n!no\n"""\n');
});

test('older notebooks have worksheets', () => {
  expect(readNotebook(JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', input: ['x = 1'] }] }] })).text).toBe('x = 1\n');
});

test('what is no notebook is named', () => {
  expect(() => readNotebook('{"a": 1}')).toThrow(NotebookError);
  expect(() => readNotebook('x = 1')).toThrow(/not valid JSON/);
  expect(readNotebook('').text).toBe('');
});
