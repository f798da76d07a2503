/**
 * Changed Keras, NumPy and TensorFlow programs against what the frameworks say of them (test/oracle/keras_mutants.py): a mutant that raises must be reported at the
 * line where it raises, one that runs must not be.
 *
 *     npx esbuild test/corpus/keras-mutants.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/keras-mutants.js
 *     node dist/keras-mutants.js [ROWS.json] [--only GROUP/NAME] [--verbose]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../language-server/analysis/analyze.ts';

type Row = readonly [program: string, kind: string, start: number, end: number, text: string, verdict: null | readonly [line: number, error: string]];

const options = process.argv.slice(2);
const only = options.includes('--only') ? options[options.indexOf('--only') + 1] : undefined;
const [given] = options.filter((option, index) => !option.startsWith('--') && options[index - 1] !== '--only');
const programs = join(process.cwd(), 'test/corpus/keras-programs');
const golden = join(process.cwd(), 'test/golden/keras');
const rows = (given ? [given] : [join(golden, 'mutants.json'), join(golden, 'mutants-tensorflow.json')]).flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as readonly Row[]);

interface Tally { raising: number; found: number; elsewhere: number; running: number; alarms: number }

const tallies = new Map<string, Tally>();

async function errorLines(program: string, text: string): Promise<{ line: number; message: string }[]> {
  const analysis = await analyze({ file: join(programs, `${program}.py`), text, pythonPath: [] });
  return analysis.diagnostics.filter(({ severity }) => severity === 'error').map(({ location, message }) => ({ line: location.line, message }));
}

for (const group of readdirSync(programs).toSorted()) {
  for (const name of readdirSync(join(programs, group)).toSorted()) {
    const program = `${group}/${name.replace('.py', '')}`;
    if (only && !program.startsWith(only)) continue;
    for (const { line, message } of await errorLines(program, readFileSync(join(programs, group, name), 'utf8'))) console.log(`WORKING ${program}:${line} ${message.slice(0, 200)}`);
  }
}
for (const [program, kind, start, end, text, verdict] of rows) {
  if (only && !program.startsWith(only)) continue;
  const [group] = program.split('/');
  const tally = tallies.get(group) ?? { raising: 0, found: 0, elsewhere: 0, running: 0, alarms: 0 };
  tallies.set(group, tally);
  const original = readFileSync(join(programs, `${program}.py`), 'utf8');
  const errors = await errorLines(program, original.slice(0, start) + text + original.slice(end));
  const change = `${program}:${original.slice(0, start).split('\n').length} ${kind} ${JSON.stringify(original.slice(start, end))} -> ${JSON.stringify(text)}`;
  if (verdict === null) {
    tally.running++;
    if (errors.length > 0) {
      tally.alarms++;
      console.log(`ALARM ${change}\n  runs; reported ${errors[0].line}: ${errors[0].message.slice(0, 200)}`);
    }
    continue;
  }
  tally.raising++;
  if (errors.some(({ line }) => line === verdict[0])) tally.found++;
  else {
    if (errors.length > 0) tally.elsewhere++;
    console.log(`${errors.length > 0 ? 'ELSEWHERE' : 'MISSED'} ${change}\n  ${verdict[0]}: ${verdict[1]}${errors.length > 0 ? `\n  reported ${errors[0].line}: ${errors[0].message.slice(0, 160)}` : ''}`);
  }
}
for (const [group, { raising, found, elsewhere, running, alarms }] of tallies) {
  console.log(`${group}: ${raising + running} mutants; ${found} of ${raising} raising ones reported at their line (${Math.round(1000 * found / Math.max(raising, 1)) / 10} %), ${elsewhere} at another; `
    + `${alarms} alarms on ${running} that run`);
}
process.exit(0);
