// A real VS Code for `npm start` and the tests: code-server from the npm registry, in a cache folder outside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** code-server 4.139 is VS Code 1.139 and wants Node 24, which npm carries as a package. */
const NODE_VERSION = '24.21.0';
const CODE_SERVER_VERSION = '4.139.1';

const cacheFolder = join(process.env.LAYERSCOPE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'layerscope'), 'vscode');

/**
 * Installs the editor where it is missing.
 * @returns {Promise<{node: string, server: string, chromium?: string, missing?: undefined} | {missing: string}>} paths, or what is missing
 */
export async function installEditor({ browser = true } = {}) {
  const server = installServer();
  if (server.missing || !browser) return server;
  const chromium = findChromium() ?? installChromium();
  if (typeof chromium !== 'string') return chromium;
  return { ...server, chromium };
}

function installServer() {
  const platform = process.platform === 'linux' ? 'linux' : process.platform === 'darwin' ? 'darwin' : undefined;
  const architecture = { x64: 'x64', arm64: 'arm64' }[process.arch];
  if (!platform || !architecture) return { missing: `code-server has no build for ${process.platform} ${process.arch}` };
  const nodePackage = `node-${platform === 'darwin' ? 'darwin' : 'linux'}-${architecture}`;
  const folder = join(cacheFolder, `${CODE_SERVER_VERSION}-node${NODE_VERSION}`);
  const paths = {
    node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    server: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
  if (existsSync(join(folder, '.complete'))) return paths;

  console.error('Installing a real VS Code (code-server) into the cache ...');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  // --ignore-scripts: the postinstall compiles native addons for minutes; VS Code runs without every one of them, spdlog apart
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  for (const [args, cwd] of [
    [['install', '--prefix', folder, ...quiet, `${nodePackage}@${NODE_VERSION}`, `code-server@${CODE_SERVER_VERSION}`], folder],
    [['install', '--omit=dev', ...quiet], vscode],
  ]) {
    if (!existsSync(cwd)) return { missing: `code-server's package has no folder ${cwd}` };
    const { status, stderr } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', shell: process.platform === 'win32' });
    if (status !== 0) return { missing: `npm could not install code-server: ${(stderr ?? '').trim().split('\n')[0]}` };
  }
  writeFileSync(join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'), SPDLOG);
  // a third of the bytes, and not needed to edit
  for (const part of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot', 'extensions/mermaid-markdown-features']) rmSync(join(vscode, part), { recursive: true, force: true });
  writeFileSync(join(folder, '.complete'), '');
  return paths;
}

/** Output channels and logs are files that spdlog writes; this stands in for its C++ with plain appends. */
const SPDLOG = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class FileLogger {
  constructor(_kind, _name, file) { this.file = file; this.level = 2; this.raw = false; mkdirSync(dirname(file), { recursive: true }); }
  write(level, text) {
    if (level < this.level) return;
    const line = this.raw ? text : new Date().toISOString() + ' [' + LEVELS[level] + '] ' + text + '\\n';
    appendFileSync(this.file, line);
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.raw = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
async function createLogger(name, file) { return new FileLogger('', name, file); }
exports.Logger = FileLogger;
exports.setLevel = function () {};
exports.setFlushOn = function () {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
`;

export function findOnPath(...names) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (folder && existsSync(path)) return path;
    }
  }
  return undefined;
}

function findChromium() {
  const named = process.env.LAYERSCOPE_CHROMIUM;
  if (named) return named;
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ?? (existsSync(mac) ? mac : undefined);
}

/** As root on a Debian system: its own package. Else what to do is said. */
function installChromium() {
  const advice = 'no Chromium: install chromium or google-chrome, or name one in LAYERSCOPE_CHROMIUM';
  const debian = existsSync('/etc/debian_version') && findOnPath('apt-get');
  if (!debian || process.getuid?.() !== 0) return { missing: advice };
  console.error('Installing Chromium ...');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
  const { status } = spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  return (status === 0 && findChromium()) || { missing: advice };
}

/** Arguments that serve `folder` with extensions and user data of its own, so nothing lands in the home folder. */
export function serverArguments({ port, data, folder }) {
  mkdirSync(data, { recursive: true });
  const configuration = join(data, 'config.yaml');
  writeFileSync(configuration, `auth: none\ncert: false\n`);
  return [
    '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', configuration,
    '--disable-workspace-trust', '--disable-telemetry', '--disable-update-check',
    '--extensions-dir', join(data, 'extensions'), '--user-data-dir', join(data, 'user'),
    // without it extension hosts live on for hours
    '--reconnection-grace-time', '1',
    ...(folder ? [folder] : []),
  ];
}

export function readVersion(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}
