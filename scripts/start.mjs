// The main job from a fresh clone: shows it on examples/ in the terminal, then opens an editor on them.
//   npm start                    the terminal part, then the editor (where there is a terminal)
//   npm start -- --no-editor     the terminal part alone
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { findOnPath, installEditor, serverArguments } from './editor.mjs';
import { makePackage } from './package.mjs';
import { fail, root, run, setup } from './setup.mjs';

setup();
console.error('Building ...');
run(process.execPath, ['scripts/build.mjs']);

const command = join(root, 'dist', 'cli.js');
const digit = 'examples/samples/digit_3_175.png';
const adversarial = join(tmpdir(), `layerscope-adversarial-${process.pid}.png`);
show('A faulty file: what does not fit, before anything runs', ['check', 'examples/digits_faulty.py'], 1);
show('A good file: its layers, shapes and parameters', ['graph', 'examples/digits_keras.py'], 0);
show('A digit, classified with the weights beside the file', ['run', 'examples/digits_keras.py', '--input', digit], 0);
show('An adversarial digit: found, then replayed', ['attack', 'examples/digits_keras.py', '--input', digit, '--epsilon', '0.2', '-o', adversarial], 1);
show('The adversarial picture, classified again from its file', ['run', 'examples/digits_keras.py', '--input', adversarial], 0);
rmSync(adversarial, { force: true });

if (process.argv.includes('--no-editor') || !process.stdout.isTTY) process.exit(0);
await openEditor();

function show(title, args, expected) {
  console.log(`\n\u001b[1m${title}\u001b[0m\n$ npx layerscope ${args.join(' ')}`);
  const { status, error } = spawnSync(process.execPath, [command, ...args], { cwd: root, stdio: 'inherit' });
  if (error) fail(error.message);
  if (status !== expected) fail(`layerscope ${args[0]} ended with exit code ${status}; ${expected} was expected.`);
}

async function openEditor() {
  const examples = join(root, 'examples');
  const code = findOnPath(...(process.platform === 'win32' ? ['code.cmd'] : ['code']));
  if (code) {
    console.log(`\nOpening ${code} on ${examples} with Layerscope on.`);
    run(code, ['--extensionDevelopmentPath', root, '--new-window', examples, '--goto', join(examples, 'digits_keras.py')]);
    return;
  }
  const editor = await installEditor({ browser: false });
  if (editor.missing) fail(`No editor can be opened: ${editor.missing}. Install VS Code and its command "code", and start again.`);
  const data = join(tmpdir(), `layerscope-editor-${process.pid}`);
  const port = await freePort();
  const args = serverArguments({ port, data });
  console.error('Installing the extension into the editor ...');
  run(editor.node, [editor.server, ...args, '--install-extension', makePackage({ build: false })], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn(editor.node, [editor.server, ...args, examples], { stdio: ['ignore', 'pipe', 'inherit'], detached: process.platform !== 'win32' });
  const end = () => {
    stop(server);
    rmSync(data, { recursive: true, force: true });
  };
  process.once('SIGINT', () => { end(); process.exit(0); });
  process.once('SIGTERM', () => { end(); process.exit(0); });
  server.once('exit', (status) => { end(); process.exit(status ?? 0); });
  await new Promise((resolve) => server.stdout.on('data', (data) => String(data).includes('HTTP server listening') && resolve()));
  console.log(`\nVS Code runs with Layerscope on:  http://127.0.0.1:${port}/?folder=${encodeURIComponent(examples)}\nOpen digits_keras.py there. Ctrl-C ends it.`);
}

/** Ends the server with the extension hosts that it started. */
function stop(server) {
  try {
    if (process.platform === 'win32') server.kill();
    else process.kill(-server.pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
