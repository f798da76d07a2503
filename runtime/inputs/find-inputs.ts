import { existsSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

const INPUTS = new Set(['.png', '.jpg', '.jpeg', '.npy']);
const FOLDERS = ['.', 'samples', 'images', 'inputs', 'data', 'test'];
const MOST = 200;

/** Pictures and arrays beside a program, in its folder and in those where samples usually lie; at most 200, by name. */
export function findInputs(program: string): string[] {
  const found: string[] = [];
  for (const folder of FOLDERS.map((name) => join(dirname(program), name))) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isFile() && INPUTS.has(extname(entry.name).toLowerCase())) found.push(join(folder, entry.name));
      if (found.length >= MOST) return found;
    }
  }
  return found;
}
