import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{graph,language-server,runtime,symbolic,extension,webview,cli,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // worker threads cannot be killed while wasm spins; processes can
    pool: 'forks',
    // many tests wait for processes that they start (editor, browser, command line): even two cores have time for two files
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
