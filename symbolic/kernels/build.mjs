// Compiles kernels.as to WebAssembly and writes it, inlined as base64, to wasm.generated.ts, so that no bundle has to
// find a file at run time. Run it after a change of kernels.as: `node symbolic/kernels/build.mjs`; `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export async function compileKernels() {
  const { default: asc } = await import('assemblyscript/asc');
  const source = readFileSync(new URL('./kernels.as', import.meta.url), 'utf8');
  let binary;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    ['kernels.ts', '--outFile', 'kernels.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--maximumMemory', '65536', '--stackSize', '0'],
    {
      stderr,
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (name, contents) => { if (name.endsWith('.wasm')) binary = contents; },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`kernels.as does not compile:\n${stderr.toString()}`);
  return `// Made by build.mjs from kernels.as; do not edit.\nexport const wasm = '${Buffer.from(binary).toString('base64')}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = new URL('./wasm.generated.ts', import.meta.url);
  const text = await compileKernels();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error('symbolic/kernels/wasm.generated.ts is not what kernels.as compiles to: run node symbolic/kernels/build.mjs');
      process.exit(1);
    }
  } else {
    writeFileSync(target, text);
    console.log(`wrote ${fileURLToPath(target)}, ${text.length} characters`);
  }
}
