// Bundles every process into dist/ and lays what they load at run time beside it.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './setup.mjs';

const require = createRequire(import.meta.url);
const dist = join(root, 'dist');
const watching = process.argv.includes('--watch');

/** Packages that find their own .wasm or worker files beside themselves: shipped as files, not bundled. */
const SHIPPED = {
  'z3-solver': ['package.json', 'build'],
  'onnxruntime-web': ['package.json', 'dist/ort.node.min.mjs', 'dist/ort.node.min.js', 'dist/ort-wasm-simd-threaded.wasm', 'dist/ort-wasm-simd-threaded.mjs'],
  'onnxruntime-common': ['package.json', 'dist/cjs', 'dist/esm'],
  h5wasm: ['package.json', 'dist/node'],
  highs: ['package.json', 'build'],
};

const common = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: watching ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  // error messages name classes
  keepNames: true,
};

/** The processes beside the editor and the command line share chunks, so each loads only what it uses. */
const node = {
  ...common,
  entryPoints: Object.fromEntries(
    Object.entries({
      'language-server': 'language-server/server/main.ts',
      'analysis-worker': 'language-server/server/worker.ts',
      engine: 'extension/engine/main.ts',
      cli: 'cli/main.ts',
      'query-process': 'cli/query-process.ts',
      'verify-worker': 'symbolic/worker.ts',
    }).filter(([, path]) => existsSync(join(root, path))),
  ),
  outdir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: Object.keys(SHIPPED).concat('onnxruntime-node'),
  // bundled CommonJS packages ask for node's own modules
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
};

const extension = {
  ...common,
  entryPoints: { extension: 'extension/extension.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
};

const webview = {
  ...common,
  entryPoints: Object.fromEntries(
    Object.entries({ webview: 'webview/main.ts', 'layout-worker': 'webview/layout/worker.ts' }).filter(([, path]) => existsSync(join(root, path))),
  ),
  outdir: 'dist',
  minify: !watching,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
};

/** The stubs and the standard library are Python text that the interpreter reads at run time. */
async function copyPython() {
  for (const [from, to] of [['language-server/library', 'library'], ['language-server/python/standard', 'standard']]) {
    const source = join(root, from);
    if (!existsSync(source)) continue;
    await cp(source, join(dist, to), { recursive: true, filter: (path) => !/\.(test\.ts|ts|md)$/.test(path) });
  }
}

async function copyPackages() {
  for (const [name, parts] of Object.entries(SHIPPED)) {
    const folder = packageFolder(name);
    for (const part of parts) {
      const source = join(folder, part);
      if (existsSync(source)) await cp(source, join(dist, 'node_modules', name, part), { recursive: true });
    }
  }
}

function packageFolder(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    if (existsSync(join(base, name, 'package.json'))) return join(base, name);
  }
  throw new Error(`The package ${name} is not installed.`);
}

const configurations = [node, extension, webview].filter(({ entryPoints }) => Object.values(entryPoints).every((path) => existsSync(join(root, path))) && Object.keys(entryPoints).length > 0);

if (watching) {
  await mkdir(dist, { recursive: true });
  await Promise.all([copyPython(), copyPackages()]);
  for (const configuration of configurations) await (await context(configuration)).watch();
  console.error('Watching ...');
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([...configurations.map((configuration) => build(configuration)), copyPython(), copyPackages()]);
  if (process.argv.includes('--list')) console.error((await readdir(dist)).join('\n'));
}
