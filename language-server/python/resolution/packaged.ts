import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A folder of Python text that ships with the product: `standard` or `library`. It lies near this file in the sources, and beside the bundle
 * or one folder up from a chunk of it in dist/.
 */
export function packagedFolder(name: 'standard' | 'library'): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, name), join(here, '..', name), join(here, '..', '..', name)];
  return candidates.find((folder) => existsSync(folder)) ?? candidates[0];
}
