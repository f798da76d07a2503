/**
 * Layerscope beside PyTea and Pyrefly on the same files, in one run: PyTorch programs with a fault, and the same with the fault mended
 * (test/golden/faults/torch-*.json). For each tool: faults found (an error at the line where PyTorch raises), alarms on the mended programs,
 * processor time a file and the most memory that a run took, each run in a process of its own.
 *
 *     node test/bench/peers.mjs --pyrefly PATH --pytea packages/pytea/index.js --python PATH [--every N]
 *
 * Needs `npm run build`, an environment with PyTorch for Pyrefly to read (`--python`), and PyTea built from its repository. A tool that is not given is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: { pyrefly: { type: 'string' }, pytea: { type: 'string' }, python: { type: 'string', default: 'python3' }, every: { type: 'string', default: '1' }, timeout: { type: 'string', default: '600' } },
});

/** Runs a command and says on its last line what it took: seconds of the processor, and kilobytes at most. */
const meter = 'import resource, subprocess, sys; subprocess.run(sys.argv[1:]); u = resource.getrusage(resource.RUSAGE_CHILDREN); print(); print(u.ru_utime + u.ru_stime, u.ru_maxrss)';

function run(command) {
  const { stdout, status } = spawnSync('python3', ['-c', meter, ...command], { encoding: 'utf8', timeout: Number(options.timeout) * 1000, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = (stdout ?? '').trimEnd().split('\n');
  if (status !== 0) return { output: '', seconds: Number(options.timeout), megabytes: 0 };
  const [seconds, kilobytes] = lines.pop().split(' ').map(Number);
  return { output: lines.join('\n'), seconds, megabytes: kilobytes / 1000 };
}

/** For each tool: its command for a file, and the lines of the errors that it prints. */
const tools = [
  {
    name: 'Layerscope',
    command: (file) => [process.execPath, join(root, 'dist', 'cli.js'), 'check', file, '--format', 'json'],
    errors: (output) => JSON.parse(output).diagnostics.filter(({ severity }) => severity === 'error').map(({ line, endLine }) => [line, endLine]),
  },
  options.pyrefly && {
    name: 'Pyrefly',
    command: (file) => [options.pyrefly, 'check', file, '--output-format', 'json', '--python-interpreter-path', options.python],
    errors: (output) => JSON.parse(output.slice(output.indexOf('{'))).errors.map(({ line, stop_line: end }) => [line, end ?? line]),
  },
  options.pytea && {
    name: 'PyTea',
    command: (file) => [process.execPath, options.pytea, file],
    // a path that fails is printed with the calls that led to it
    errors: (output) => (/(?:immediate failed path|potential success path) #: /.test(output) && !/immediate failed path #: 0/.test(output)
      ? [...output.matchAll(/case\.py:(\d+):\d+\)/g)].map(([, line]) => [Number(line), Number(line)]) : []),
  },
].filter(Boolean);

const folder = join(root, 'test', 'golden', 'faults');
const pairs = readdirSync(folder).filter((name) => name.startsWith('torch')).sort()
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))).filter(({ line }) => line !== undefined).filter((_, index) => index % Number(options.every) === 0);

const results = tools.map(({ name }) => ({ name, found: 0, alarms: 0, seconds: [], megabytes: 0 }));
for (const [index, { faulty, fixed, line }] of pairs.entries()) {
  for (const [at, tool] of tools.entries()) {
    for (const [text, isFaulty] of [[faulty, true], [fixed, false]]) {
      // PyTea reads every file of the folder
      const own = mkdtempSync(join(tmpdir(), 'peers-'));
      writeFileSync(join(own, 'case.py'), text);
      const { output, seconds, megabytes } = run(tool.command(join(own, 'case.py')));
      rmSync(own, { recursive: true });
      let errors = [];
      try {
        errors = tool.errors(output);
      } catch (error) {
        console.error(`${tool.name}, pair ${index}: ${error.message}`);
      }
      const result = results[at];
      result.seconds.push(seconds);
      result.megabytes = Math.max(result.megabytes, megabytes);
      if (isFaulty && errors.some(([first, last]) => first <= line && line <= last)) result.found++;
      if (!isFaulty && errors.length > 0) result.alarms++;
    }
  }
  console.error(`${index + 1} of ${pairs.length}: ${results.map(({ name, found, alarms }) => `${name} ${found} found, ${alarms} alarms`).join('; ')}`);
}

console.log('| tool | faults found | alarms on mended programs | processor time a file (median) | most memory |\n| --- | --- | --- | --- | --- |');
for (const { name, found, alarms, seconds, megabytes } of results) {
  const median = seconds.sort((a, b) => a - b)[seconds.length >> 1];
  console.log(`| ${name} | ${found} of ${pairs.length} | ${alarms} of ${pairs.length} | ${median.toFixed(1)} s | ${megabytes.toFixed(0)} MB |`);
}
