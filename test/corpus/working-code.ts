import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Analysis } from '../../language-server/analysis.ts';
import { Analyzer } from '../../language-server/analysis/analyze.ts';
import { NotebookError, readNotebook } from '../../language-server/python/source/notebook.ts';

/**
 * Analyses every script and notebook of a folder of code that works, such as a clone of pytorch/examples or of keras-team/keras-io:
 * each error that it prints is a false alarm or a fault of that code. Counts models, those without gaps, and the processor time.
 *
 *     npm run corpus -- working-code FOLDER [SITE-PACKAGES] [--only NAME,...] [--skip NAME,...] [--gaps] [--cold]
 *
 * `--only` and `--skip` choose files by parts of their paths. `--gaps` prints every gap. `--cold` interprets the libraries anew for each file.
 */
const options = process.argv.slice(2);
const listOf = (name: string): string[] => options.includes(name) ? options[options.indexOf(name) + 1].split(',') : [];
const [folder, ...pythonPath] = options.filter((option, index) => !option.startsWith('--') && !['--only', '--skip'].includes(options[index - 1]));
const only = listOf('--only');
const skip = listOf('--skip');
const cold = options.includes('--cold');
const showGaps = options.includes('--gaps');
/** Seconds of processor time beyond which a file is named. */
const slow = 5;

interface Totals { files: number; errors: number; wrong: number; models: number; complete: number; building: number; missed: number }
const noTotals = (): Totals => ({ files: 0, errors: 0, wrong: 0, models: 0, complete: 0, building: 0, missed: 0 });

/** Lines that build a Keras model: a call of Model, Sequential or of a class that the file derives from Model. */
function buildingLines(text: string): number {
  const code = text.replaceAll(/("""|''')[\s\S]*?\1/gu, '').replaceAll(/#.*/gu, '');
  const classes = [...code.matchAll(/^class\s+(\w+)\s*\([^)]*\b(?:Model|Sequential)\b[^)]*\)/gmu)].map(([, name]) => name);
  const calls = new RegExp(String.raw`(?<!class )(?<!\w)(?:Model|Sequential|${['Functional', ...classes].join('|')})\(`, 'gu');
  return [...code.matchAll(calls)].filter(({ index }) => !/^\s*class\s/u.test(code.slice(code.lastIndexOf('\n', index) + 1))).length;
}

/** The Python of a file; undefined for a notebook that is none. */
function programOf(file: string, text: string): string | undefined {
  if (!file.endsWith('.ipynb')) return text;
  try {
    return readNotebook(text).text;
  } catch (error) {
    if (error instanceof NotebookError) return undefined;
    throw error;
  }
}

function report(name: string, program: string, analysis: Analysis, milliseconds: number): Totals {
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  const { models } = analysis;
  const complete = models.filter(({ graph }) => graph.gaps.length === 0).length;
  const built = buildingLines(program);
  const missed = built > 0 && models.length === 0;
  console.log(`${name}: ${models.length} models, ${complete} without gaps, ${built} lines that build one${missed ? ', NONE FOUND' : ''} (${milliseconds} ms${milliseconds > 1000 * slow ? ', SLOW' : ''})`);
  for (const { location, code, message } of errors) console.log(`  ERROR ${location.line} ${code}: ${message.slice(0, 300).replaceAll('\n', ' ')}`);
  for (const { graph } of models) if (graph.gaps.length > 0) console.log(`  ${graph.name} (line ${graph.location?.line}): ${graph.gaps.length} gaps, ${graph.gaps[0].location?.line ?? ''} ${graph.gaps[0].reason}`);
  for (const { location, reason } of showGaps ? analysis.gaps : missed ? analysis.gaps.slice(0, 12) : []) console.log(`  gap ${location?.line ?? ''} ${reason.slice(0, 200)}`);
  return { files: 1, errors: errors.length, wrong: errors.length > 0 ? 1 : 0, models: models.length, complete, building: built > 0 ? 1 : 0, missed: missed ? 1 : 0 };
}

function sentence(name: string, { files, errors, wrong, models, complete, building, missed }: Totals): string {
  const share = models === 0 ? 0 : Math.round(1000 * complete / models) / 10;
  return `${name}: ${files} files, ${errors} errors in ${wrong} of them; ${models} models, ${complete} (${share} %) without gaps; none found in ${missed} of the ${building} files that build a Keras model`;
}

const folders = new Map<string, Totals>();
const times: number[] = [];
let analyzer = await Analyzer.create();
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:py|ipynb)$/u.test(name)).toSorted();
for (const name of files) {
  if ((only.length > 0 && !only.some((part) => name.includes(part))) || skip.some((part) => name.includes(part))) continue;
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const program = programOf(file, text);
  if (program === undefined) continue;
  if (cold) analyzer = await Analyzer.create();
  const begun = process.cpuUsage();
  const analysis = analyzer.analyze({ file, text, roots: [folder], pythonPath });
  const { user, system } = process.cpuUsage(begun);
  times.push((user + system) / 1000);
  const found = report(name, program, analysis, Math.round((user + system) / 1000));
  for (const key of [dirname(name), 'all']) {
    const sum = folders.get(key) ?? noTotals();
    for (const part of Object.keys(sum) as (keyof Totals)[]) sum[part] += found[part];
    folders.set(key, sum);
  }
}
for (const [name, sum] of folders) if (name !== 'all') console.log(sentence(name, sum));
console.log(sentence('all', folders.get('all') ?? noTotals()));
const sorted = times.toSorted((a, b) => a - b);
const quantile = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
console.log(`processor time of a file${cold ? ', cold' : ''}: median ${quantile(0.5)}, 95 % ${quantile(0.95)}, most ${quantile(1)} ms; most memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
process.exit(0);
