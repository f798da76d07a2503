import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../language-server/analysis.ts';
import { analyze } from '../../language-server/analysis/analyze.ts';

/**
 * Compares what Layerscope says of changed PyTorch programs with what PyTorch says of them (test/oracle/torch_mutants.py): of those that
 * raise, how many it reports at the line that raises; of those that run, how many it reports.
 *
 *     npx esbuild test/corpus/torch-mutants.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/torch-mutants.js
 *     node dist/torch-mutants.js [--group development|held-out|fresh] [--only PROGRAM] [--verbose]
 */
type Row = readonly [program: string, kind: string, start: number, end: number, text: string, raised: readonly [line: number, error: string] | null];

class Tally {
  raising = 0;
  reported = 0;
  running = 0;
  alarms = 0;

  toString(): string {
    return `${this.reported} of ${this.raising} raising mutants are reported at their line (${(100 * this.reported / Math.max(1, this.raising)).toFixed(1)} %), ${this.alarms} of ${this.running} running ones have an error`;
  }
}

const options = process.argv.slice(2);
const option = (name: string): string | undefined => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const verbose = options.includes('--verbose');
const folder = process.cwd();
const rows = JSON.parse(readFileSync(join(folder, 'test/golden/torch/mutants.json'), 'utf8')) as Row[];

const texts = new Map<string, string>();
function textOf(program: string): string {
  let text = texts.get(program);
  if (text === undefined) texts.set(program, text = readFileSync(join(folder, `test/corpus/torch-programs/${program}.py`), 'utf8'));
  return text;
}

async function errorsOf(program: string, text: string): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await analyze({ file: `${program}.py`, text });
  return diagnostics.filter(({ severity }) => severity === 'error');
}

const said = (found: readonly Diagnostic[]): string => found.map(({ location, message }) => `${location.line}: ${message.split('\n')[0].slice(0, 160)}`).join(' | ') || 'nothing';

const tallies = new Map<string, Tally>();
const started = process.cpuUsage();
for (const [program, kind, start, end, text, raised] of rows) {
  const group = program.split('/')[0];
  if ((option('--group') ?? group) !== group || (option('--only') ?? program) !== program) continue;
  const before = textOf(program);
  const found = await errorsOf(program, before.slice(0, start) + text + before.slice(end));
  const right = raised ? found.some(({ location }) => location.line <= raised[0] && raised[0] <= location.endLine) : found.length === 0;
  for (const name of [group, `${group} ${kind}`]) {
    const tally = tallies.get(name) ?? new Tally();
    tallies.set(name, tally);
    if (raised) {
      tally.raising++;
      if (right) tally.reported++;
    } else {
      tally.running++;
      if (!right) tally.alarms++;
    }
  }
  if (verbose && !right) {
    const line = before.slice(0, start).split('\n').length;
    process.stdout.write(`${raised ? 'MISSED' : 'ALARM'} ${program}:${line} ${kind} ${JSON.stringify(before.slice(start, end))} -> ${JSON.stringify(text)}\n  PyTorch: ${raised ? `${raised[0]}: ${raised[1].split('\n')[0]}` : 'runs'}\n  here: ${said(found)}\n`);
  }
}
for (const [name, tally] of tallies) process.stdout.write(`${name}: ${tally}\n`);
process.stdout.write(`${Math.round(process.cpuUsage(started).user / 1e6)} s of processor time\n`);
