// The verifier on the benchmarks of VNN-COMP: ACAS Xu (properties 1 to 4) and mnist_fc. Each query is one run of the
// command line, so that the time limit counts from the start of the process, as in the competition.
//
//   node test/bench/verifier.mjs DATA [acasxu|mnist_fc] [--limit S] [--every N] [--from N] [--only TEXT] [--json OUT]
//
// DATA holds acasxu/ and mnist_fc/ with their instances.csv, networks and properties (or set BENCH_DATA).
// --limit caps the time that instances.csv allows, --every takes each N-th instance.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: 'string' }, every: { type: 'string', default: '1' }, from: { type: 'string', default: '0' }, only: { type: 'string' }, json: { type: 'string' } },
});
const sets = positionals.filter((name) => name === 'acasxu' || name === 'mnist_fc');
const data = positionals.find((name) => !sets.includes(name)) ?? process.env.BENCH_DATA;
if (!data || !existsSync(data)) {
  console.log(`The benchmark data is not here${data ? ` (${data} does not exist)` : ''}: give the folder that holds acasxu/ and mnist_fc/ as the argument or in BENCH_DATA.`);
  process.exit(0);
}
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(cli)) {
  console.log('dist/cli.js is not built: run npm run build first.');
  process.exit(2);
}

const results = [];
for (const set of sets.length > 0 ? sets : ['acasxu', 'mnist_fc']) {
  const rows = readFileSync(join(data, set, 'instances.csv'), 'utf8').trim().split('\n').map((line) => line.trim().split(','))
    .filter((row) => !options.only || row.join(' ').includes(options.only))
    .filter((_, index) => index >= Number(options.from) && index % Number(options.every) === 0);
  const own = [];
  for (const [network, property, allowed] of rows) {
    const limit = Math.min(Number(allowed), Number(options.limit ?? Infinity));
    const result = { set, network, property, ...(await verify(find(set, network), find(set, property), limit)) };
    own.push(result);
    results.push(result);
    console.log(`${network.replace(/^.*\//, '').padEnd(38)} ${property.replace(/^.*\//, '').padEnd(24)} ${result.verdict.padEnd(8)} ${result.seconds.toFixed(2).padStart(8)} s  ${String(result.branches ?? '').padStart(8)} branches  ${result.method ?? ''}`);
    if (options.json) writeFileSync(options.json, JSON.stringify(results, undefined, 1));
  }
  summarise(set, own);
}

function find(set, name) {
  const path = join(data, set, name);
  return existsSync(path) ? path : `${path}.gz`;
}

function verify(network, property, limit) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'verify', network, property, '--timeout', String(limit), '--format', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => { out += chunk; });
    child.stderr.on('data', (chunk) => { complaint += chunk; });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (code !== 0 && code !== 3) resolve({ verdict: 'error', seconds, method: complaint.trim().split('\n')[0] });
      else resolve({ ...JSON.parse(out), seconds, inside: JSON.parse(out).seconds });
    });
  });
}

function summarise(set, rows) {
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  const times = rows.filter((row) => row.verdict === 'sat' || row.verdict === 'unsat').map((row) => row.seconds).sort((a, b) => a - b);
  const total = rows.reduce((sum, row) => sum + row.seconds, 0);
  const at = (share) => (times.length === 0 ? Number.NaN : times[Math.min(times.length - 1, Math.floor(share * times.length))]);
  console.log(`\n${set}: ${times.length} of ${rows.length} decided (${count('sat')} sat, ${count('unsat')} unsat), ${count('timeout')} timeouts, ${count('unknown')} unknown, ${count('error')} errors`);
  console.log(`seconds: total ${total.toFixed(1)}, of the decided median ${at(0.5).toFixed(2)}, p90 ${at(0.9).toFixed(2)}, most ${at(1).toFixed(2)}\n`);
}
