import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Resolver } from './resolver.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'resolver-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function file(path: string, text = ''): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function found(resolver: Resolver, name: string): string {
  const resolution = resolver.resolve(name);
  return resolution.kind === 'source' ? resolution.file.path.replace(`${root}/`, '') : resolution.kind === 'unknown' ? `unknown: ${resolution.reason}` : resolution.kind;
}

const nowhere = { PATH: '' };

test('the workspace comes before stubs, stubs before the standard library, that before what is installed', () => {
  const main = file('work/main.py');
  for (const path of ['work/a.py', 'library/a.py', 'library/b/__init__.py', 'library/math.py', 'site/a.py', 'site/b/__init__.py', 'site/c.py', 'site/json.py']) file(path);
  const resolver = new Resolver({ file: main, library: join(root, 'library'), pythonPath: [join(root, 'site')], variables: nowhere });
  expect(['a', 'b', 'c', 'math'].map((name) => found(resolver, name))).toEqual(['work/a.py', 'library/b/__init__.py', 'site/c.py', 'library/math.py']);
  expect(resolver.resolve('json').kind).toBe('native');
  expect(found(resolver, 'd')).toBe('missing');
});

test('the folder above the outermost package is a root, and src is one', () => {
  const main = file('project/pkg/inner/main.py');
  for (const path of ['project/pkg/__init__.py', 'project/pkg/inner/__init__.py', 'project/pkg/other.py', 'project/src/lib/__init__.py']) file(path);
  const resolver = new Resolver({ file: main, workspace: [join(root, 'project')], variables: nowhere });
  expect(found(resolver, 'pkg.other')).toBe('project/pkg/other.py');
  expect(found(resolver, 'lib')).toBe('project/src/lib/__init__.py');
  expect(resolver.nameOf(main)).toEqual({ name: 'pkg.inner.main', isPackage: false });
});

test('a name inside a stub that has no file is unknown, one inside an installed package is missing', () => {
  const main = file('main.py');
  file('library/torch/__init__.py');
  file('site/real/__init__.py');
  const resolver = new Resolver({ file: main, library: join(root, 'library'), pythonPath: [join(root, 'site')], variables: nowhere });
  expect(found(resolver, 'torch.hidden')).toBe('unknown: torch.hidden is not modelled');
  expect(found(resolver, 'real.hidden')).toBe('missing');
});

test('an installed transformers stands before its stub', () => {
  const main = file('main.py');
  file('library/transformers/__init__.py');
  expect(found(new Resolver({ file: main, library: join(root, 'library'), variables: nowhere }), 'transformers')).toBe('library/transformers/__init__.py');
  file('site/transformers/__init__.py');
  expect(found(new Resolver({ file: main, library: join(root, 'library'), pythonPath: [join(root, 'site')], variables: nowhere }), 'transformers')).toBe('site/transformers/__init__.py');
});

test('compiled modules are unknown, folders without __init__ are namespaces and come last', () => {
  const main = file('main.py');
  file('site/fast.cpython-311-x86_64-linux-gnu.so');
  file('site/space/part.py');
  file('data/readme.txt');
  file('site2/data.py');
  const resolver = new Resolver({ file: main, pythonPath: [join(root, 'site'), join(root, 'site2')], variables: nowhere });
  expect(found(resolver, 'fast')).toBe('unknown: fast is a compiled module');
  expect(found(resolver, 'space')).toBe('namespace');
  expect(found(resolver, 'space.part')).toBe('site/space/part.py');
  expect(found(resolver, 'data')).toBe('site2/data.py');
});

test('the virtual environment beside the file is found, with its .pth files and versions', () => {
  const main = file('work/main.py');
  file('work/.venv/pyvenv.cfg', 'home = /nowhere/bin\n');
  file('work/.venv/lib/python3.11/site-packages/thing.py');
  file('work/.venv/lib/python3.11/site-packages/Some_Thing-1.2.3.dist-info/METADATA');
  file('editable/other.py');
  file('work/.venv/lib/python3.11/site-packages/editable.pth', `import sys\n${join(root, 'editable')}\n`);
  const resolver = new Resolver({ file: main, variables: nowhere });
  expect(found(resolver, 'thing')).toBe('work/.venv/lib/python3.11/site-packages/thing.py');
  expect(found(resolver, 'other')).toBe('editable/other.py');
  expect(resolver.version('some-thing')).toBe('1.2.3');
  expect(resolver.version('absent')).toBeUndefined();
  expect(resolver.environment.origin).toBe('.venv');
});

test('python on PATH leads to its packages, through links', () => {
  const main = file('work/main.py');
  file('opt/bin/python3.12', '');
  file('opt/lib/python3.12/site-packages/thing.py');
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  symlinkSync(join(root, 'opt/bin/python3.12'), join(root, 'usr/bin/python3'));
  const resolver = new Resolver({ file: main, variables: { PATH: join(root, 'usr/bin') } });
  expect(found(resolver, 'thing')).toBe('opt/lib/python3.12/site-packages/thing.py');
});

test('the text of an open document stands before the file', () => {
  const main = file('main.py');
  const other = file('other.py', 'x = 1\n');
  const resolver = new Resolver({ file: main, variables: nowhere, openText: (path) => (path === other ? 'x = 2\n' : undefined) });
  const resolution = resolver.resolve('other');
  expect(resolution.kind === 'source' && resolution.file.text).toBe('x = 2\n');
});
