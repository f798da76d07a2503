#!/usr/bin/env node
// Corpora and benchmarks, which take their data by arguments and are no part of `npm test`:
//
//   npm run corpus                     lists them
//   npm run corpus -- NAME ARGUMENTS   test/corpus/NAME.ts
//   npm run bench -- NAME ARGUMENTS    test/bench/NAME
//
// They measure the built product: `npm run build` first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const [, , kind, name, ...rest] = process.argv;
const folder = join('test', kind);
const files = readdirSync(folder).filter((file) => /\.(ts|mjs)$/.test(file));
const nameOf = (file) => basename(file).replace(/(\.test)?\.(ts|mjs)$/, '');

const file = files.find((one) => nameOf(one) === name);
if (!file) {
  if (name !== undefined) console.error(`There is no ${kind} ${name}.`);
  for (const one of files) console.log(`${nameOf(one).padEnd(20)} ${purposeOf(join(folder, one))}`);
  process.exit(name === undefined ? 0 : 2);
}
if (!existsSync('dist/cli.js')) {
  console.error('Run `npm run build` first: what is measured is the built product.');
  process.exit(2);
}
process.exit(spawnSync(process.execPath, await commandOf(join(folder, file)), { stdio: 'inherit' }).status ?? 1);

async function commandOf(path) {
  if (path.endsWith('.test.ts')) return ['node_modules/vitest/vitest.mjs', 'run', path, '--testTimeout=600000', ...rest];
  if (path.endsWith('.mjs')) return [path, ...rest];
  // beside the built product, whose library it reads
  const outfile = join('dist', `${kind}-${nameOf(path)}.mjs`);
  await build({ entryPoints: [path], bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' });
  return ['--max-old-space-size=4096', outfile, ...rest];
}

/** The first sentence of the file's first comment. */
function purposeOf(path) {
  const text = readFileSync(path, 'utf8');
  const comment = /^(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/.*\n)+))/m.exec(text);
  return (comment?.[1] ?? comment?.[2] ?? '').replaceAll(/^\s*(\*|\/\/)/gm, '').replaceAll(/\s+/g, ' ').trim().split(/(?<=[.:])\s/)[0];
}
