/**
 * Import resolution: where a module's source lies. Workspace folders first, then stubs, then the standard library, then the environment's packages.
 * Nothing is imported or run by a real Python.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve as resolvePath } from 'node:path';
import { findEnvironment, installedVersion } from './environment.ts';
import type { Environment } from './environment.ts';
import { makeSourceFile, sourceFile } from './source-files.ts';
import type { Resolution, SourceFile } from '../interpreter-api.ts';
import { standardModule } from '../standard/index.ts';

export { packagedFolder } from './packaged.ts';
export { makeSourceFile } from './source-files.ts';

export interface ResolverOptions {
  /** The file under analysis: its own folder is searched first. */
  readonly file: string;
  /** The workspace's folders. */
  readonly workspace?: readonly string[];
  /** The folder of framework stubs. */
  readonly library?: string;
  /** Folders that the user gives, such as a site-packages. */
  readonly pythonPath?: readonly string[];
  /** Environment variables; the process's own where left out. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** The text of an open document, which stands before the file's. */
  readonly openText?: (path: string) => string | undefined;
}

/** Packages of the stub library that stand back behind an installed package of the same name: their real sources can be interpreted. */
const fallbacks = new Set(['transformers', 'keras_hub']);

/** Packages whose stubs lie over the installed package: modules that the stub leaves out are read from there. */
const overlays = new Set(['torchvision', 'timm']);

/** Packages that are known under other names too: what stands under the first name is read from the second. */
const aliases: readonly (readonly [string, string])[] = [
  ['tensorflow.keras', 'keras'], ['tensorflow.python.keras', 'keras'], ['tensorflow.compat.v1.keras', 'keras'], ['tensorflow.compat.v2.keras', 'keras'],
  ['tensorflow.compat.v2', 'tensorflow'], ['tf_keras', 'keras'], ['keras_core', 'keras'], ['keras_nlp', 'keras_hub'], ['keras.api', 'keras'], ['keras._tf_keras.keras', 'keras'], ['keras._tf_keras', 'keras'],
];

/** Modules that a stub leaves to the installed package: their sources are interpreted over the stub's layers. */
const sourced = new Set(['keras.applications', 'keras.src.applications']);

/** Bytes of the largest data file that is read: a configuration, a list of labels. */
const LARGEST_DATA = 1_000_000;

/** Distributions whose module has another name. */
const moduleNames = new Map([
  ['scikit-learn', 'sklearn'], ['pillow', 'PIL'], ['opencv-python', 'cv2'], ['scikit-image', 'skimage'], ['tensorflow-cpu', 'tensorflow'], ['tensorflow-gpu', 'tensorflow'],
]);

interface Place {
  readonly resolution: Resolution;
  /** Where submodules lie. */
  readonly folders: readonly string[];
  readonly kind: 'user' | 'stub' | 'standard' | 'installed';
}

const missing: Place = { resolution: { kind: 'missing' }, folders: [], kind: 'installed' };

export class Resolver {
  readonly environment: Environment;
  readonly #roots: readonly string[];
  readonly #library: string | undefined;
  readonly #openText: (path: string) => string | undefined;
  readonly #places = new Map<string, Place>();

  constructor(options: ResolverOptions) {
    const own = dirname(resolvePath(options.file));
    const workspace = (options.workspace ?? []).map((folder) => resolvePath(folder));
    this.#library = options.library;
    this.#openText = options.openText ?? (() => undefined);
    this.environment = findEnvironment({
      folders: [...new Set([...parents(own, workspace), ...workspace])], pythonPath: options.pythonPath ?? [], variables: options.variables ?? process.env,
    });
    // a file of an installed package that is opened itself does not make the packages beside it the user's
    const installed = new Set(this.environment.folders.map((folder) => resolvePath(folder)));
    const packages = packageRoots(own).filter((folder) => !installed.has(folder) && !/[\\/](site|dist)-packages$/.test(folder));
    this.#roots = [...new Set([own, ...packages, ...workspace.flatMap((folder) => [folder, join(folder, 'src')])])];
  }

  /** `Host.resolve`: the module of an absolute dotted name. */
  resolve(name: string): Resolution {
    const { resolution, kind } = this.#place(name);
    return resolution.kind === 'source' && kind === 'installed' && isDeferred(name) ? { ...resolution, deferred: true } : resolution;
  }

