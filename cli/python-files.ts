import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that hold others' code or no code. */
const PASSED_OVER = new Set(['node_modules', '__pycache__', 'site-packages', 'venv', 'build', 'dist']);

/** The Python files and notebooks below a folder, in a fixed order; hidden folders and environments are passed over. */
export async function pythonFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !PASSED_OVER.has(entry.name)) files.push(...await pythonFiles(path));
    } else if (entry.isFile() && /\.(py|ipynb)$/.test(entry.name)) {
      files.push(path);
    }
  }
  return files;
}
