import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtinNames } from './builtins/index.ts';
import type { SourceFile } from './interpreter-api.ts';
import { Machine } from './interpreter.ts';
import { parse } from './parser/parse.ts';
import { standardModule } from './standard/index.ts';

/** Snippets of Python and what CPython 3.13 prints for each: test/oracle/python_snippets.py makes them. */
const folder = new URL('../../test/golden/python/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('output.json', folder), 'utf8')) as Record<string, string>;

function run(text: string): string {
  let printed = '';
  const file: SourceFile = { path: 'snippet.py', text, tree: parse(text), user: true };
  const machine: Machine = new Machine({
    resolve: (name) => standardModule(name) ?? { kind: 'missing' },
    print: (part) => {
      printed += part;
    },
    failed: (error) => {
      printed += `Failed: ${error.exception.cls.name}: ${machine.str(error.exception)}\n`;
    },
    gap: ({ reason }) => {
      printed += `Gap: ${reason}\n`;
    },
  }, builtinNames());
  machine.run(file, '__main__');
  return printed;
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.py')).sort()) {
  const topic = name.replace('.py', '');
  describe(topic, () => {
    for (const part of readFileSync(new URL(name, folder), 'utf8').split('#%% ').slice(1)) {
      const [title] = part.split('\n', 1);
      it(title, () => {
        expect(run(part.slice(title.length + 1))).toBe(expected[`${topic}: ${title}`]);
      });
    }
  });
}