  /**
   * A data file that the program reads: in the environment's packages, or in the folder of the file or of the workspace, where a
   * relative path is looked for. Undefined where it is none of these, or too large to be a configuration.
   */
  dataFile(path: string): string | undefined {
    const folders = [...this.#roots, ...this.environment.folders];
    const candidates = isAbsolute(path) ? [path] : this.#roots.map((folder) => join(folder, path));
    return candidates.map((candidate) => resolvePath(candidate)).find((candidate) => {
      if (folders.every((folder) => relative(folder, candidate).startsWith('..'))) return false;
      const entry = statSync(candidate, { throwIfNoEntry: false });
      return entry !== undefined && entry.isFile() && entry.size <= LARGEST_DATA;
    });
  }

  /** `importlib.metadata.version(distribution)`; undefined where it is not installed. */
  version(distribution: string): string | undefined {
    return installedVersion(this.environment, distribution) ?? this.#stubVersion(distribution);
  }

  /** What a stub says of itself: a framework that is stubbed counts as installed. */
  #stubVersion(distribution: string): string | undefined {
    if (this.#library === undefined) return undefined;
    const module = moduleNames.get(distribution.toLowerCase().replaceAll('_', '-')) ?? distribution.replaceAll('-', '_');
    const place = this.#search([this.#library], module, 'stub');
    return place?.resolution.kind === 'source' ? /^__version__\s*=\s*['"]([^'"]+)['"]/m.exec(place.resolution.file.text)?.[1] : undefined;
  }

  /** The dotted name under which a file of the workspace would be imported, for its own relative imports. */
  nameOf(path: string): { readonly name: string; readonly isPackage: boolean } {
    const root = packageRoots(dirname(resolvePath(path)))[0] ?? dirname(resolvePath(path));
    const parts = relative(root, resolvePath(path)).replace(/\.[^./\\]+$/, '').split(/[\\/]/);
    const isPackage = parts[parts.length - 1] === '__init__';
    if (isPackage) parts.pop();
    return { name: parts.join('.'), isPackage };
  }

  #place(name: string): Place {
    const known = this.#places.get(name);
    if (known) return known;
    const alias = aliases.find(([from]) => name === from || name.startsWith(`${from}.`));
    const dot = name.lastIndexOf('.');
    const place = alias ? this.#place(alias[1] + name.slice(alias[0].length)) : dot < 0 ? this.#top(name) : this.#inside(this.#place(name.slice(0, dot)), name.slice(dot + 1), name);
    this.#places.set(name, place);
    return place;
  }

  #top(name: string): Place {
    const stubs = this.#library === undefined ? [] : [this.#library];
    const installed = (): Place | undefined => this.#search(this.environment.folders, name, 'installed');
    const namespace: Place[] = [];
    const over = (): Place | undefined => {
      const [stub, below] = [this.#search(stubs, name, 'stub'), installed()];
      return stub && below ? { ...stub, folders: [...stub.folders, ...below.folders], kind: 'installed' } : undefined;
    };
    const regular = (place: Place | undefined): Place | undefined => {
      if (place?.resolution.kind !== 'namespace') return place;
      namespace.push(place);
      return undefined;
    };
    return regular(this.#search(this.#roots, name, 'user'))
      ?? (fallbacks.has(name) ? regular(installed()) : undefined)
      ?? (overlays.has(name) ? over() : undefined)
      ?? regular(this.#search(stubs, name, 'stub'))
      ?? standard(name)
      ?? regular(installed())
      // a folder without __init__.py counts only where nothing else has the name
      ?? namespace.find((place) => place.kind !== 'user') ?? namespace[0]
      ?? missing;
  }

  #inside(parent: Place, part: string, name: string): Place {
    if (parent.resolution.kind === 'missing') return missing;
    if (parent.resolution.kind === 'unknown') return { ...parent, folders: [] };
    if (parent.kind === 'standard') return standard(name) ?? missing;
    const found = this.#search(parent.folders, part, parent.kind);
    if (found) return found;
    if (parent.kind !== 'stub') return missing;
    const below = sourced.has(name) ? this.#search(this.environment.folders.map((folder) => join(folder, ...name.split('.').slice(0, -1))), part, 'installed') : undefined;
    if (below) return below;
    const standIn = this.#library === undefined ? undefined : this.#search([join(this.#library, 'stand-ins', ...name.split('.').slice(0, -1))], part, 'stub');
    if (standIn) return standIn;
    // the framework may have it, though its stub does not
    return { resolution: { kind: 'unknown', reason: `${name} is not modelled` }, folders: [], kind: 'stub' };
  }

  #search(folders: readonly string[], part: string, kind: Place['kind']): Place | undefined {
    const namespace: string[] = [];
    for (const folder of folders) {
      const entry = entries(folder).get(part);
      if (!entry) continue;
      const path = join(folder, part);
      // in a package of two layers the lower one's folder is searched as well
      if (entry.package) return this.#source(join(path, '__init__.py'), kind, true, folders.filter((each) => entries(each).get(part)?.package).map((each) => join(each, part)));
      if (entry.module) return this.#source(`${path}.py`, kind, false, []);
      if (entry.compiled) return { resolution: { kind: 'unknown', reason: `${part} is a compiled module` }, folders: [], kind };
      if (entry.folder) namespace.push(path);
    }
    return namespace.length > 0 ? { resolution: { kind: 'namespace' }, folders: namespace, kind } : undefined;
  }

