// Makes layerscope-VERSION.vsix: what is installed into VS Code, complete and offline.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readVersion } from './editor.mjs';
import { fail, root, run, setup } from './setup.mjs';

const LIMIT_MEGABYTES = 60;

/** @returns {string} the path of the package */
export function makePackage({ build = true } = {}) {
  setup();
  if (build) run(process.execPath, ['scripts/build.mjs']);
  const path = join(root, `layerscope-${readVersion(root)}.vsix`);
  // dist/ carries the few packages that are loaded as files; the rest is bundled
  run('npx', ['--no-install', 'vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  const megabytes = statSync(path).size / 1e6;
  if (megabytes > LIMIT_MEGABYTES) fail(`${path} has ${megabytes.toFixed(1)} MB; at most ${LIMIT_MEGABYTES} are allowed.`);
  return path;
}

if (process.argv[1]?.endsWith('package.mjs')) {
  const path = makePackage({ build: !process.argv.includes('--built') });
  console.log(`${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)`);
}
