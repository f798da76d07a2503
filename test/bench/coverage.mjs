// Generated tests on the networks of the papers: coverage reached, and tests for each minute of processor time.
//
//   python test/oracle/coverage_networks.py DATA
//   node test/bench/coverage.mjs DATA [--limit S] [--only TEXT] [--json OUT]
//
// DATA holds small.py, conv.py, their weights (.h5) and NAME_train.npz, NAME_test.npz (or set COVERAGE_DATA). Tests start from
// the test set; the boundaries of nbc are those of the training set. --limit is the wall time of one run (600 s).
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { limit: { type: 'string', default: '600' }, only: { type: 'string' }, json: { type: 'string' } } });
const data = positionals[0] ?? process.env.COVERAGE_DATA;
if (!data || !existsSync(join(data, 'conv.h5'))) {
  console.log('The networks are not here: make them with test/oracle/coverage_networks.py, and give their folder as the argument or in COVERAGE_DATA.');
  process.exit(0);
}
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(cli)) {
  console.log('dist/cli.js is not built: run npm run build first.');
  process.exit(2);
}

const runs = [
  ['small', 'nc', 'linf'], ['small', 'ssc', 'linf'], ['small', 'nbc', 'linf'], ['small', 'lipschitz', 'linf'], ['small', 'nc', 'l0'], ['small', 'ssc', 'l0'], ['small', 'nbc', 'l0'],
  ['conv', 'nc', 'linf'], ['conv', 'nbc', 'linf'], ['conv', 'ssc', 'linf'], ['conv', 'nc', 'l0'],
].filter((run) => !options.only || run.join(' ').includes(options.only));

const results = [];
for (const [network, criterion, norm] of runs) {
  const result = await cover(network, criterion, norm);
  results.push({ network, criterion, norm, ...result });
  const { coverage, met, requirements, unreachable, tests, generated, adversarial, seconds, processor, ended } = result;
  console.log(`${network.padEnd(6)} ${criterion.padEnd(9)} ${norm.padEnd(5)} ${(100 * coverage).toFixed(1).padStart(5)} %  ${met} of ${requirements}, ${unreachable} unreachable; ${tests} tests, ${generated} generated, ${adversarial} adversarial; `
    + `${seconds.toFixed(1)} s, ${processor.toFixed(1)} s of processor time, ${Math.round((60 * generated) / processor)} generated a minute of it (${ended})`);
  if (options.json) writeFileSync(options.json, JSON.stringify(results, undefined, 1));
}

function cover(network, criterion, norm) {
  const args = ['cover', `${network}.py`, '--weights', `${network}.h5`, '--criterion', criterion, '--norm', norm, '--inputs', `${network}_test.npz`, '--boundary', `${network}_train.npz`,
    // of ten million pairs of the convolutions: those of one decision neuron of each layer with all that it reads
    '--pairs', '288', '--timeout', options.limit, '--format', 'json'];
  const report = "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write(`\\nprocessor ${(user + system) / 1e6}\\n`); });";
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(report)}`, cli, ...args], { cwd: data, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => { out += chunk; });
    child.stderr.on('data', (chunk) => { complaint += chunk; });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(complaint.trim()));
      else resolve({ ...JSON.parse(out), processor: Number(/processor ([\d.]+)/.exec(complaint)[1]) });
    });
  });
}
