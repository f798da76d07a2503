import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findNative, installedForEveryone } from './native.ts';

const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A package that looks like the native runtime. */
function install(modules: string, code: string): string {
  const folder = join(modules, 'onnxruntime-node');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"main":"dist/index.js"}');
  writeFileSync(join(folder, 'dist', 'index.js'), code);
  return folder;
}

describe('the native runtime is found', () => {
  const working = 'exports.InferenceSession = class {}; exports.Tensor = class {}; exports.env = {};';

  test('in the folder that the environment names, or below it', async () => {
    const folder = install(join(scratch, 'stated', 'node_modules'), working);
    for (const place of [folder, join(scratch, 'stated'), join(scratch, 'stated', 'node_modules')]) {
      expect(await findNative({ LAYERSCOPE_ONNXRUNTIME: place })).toHaveProperty('InferenceSession');
    }
  });

  test('among the packages installed for everyone', () => {
    const folder = install(join(scratch, 'prefix', 'lib', 'node_modules'), working);
    expect(installedForEveryone({}, join(scratch, 'prefix', 'bin', 'node'))).toContain(folder);
    expect(installedForEveryone({ npm_config_prefix: join(scratch, 'prefix') }, '/nowhere/node')).toContain(folder);
    expect(installedForEveryone({ NODE_PATH: join(scratch, 'prefix', 'lib', 'node_modules') }, '/nowhere/node')).toContain(folder);
  });

  test('not where it does not load, and not where the environment says none', async () => {
    const folder = install(join(scratch, 'broken'), 'throw new Error("invalid ELF header");');
    expect(await findNative({ LAYERSCOPE_ONNXRUNTIME: folder })).toBeUndefined();
    expect(await findNative({ LAYERSCOPE_ONNXRUNTIME: join(scratch, 'nothing') })).toBeUndefined();
    expect(await findNative({ LAYERSCOPE_ONNXRUNTIME: 'none' })).toBeUndefined();
  });
});
