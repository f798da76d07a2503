// Installs the dependencies where they are missing or older than the lock file. Needs nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = 20;

/** Makes node_modules match package-lock.json; returns at once where it does already. */
export function setup() {
  if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
    fail(`Layerscope needs Node ${MINIMUM_NODE} or later; this is ${process.version}.`);
  }
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const stamp = join(root, 'node_modules', '.layerscope-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies ...');
  // no package of ours needs an install script; some of them would try to download or compile
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, lock);
}

/** Runs a command in the project's folder; ends this process with a sentence where it fails. */
export function run(command, args, options = {}) {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`${command} ${args.join(' ')} ended with ${result.signal ?? `exit code ${result.status}`}.`);
  return result;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
