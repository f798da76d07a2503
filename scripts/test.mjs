// Everything that must hold: types, lint with the arrows between rooms, the build, unit tests, the command line, the real editor.
// The last line counts the checks and tests that passed and failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installEditor } from './editor.mjs';
import { root, setup } from './setup.mjs';

setup();

const output = join(root, 'test', 'output');
mkdirSync(output, { recursive: true });
let passed = 0;
let failed = 0;

check('types', ['tsc', '--noEmit']);
check('lint', ['oxlint', '--type-aware', '--deny-warnings', '.']);
check('rooms', ['depcruise', '--config', '.dependency-cruiser.cjs', 'graph', 'language-server', 'runtime', 'symbolic', 'extension', 'webview', 'cli']);
count(step('kernels', process.execPath, ['symbolic/kernels/build.mjs', '--check']));
const built = step('build', process.execPath, ['scripts/build.mjs']);
count(built);

const editor = process.argv.includes('--no-editor') ? { missing: 'left out by --no-editor' } : await installEditor();
if (editor.missing) console.error(`The tests in the real editor cannot run: ${editor.missing}`);

// the tests install the package as a user does
if (!editor.missing) count(step('package', process.execPath, ['scripts/package.mjs', '--built']));

const report = join(output, 'vitest.json');
rmSync(report, { force: true });
const environment = { ...process.env };
if (!editor.missing) Object.assign(environment, { LAYERSCOPE_EDITOR_NODE: editor.node, LAYERSCOPE_EDITOR: editor.server, LAYERSCOPE_CHROMIUM: editor.chromium });
const ran = step('tests', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2).filter((argument) => !argument.startsWith('--no-'))], environment);
try {
  const results = JSON.parse(readFileSync(report, 'utf8'));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  // a file that does not load has no tests to fail
  failed += results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  if (!ran && results.numFailedTests === 0 && failed === 0) failed++;
} catch (error) {
  console.error(`The test runner left no report: ${error.message}`);
  failed++;
}
// on a machine of ours a missing editor is a failure; elsewhere it is said and the rest still counts
if (editor.missing && process.env.CI) failed++;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function check(name, command) {
  count(step(name, 'npx', ['--no-install', ...command]));
}

function count(succeeded) {
  if (succeeded) passed++;
  else failed++;
}

function step(name, command, args, env = process.env) {
  console.error(`\n== ${name}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (error) console.error(`${name}: ${error.message}`);
  return status === 0;
}
