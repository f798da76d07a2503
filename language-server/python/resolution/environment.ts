/** Finding the user's Python environment without running Python. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

export interface Environment {
  /** Folders where installed packages lie, in the order of `sys.path`. */
  readonly folders: readonly string[];
  /** What it was found by, for messages: `.venv`, `VIRTUAL_ENV`, `python on PATH`, ...; undefined where none was found. */
  readonly origin: string | undefined;
}

export interface EnvironmentQuery {
  /** Where to look for `.venv` and `venv`: the file's folder and its parents up to the workspace folder that holds it. */
  readonly folders: readonly string[];
  /** Folders given by the user: they stand before the environment's own. */
  readonly pythonPath: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function findEnvironment(query: EnvironmentQuery): Environment {
  const given = withPathFiles(query.pythonPath.filter(isFolder));
  const found = prefixes(query).map(({ prefix, origin }) => ({ folders: sitePackages(prefix), origin })).find(({ folders }) => folders.length > 0);
  const origin = found?.origin ?? (given.length > 0 ? 'the given path' : undefined);
  return { folders: [...new Set([...given, ...withPathFiles(found?.folders ?? [])])], origin };
}

function prefixes({ folders, variables }: EnvironmentQuery): { prefix: string; origin: string }[] {
  const result: { prefix: string; origin: string }[] = [];
  for (const folder of folders) {
    for (const name of ['.venv', 'venv']) result.push({ prefix: join(folder, name), origin: name });
  }
  if (variables.VIRTUAL_ENV) result.push({ prefix: variables.VIRTUAL_ENV, origin: 'VIRTUAL_ENV' });
  if (variables.CONDA_PREFIX) result.push({ prefix: variables.CONDA_PREFIX, origin: 'CONDA_PREFIX' });
  for (const folder of (variables.PATH ?? variables.Path ?? '').split(delimiter)) {
    for (const name of ['python3', 'python', 'python.exe']) {
      const path = join(folder, name);
      if (folder === '' || !existsSync(path)) continue;
      // a virtual environment's python is a link out of it: the folder of the link counts
      if (existsSync(join(folder, '..', 'pyvenv.cfg'))) result.push({ prefix: dirname(folder), origin: 'python on PATH' });
      result.push({ prefix: dirname(folder), origin: 'python on PATH' });
      try {
        const real = dirname(realpathSync(path));
        result.push({ prefix: /^(?:bin|Scripts)$/i.test(real.split(/[\\/]/).pop() ?? '') ? dirname(real) : real, origin: 'python on PATH' });
      } catch {
        // a link to nowhere is no Python
      }
    }
  }
  return result;
}

/** The package folders of an installation or a virtual environment, those of its base where it says so. */
function sitePackages(prefix: string, depth = 0): string[] {
  const folders: string[] = [];
  const add = (folder: string): void => {
    if (isFolder(folder)) folders.push(folder);
  };
  for (const library of ['lib', 'lib64', join('local', 'lib')]) {
    for (const version of versions(join(prefix, library))) {
      add(join(prefix, library, version, 'site-packages'));
      add(join(prefix, library, version, 'dist-packages'));
    }
    add(join(prefix, library, 'python3', 'dist-packages'));
  }
  add(join(prefix, 'Lib', 'site-packages'));
  const settings = readText(join(prefix, 'pyvenv.cfg'));
  const home = /^\s*home\s*=\s*(.+?)\s*$/m.exec(settings ?? '')?.[1];
  if (home && depth < 3 && /^\s*include-system-site-packages\s*=\s*true\s*$/im.test(settings ?? '')) folders.push(...sitePackages(dirname(home), depth + 1));
  return [...new Set(folders.map((folder) => realpathSync(folder)))];
}

/** `python3.11` before `python3.9`. */
function versions(folder: string): string[] {
  const minor = (name: string): number => Number(name.split('.')[1]);
  return list(folder).filter((name) => /^python3\.\d+t?$/.test(name)).sort((a, b) => minor(b) - minor(a));
}

/** The folders and those that the `.pth` files in them name, as `site` adds them. */
function withPathFiles(folders: readonly string[]): string[] {
  const result = [...folders];
  for (const folder of folders) {
    for (const name of list(folder).filter((file) => file.endsWith('.pth')).sort()) {
      for (const line of (readText(join(folder, name)) ?? '').split(/\r?\n/)) {
        const entry = line.trim();
        if (entry === '' || entry.startsWith('#') || /^import[ \t]/.test(entry)) continue;
        const path = isAbsolute(entry) ? entry : resolve(folder, entry);
        if (isFolder(path)) result.push(path);
      }
    }
  }
  return result;
}

/** The version that an installed distribution states, such as `0.29.2` for `torchvision`; undefined where it is not installed. */
export function installedVersion(environment: Environment, distribution: string): string | undefined {
  const wanted = normalised(distribution);
  for (const folder of environment.folders) {
    for (const name of list(folder)) {
      const match = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(name);
      if (match && normalised(match[1]) === wanted) return match[2];
    }
  }
  return undefined;
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