  #source(path: string, kind: Place['kind'], isPackage: boolean, folders: readonly string[]): Place | undefined {
    const user = kind === 'user';
    const open = user ? this.#openText(path) : undefined;
    const file: SourceFile | undefined = open === undefined ? sourceFile(path, user) : makeSourceFile(path, open, true);
    return file && { resolution: { kind: 'source', file, isPackage }, folders, kind };
  }
}

/** Installed packages whose modules register nothing when they run, and that model code mostly imports without using them. */
const deferred = [
  'PIL', 'torchvision.datasets', 'torchvision.io', 'torchvision.transforms', 'torchvision.utils', 'torchvision.tv_tensors', 'matplotlib', 'scipy', 'pandas', 'sklearn', 'huggingface_hub',
  'requests', 'yaml', 'tqdm', 'safetensors', 'fsspec', 'urllib3',
];

function isDeferred(name: string): boolean {
  return deferred.some((each) => name === each || name.startsWith(`${each}.`));
}

function standard(name: string): Place | undefined {
  const resolution = standardModule(name);
  return resolution && { resolution, folders: [], kind: 'standard' };
}

interface Entry {
  package: boolean;
  module: boolean;
  compiled: boolean;
  folder: boolean;
}

const listings = new Map<string, { readonly modified: number; readonly entries: Map<string, Entry> }>();
const none = new Map<string, Entry>();

/** The modules that lie in a folder, by name: one listing instead of many questions to the disk. */
function entries(folder: string): ReadonlyMap<string, Entry> {
  const modified = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  if (modified === undefined) return none;
  const known = listings.get(folder);
  if (known?.modified === modified) return known.entries;
  const result = new Map<string, Entry>();
  const entryOf = (name: string): Entry => {
    let entry = result.get(name);
    if (!entry) result.set(name, entry = { package: false, module: false, compiled: false, folder: false });
    return entry;
  };
  let listed;
  try {
    listed = readdirSync(folder, { withFileTypes: true });
  } catch {
    // not a folder, or not ours to read: nothing is imported from it
    return none;
  }
  for (const each of listed) {
    const { name } = each;
    if (name.endsWith('.py')) entryOf(name.slice(0, -3)).module = true;
    else if (/\.(?:so|pyd)$/.test(name)) entryOf(name.slice(0, name.indexOf('.'))).compiled = true;
    else if (/^[^.]+$/.test(name) && (each.isDirectory() || (each.isSymbolicLink() && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory()))) {
      const entry = entryOf(name);
      entry.folder = true;
      entry.package = existsSync(join(folder, name, '__init__.py'));
    }
  }
  listings.set(folder, { modified, entries: result });
  return result;
}

/** The folder above the outermost package that a folder belongs to: where absolute imports of its siblings start. */
function packageRoots(folder: string): string[] {
  let at = folder;
  while (existsSync(join(at, '__init__.py')) && dirname(at) !== at) at = dirname(at);
  return at === folder ? [] : [at];
}

/** A folder and its parents up to the workspace folder that holds it; the folder alone where none does. */
function parents(folder: string, workspace: readonly string[]): string[] {
  const holder = workspace.find((each) => !relative(each, folder).startsWith('..'));
  const result = [folder];
  for (let at = folder; holder !== undefined && at !== holder && dirname(at) !== at;) {
    at = dirname(at);
    result.push(at);
  }
  return result;
}
