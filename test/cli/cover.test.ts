import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeNpy } from '../../runtime/index.ts';
import { layerscope, layerscopeJson, root } from './command.ts';

interface Covered {
  readonly criterion: string;
  readonly requirements: number;
  readonly met: number;
  readonly unreachable: number;
  readonly coverage: number;
  readonly tests: number;
  readonly adversarial: number;
  readonly seconds: number;
  readonly ended: string;
  readonly layers: readonly { readonly layer: string; readonly requirements: number; readonly met: number; readonly unreachable: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'layerscope-cover-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = 'examples/digits_torch.py';
const input = 'examples/samples/digit_3_175.png';
const at = (name: string): string => join(folder, name);

/** How many rows an array of a suite has. */
function rowsOf(suite: string, array: string): number {
  const bytes = unzipSync(readFileSync(suite))[`${array}.npy`];
  return Number(/'shape': \((\d+),/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]);
}

describe('layerscope cover', () => {
  test('prints the keys of the contract, and writes the suite that it counts', () => {
    const answer = layerscopeJson<Covered>('cover', file, '--inputs', input, '--criterion', 'nc', '--goal', '0.9', '-o', at('nc.npz'));
    expect(answer).toMatchObject({ criterion: 'nc', ended: 'goal' });
    expect(answer.coverage).toBeCloseTo(answer.met / (answer.requirements - answer.unreachable), 12);
    expect(answer.coverage).toBeGreaterThanOrEqual(0.9);
    expect(answer.seconds).toBeGreaterThan(0);
    expect(answer.layers.reduce((sum, { requirements }) => sum + requirements, 0)).toBe(answer.requirements);
    for (const array of ['inputs', 'labels', 'predicted', 'adversarial', 'generated', 'seeds', 'distances']) expect(rowsOf(at('nc.npz'), array)).toBe(answer.tests);
  });

  test('measures a suite by itself as it was counted when it was made', () => {
    const made = layerscopeJson<Covered>('cover', file, '--inputs', input, '--goal', '0.8', '--epsilon', '0.2', '-o', at('made.npz'));
    const measured = layerscopeJson<Covered>('cover', file, '--inputs', at('made.npz'), '--measure');
    expect(measured.met).toBe(made.met);
    expect(measured.layers.map(({ met }) => met)).toEqual(made.layers.map(({ met }) => met));
    expect(measured.adversarial).toBe(0);
  });

  test.each(['ssc', 'nbc', 'lipschitz'])('%s meets requirements', (criterion) => {
    const answer = layerscopeJson<Covered>('cover', file, '--inputs', input, '--criterion', criterion, '--timeout', '6', '--goal', '0.5');
    expect(answer.criterion).toBe(criterion);
    expect(answer.met).toBeGreaterThan(0);
    expect(answer.tests).toBeGreaterThan(1);
  });

  test('starts from one random input where none is given, the same one for the same seed', () => {
    const once = () => layerscopeJson<Covered>('cover', file, '--goal', '0.7', '--seed', '4');
    const [{ seconds: _, ...first }, { seconds: __, ...second }] = [once(), once()];
    expect(first).toEqual(second);
    expect(first.coverage).toBeGreaterThanOrEqual(0.7);
  });

  test('L0 changes no more elements than it may', () => {
    layerscopeJson<Covered>('cover', file, '--inputs', input, '--norm', 'l0', '--epsilon', '5', '--goal', '0.6', '--timeout', '10', '-o', at('l0.npz'));
    const bytes = unzipSync(readFileSync(at('l0.npz')))['distances.npy'];
    const distances = new Float32Array(bytes.slice(-4 * rowsOf(at('l0.npz'), 'distances')).buffer);
    expect(Math.max(...distances)).toBeLessThanOrEqual(5);
  });

  test('a process that is killed goes on where it was', async () => {
    const args = ['cover', file, '--inputs', input, '--criterion', 'nc', '--timeout', '60', '--format', 'json', '-o', at('killed.npz')];
    const state = `${at('killed.npz')}.state.jsonl`;
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: root, stdio: 'ignore' });
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!existsSync(state) || readFileSync(state, 'utf8').split('\n').length < 8) return;
        clearInterval(look);
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }, 20);
    });
    const before = readFileSync(state, 'utf8');
    const resumed = layerscopeJson<Covered>(...args.slice(0, -4), '-o', at('killed.npz'), '--resume');
    expect(readFileSync(state, 'utf8').startsWith(before.slice(0, before.lastIndexOf('\n') + 1))).toBe(true);
    const whole = layerscopeJson<Covered>(...args.slice(0, -4), '-o', at('whole.npz'));
    const { seconds: _, ...rest } = resumed;
    const { seconds: __, ...expected } = whole;
    expect(rest).toEqual(expected);
    const [one, other] = [at('killed.npz'), at('whole.npz')].map((path) => unzipSync(readFileSync(path)));
    for (const [name, bytes] of Object.entries(one)) expect(Buffer.compare(bytes, other[name]), name).toBe(0);
  }, 120_000);

  test('Ctrl-C stops it with what was found', async () => {
    const args = ['cover', file, '--inputs', input, '--criterion', 'ssc', '--timeout', '100', '--format', 'json', '-o', at('stopped.npz')];
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    setTimeout(() => child.kill('SIGINT'), 6_000);
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    const answer = JSON.parse(text) as Covered;
    expect(answer.ended).toBe('cancelled');
    expect(rowsOf(at('stopped.npz'), 'inputs')).toBe(answer.tests);
  }, 60_000);

  test('an outcome for people', () => {
    const { status, stdout } = layerscope('cover', file, '--inputs', input, '--goal', '0.5');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^neuron coverage: \d+\.\d % \(\d+ of 1568 requirements met, \d+ proved unreachable\)$/m);
    expect(stdout).toMatch(/^the goal is reached; /m);
  });

  writeFileSync(at('wide.npy'), encodeNpy({ dataType: 'float32', shape: [2, 9], data: new Float32Array(18) }));
  writeFileSync(at('bytes.npy'), encodeNpy({ dataType: 'float32', shape: [1, 1, 8, 8], data: new Float32Array(64).fill(200) }));
  writeFileSync(at('empty.npy'), encodeNpy({ dataType: 'float32', shape: [0, 1, 8, 8], data: new Float32Array(0) }));
  writeFileSync(at('labels.npy'), encodeNpy({ dataType: 'int64', shape: [3], data: new BigInt64Array(3) }));
  test.each([
    [['--criterion', 'mcdc'], /--criterion takes nc, ssc, nbc or lipschitz, not mcdc/],
    [['--norm', 'l2'], /--norm takes linf or l0, not l2/],
    [['--goal', '95'], /--goal takes a share from 0 to 1, not 95/],
    [['--goal', '0'], /positive number/],
    [['--epsilon', '-1'], /positive number/],
    [['--inputs', 'nowhere.npy'], /nowhere.npy does not exist/],
    [['--inputs', at('wide.npy')], /wide.npy has shape \(2, 9\), but the input x takes/],
    [['--inputs', at('bytes.npy')], /element 0 of input 0 is 200, outside of the input's range 0 to 1/],
    [['--inputs', at('empty.npy')], /empty.npy holds no examples/],
    [['--inputs', input, '--labels', at('labels.npy')], /labels of shape \(3\) for 1 examples/],
    [['--resume'], /--resume goes on with the state beside a suite: name it with -o/],
    [['--resume', '-o', at('new.npz')], /new.npz.state.jsonl does not exist: there is nothing to go on with/],
    [['-o', 'suite.txt'], /a suite is written as .npz/],
    [['-o', '/nowhere/suite.npz'], /suite.npz.* cannot be written/],
    [['--measure'], /--measure needs the inputs to measure/],
    [['--lower', 'zero'], /It takes a number/],
  ])('%j ends with one sentence and exit 2', (args, message) => {
    const { status, stdout, stderr } = layerscope('cover', file, ...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
