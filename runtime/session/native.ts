import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Runtime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor' | 'env'>;

const packageName = 'onnxruntime-node';

/**
 * The native ONNX Runtime, where there is one: beside this package (a platform's own package carries it), in the folder that
 * `LAYERSCOPE_ONNXRUNTIME` names, or among the packages installed for everyone. A workspace's own packages are not looked at:
 * opening a folder must not load its binaries. Undefined where it is missing or does not fit the system.
 */
export async function findNative(environment: Readonly<Record<string, string | undefined>> = process.env): Promise<Runtime | undefined> {
  // a stated one counts, even where it does not work: then it is seen to be missing
  const stated = environment.LAYERSCOPE_ONNXRUNTIME;
  if (stated === 'none') return undefined;
  for (const place of stated ? [stated, join(stated, packageName), join(stated, 'node_modules', packageName)] : [packageName, ...installedForEveryone(environment)]) {
    const runtime = await load(place);
    if (runtime) return runtime;
  }
  return undefined;
}

/** Folders in which a package manager installs what every program may use. */
export function installedForEveryone({ NODE_PATH, npm_config_prefix: prefix, APPDATA }: Readonly<Record<string, string | undefined>>, program = process.execPath): string[] {
  const binaries = dirname(program);
  const roots = [
    ...(NODE_PATH?.split(delimiter).filter(Boolean) ?? []),
    ...(prefix ? [join(prefix, 'lib', 'node_modules')] : []),
    join(binaries, '..', 'lib', 'node_modules'),
    ...(APPDATA ? [join(APPDATA, 'npm', 'node_modules')] : []),
    ...(process.platform === 'win32' ? [join(binaries, 'node_modules')] : ['/usr/local/lib/node_modules', '/usr/lib/node_modules']),
  ];
  return [...new Set(roots)].map((root) => join(root, packageName)).filter((path) => existsSync(join(path, 'package.json')));
}

async function load(place: string): Promise<Runtime | undefined> {
  const address = place === packageName ? packageName : pathToFileURL(join(place, 'dist', 'index.js')).href;
  try {
    const module = await import(/* @vite-ignore */ address) as Partial<Runtime> & { default?: Partial<Runtime> };
    const runtime = module.InferenceSession ? module : module.default;
    return runtime?.InferenceSession && runtime.Tensor ? runtime as Runtime : undefined;
  } catch {
    // its absence, or a binary for another system, is the ordinary case
    return undefined;
  }
}
