// The verifier beside nnenum and Marabou on a sample of ACAS Xu, each query a run of its own, by processor time: a table.
//
//   node test/bench/verifier-peers.mjs DATA [--nnenum SRC --nnenum-python PYTHON] [--marabou-python PYTHON]
//     [--every N] [--from FIRST] [--limit S] [--marabou-limit S] [--patience N] [--json OUT]
//
// DATA is the folder of VNN-COMP's acasxu benchmark (or set ACASXU_DATA), SRC nnenum's folder src; PYTHONs have what the tools need.
// Limits are on the clock of a quiet machine with this one's cores: the clock is given --patience times as long, and an answer
// counts where its processor time is within the limit times the cores that the tool uses (Marabou: one).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    nnenum: { type: 'string' }, 'nnenum-python': { type: 'string', default: 'python3' }, 'marabou-python': { type: 'string' }, json: { type: 'string' },
    every: { type: 'string', default: '8' }, from: { type: 'string', default: '0' }, limit: { type: 'string', default: '116' }, 'marabou-limit': { type: 'string', default: '60' }, patience: { type: 'string', default: '1' },
  },
});
const data = positionals[0] ?? process.env.ACASXU_DATA;
if (!data || !existsSync(data)) {
  console.log(`The benchmark data is not here${data ? ` (${data} does not exist)` : ''}: give the folder of acasxu as the argument or in ACASXU_DATA.`);
  process.exit(0);
}
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(cli)) {
  console.log('dist/cli.js is not built: run npm run build first.');
  process.exit(2);
}
const patience = Number(options.patience);
const meter = 'import resource, subprocess, sys; subprocess.run(sys.argv[1:]); u = resource.getrusage(resource.RUSAGE_CHILDREN); print(); print(u.ru_utime + u.ru_stime)';
const marabou = `
import sys
from maraboupy import Marabou
net = Marabou.read_onnx(sys.argv[1])
verdict, *_ = net.solve(propertyFilename=sys.argv[2], options=Marabou.createOptions(verbosity=0, timeoutInSeconds=int(sys.argv[3])), verbose=False)
print('verdict', verdict)`;
const outcome = join(tmpdir(), `nnenum-${process.pid}.txt`);

/** Each tool's command for a query, how its verdict is read, its limit and its cores. */
const tools = [
  { name: 'Layerscope', limit: Number(options.limit), cores: availableParallelism(), command: (net, property, limit) => [process.execPath, cli, 'verify', net, property, '--timeout', String(limit)], verdict: (out) => /^(sat|unsat)$/m.exec(out)?.[1] },
  ...(options.nnenum ? [{
    name: 'nnenum', limit: Number(options.limit), cores: availableParallelism(), environment: { PYTHONPATH: options.nnenum, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
    command: (net, property, limit) => [options['nnenum-python'], '-m', 'nnenum.nnenum', net, property, String(limit), outcome],
    verdict: () => ({ holds: 'unsat', unsat: 'unsat', violated: 'sat', sat: 'sat' })[existsSync(outcome) ? readFileSync(outcome, 'utf8').split('\n')[0].trim() : ''],
  }] : []),
  ...(options['marabou-python'] ? [{ name: 'Marabou', limit: Number(options['marabou-limit']), cores: 1, command: (net, property, limit) => [options['marabou-python'], '-W', 'ignore', '-c', marabou, net, property, String(Math.ceil(limit))], verdict: (out) => /^verdict (sat|unsat)$/m.exec(out)?.[1] }] : []),
];

const rows = readFileSync(join(data, 'instances.csv'), 'utf8').trim().split('\n').map((line) => line.trim().split(',')).filter((_, index) => index % Number(options.every) === Number(options.from));
const results = [];
for (const [network, property] of rows) {
  const row = { network, property };
  for (const { name, limit, cores, command, verdict, environment } of tools) {
    writeFileSync(outcome, '');
    const { stdout } = spawnSync('python3', ['-c', meter, ...command(join(data, network), join(data, property), limit * patience)], { encoding: 'utf8', env: { ...process.env, ...environment }, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
    const seconds = Number(stdout.trim().split('\n').at(-1));
    row[name] = { verdict: (seconds <= limit * cores && verdict(stdout)) || 'undecided', seconds };
  }
  results.push(row);
  console.log(`${network.slice(13, 16)} ${property.padEnd(14)} ${tools.map(({ name }) => `${name} ${row[name].verdict} ${row[name].seconds.toFixed(1)} s`).join('   ')}`);
  if (options.json) writeFileSync(options.json, JSON.stringify(results, undefined, 1));
}

console.log('\n| tool | decided | contradicting another | processor time, all | of the queries that every tool decided |\n| --- | --- | --- | --- | --- |');
const common = results.filter((row) => tools.every(({ name }) => row[name].verdict !== 'undecided'));
for (const { name, limit, cores } of tools) {
  const decided = results.filter((row) => row[name].verdict !== 'undecided');
  const against = decided.filter((row) => tools.some((other) => row[other.name].verdict !== 'undecided' && row[other.name].verdict !== row[name].verdict));
  const total = (some) => some.reduce((sum, row) => sum + Math.min(row[name].seconds, limit * cores), 0).toFixed(0);
  console.log(`| ${name} | ${decided.length} of ${results.length} | ${against.length} | ${total(results)} s | ${total(common)} s (${common.length} queries) |`);
}
