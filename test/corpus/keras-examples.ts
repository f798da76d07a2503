/**
 * The example scripts of keras-team/keras-io: what is reported on scripts that run, the models found and how many of them have no gaps.
 *
 *     npx esbuild test/corpus/keras-examples.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/keras-examples.js
 *     node dist/keras-examples.js FOLDER [SITE_PACKAGES] [--only NAME,...] [--gaps]
 *
 * FOLDER is searched for `.py` files. With the packages of an environment that has Keras, keras.applications is read from its source.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Analysis } from '../../language-server/analysis.ts';
import { analyze } from '../../language-server/analysis/analyze.ts';

const options = process.argv.slice(2);
const [folder, sitePackages] = options.filter((option, index) => !option.startsWith('--') && options[index - 1] !== '--only');
const only = options.includes('--only') ? options[options.indexOf('--only') + 1].split(',') : undefined;
const showGaps = options.includes('--gaps');

/** Lines that build a model: a call of Model, Sequential or of a class that the script derives from Model. */
function buildingLines(text: string): number[] {
  const code = text.replaceAll(/("""|''')[\s\S]*?\1/gu, (found) => found.replaceAll(/[^\n]/gu, ' ')).replaceAll(/#.*/gu, '');
  const classes = [...code.matchAll(/^class\s+(\w+)\s*\([^)]*\b(?:Model|Sequential)\b[^)]*\)/gmu)].map(([, name]) => name);
  const calls = new RegExp(String.raw`(?<!class )(?<![\w])(?:Model|Sequential|${['Functional', ...classes].join('|')})\(`, 'gu');
  return [...code.matchAll(calls)].filter(({ index }) => !/^\s*class\s/u.test(code.slice(code.lastIndexOf('\n', index) + 1))).map(({ index }) => code.slice(0, index).split('\n').length);
}

function report(name: string, text: string, analysis: Analysis, milliseconds: number): void {
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  const { models } = analysis;
  const complete = models.filter(({ graph }) => graph.gaps.length === 0).length;
  const built = buildingLines(text).length;
  totals.errors += errors.length;
  totals.wrong += errors.length > 0 ? 1 : 0;
  totals.models += models.length;
  totals.complete += complete;
  totals.missed += built > 0 && models.length === 0 ? 1 : 0;
  totals.building += built > 0 ? 1 : 0;
  console.log(`${name}: ${models.length} models, ${complete} without gaps, ${built} lines that build one${built > 0 && models.length === 0 ? ', NONE FOUND' : ''} (${milliseconds} ms)`);
  for (const { location, code, message } of errors) console.log(`  ERROR ${location.line} ${code}: ${message.slice(0, 300)}`);
  for (const { graph } of models) if (graph.gaps.length > 0) console.log(`  ${graph.name} (line ${graph.location?.line}): ${graph.gaps.length} gaps, ${graph.gaps[0].location?.line ?? ''} ${graph.gaps[0].reason}`);
  if (showGaps || (built > 0 && models.length === 0)) for (const { location, reason } of analysis.gaps.slice(0, 12)) console.log(`  gap ${location?.line ?? ''} ${reason.slice(0, 160)}`);
}

const totals = { scripts: 0, building: 0, missed: 0, models: 0, complete: 0, errors: 0, wrong: 0 };
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py')).toSorted();
for (const name of files) {
  if (only && !only.some((part) => name.includes(part))) continue;
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const start = performance.now();
  totals.scripts++;
  report(relative('.', name), text, await analyze({ file, text, pythonPath: sitePackages ? [sitePackages] : [] }), Math.round(performance.now() - start));
}
const share = totals.models === 0 ? 0 : Math.round(1000 * totals.complete / totals.models) / 10;
console.log(`${totals.scripts} scripts: ${totals.errors} errors in ${totals.wrong} of them; ${totals.models} models, ${totals.complete} (${share} %) without gaps; `
  + `no model found in ${totals.missed} of the ${totals.building} scripts that build one`);
process.exit(0);
