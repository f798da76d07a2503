import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist', 'cli.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in the project's folder, as a user does. */
export function layerscope(...args: string[]): Ended {
  if (!existsSync(built)) throw new Error('dist/cli.js is missing: run `npm run build`, or `npm test`, which does.');
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, ...args], { cwd: root, encoding: 'utf8', timeout: 120_000 });
  return { status, stdout, stderr };
}

/** Starts a command and leaves it running. */
export function start(...args: string[]): { readonly process: ChildProcess; readonly ended: Promise<{ status: number | null; signal: string | null; stdout: string }> } {
  const child = spawn(process.execPath, [built, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => { stdout += String(chunk); });
  return { process: child, ended: new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal, stdout }))) };
}

/** Runs a command whose output is JSON. */
export function layerscopeJson<T>(...args: string[]): T {
  const { stdout, stderr } = layerscope(...args, '--format', 'json');
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`no JSON from layerscope ${args.join(' ')}: ${stdout.slice(0, 500)}${stderr}`);
  }
}
