import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { symbol } from '../../../graph/dimension.ts';
import { builtinNames } from '../builtins/index.ts';
import type { Resolution } from '../interpreter-api.ts';
import { Machine } from '../interpreter.ts';
import { makeSourceFile, packagedFolder } from '../resolution/resolver.ts';
import { standardModule } from './index.ts';
import { fromDimension, Unknown } from '../values/index.ts';

/** `from sizes import n, m, unknown`: two sizes that are not known, and a value that is not. */
const sizes: Resolution = {
  kind: 'native',
  module: { load: () => ({ n: fromDimension(symbol('n')), m: fromDimension(symbol('m')), unknown: new Unknown('not known') }) },
};

function run(text: string): string {
  let printed = '';
  const machine: Machine = new Machine({
    resolve: (name) => (name === 'sizes' ? sizes : standardModule(name) ?? { kind: 'missing' }),
    print: (part) => {
      printed += part;
    },
    failed: (error) => {
      printed += `Failed: ${error.exception.cls.name}: ${machine.str(error.exception)}\n`;
    },
  }, builtinNames());
  machine.run(makeSourceFile('snippet.py', text, true), '__main__');
  return printed;
}

describe('every module of the standard library', () => {
  const folder = packagedFolder('standard');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py')).sort();

  test.each(files)('%s parses', (file) => {
    expect(makeSourceFile(file, readFileSync(join(folder, file), 'utf8'), false).tree.errors).toEqual([]);
  });

  test('can be imported', () => {
    const names = [...files.map((file) => file.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')), 'math', 're', 'json', 'builtins', 'socket', 'concurrent.futures'];
    expect(run(names.map((name) => `import ${name}\n`).join(''))).toBe('');
  });
});

describe('sizes that are not known', () => {
  test.each([
    ['print(n + 1, str(n), f"{n}:{n * 2:>6}", "%d|%s" % (n, n), "{} {}".format(n, m))', 'n + 1 n n:2*n n|n n m'],
    ['print(int(n), int(n / 2), n // 2, round(n), abs(n), float(n) is not None, max(n, 1), max(n, m), min(n, 5), sum([n, m, 1]))', 'n n//2 n//2 n n True n max(m, n) min(n, 5) m + n + 1'],
    ['import math\nprint(math.floor(n / 2), math.ceil(n / 4), math.trunc(n / 3), math.prod([n, 2, m]), math.floor(n))', 'n//2 -(-n)//4 n//3 2*m*n n'],
    ['print(len([n, m]), [n][0], (n, 1), {"a": n}, sorted([n])[0], list(enumerate([n])), n in [n])', '2 n (n, 1) {\'a\': n} n [(0, n)] True'],
    ['import operator, functools, copy\nprint(functools.reduce(operator.mul, [n, m, 2]), copy.deepcopy([n]))', '2*m*n [n]'],
    ['print(isinstance(n, int), isinstance(n / 2, float), type(n).__name__, hasattr(n, "real"), any([False, n > 0]), all([n > 0]))', 'True True int True True True'],
    ['print(divmod(n, 2))', '(n//2, (n % 2))'],
  ])('%s', (text, printed) => {
    expect(run(`from sizes import n, m\n${text}\n`)).toBe(`${printed}\n`);
  });
});

describe('values that are not known', () => {
  test.each([
    ['x = [1]\nx.append(unknown)\nprint(len(x), x[0])', '2 1'],
    ['x = [1]\nx.extend(unknown)\nprint(len(x))', '?'],
    ['x = [3, unknown]\nx.sort()\nprint(x[0])', '?'],
    ['x = {"a": 1}\nx.update(unknown)\nprint(x.get("zz"), x["a"])', '? 1'],
    ['x = {"a": unknown}\nprint(x.get("b", 2), "a" in x, len(x))', '2 True 1'],
    ['print(len(list(unknown)), max(unknown), sum([1, unknown]), int(unknown), f"{unknown}")', '? ? ? ? ?'],
    ['print(getattr(unknown, "x", 3), getattr(3, "zz", unknown), isinstance(unknown, int))', '? ? ?'],
    ['import random\nprint(len(random.sample(range(9), 4)), random.random(), random.choice([7]))', '4 ? 7'],
    ['import os\nprint(os.environ.get("A", "b"), os.environ["A"], os.path.join("a", os.getcwd()))', 'b ? ?'],
    ['for i, x in enumerate(zip([1, 2], [unknown, 3])): print(i, x[0])', '0 1\n1 2'],
  ])('%s', (text, printed) => {
    expect(run(`from sizes import unknown\n${text}\n`).replace(/<unknown: [^>]*>/g, '?')).toBe(`${printed}\n`);
  });
});
