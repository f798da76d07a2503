/** import statements, and the modules that they load. */
import { type Execute, Frame, NORMAL } from './compilation/code.ts';
import { type Context, storeTo } from './compilation/expressions.ts';
import { makeCode } from './compilation/functions.ts';
import type { Resolution, SourceFile } from './interpreter-api.ts';
import type { Machine } from './interpreter.ts';
import { runModule } from './modules.ts';
import { analyseScopes } from './compilation/scope.ts';
import type * as syntax from './source/syntax.ts';
import { exceptions } from './values/builtin-classes.ts';
import { PENDING, PyList, PyModule, PyTuple, Unknown, type Value } from './values/index.ts';

export function compileImport(node: syntax.Import, context: Context): Execute {
  const imports = node.names.map((alias) => ({
    alias,
    store: storeTo(alias.asName ?? alias.name.split('.')[0], context),
  }));
  return (frame) => {
    for (const { alias, store } of imports) {
      frame.at = alias;
      const module = importModule(frame.machine, alias.name);
      if (alias.asName !== undefined || !alias.name.includes('.')) store(frame, module);
      else store(frame, frame.machine.modules.get(alias.name.split('.')[0]) ?? module);
    }
    return NORMAL;
  };
}

export function compileImportFrom(node: syntax.ImportFrom, context: Context): Execute {
  const stores = node.names.map((alias) => ({ alias, store: alias.name === '*' ? undefined : storeTo(alias.asName ?? alias.name, context) }));
  return (frame) => {
    const { machine } = frame;
    frame.at = node;
    if (node.module === '__future__' && node.level === 0) return NORMAL;
    const name = absoluteName(frame, node);
    const module = importModule(machine, name);
    for (const { alias, store } of stores) {
      frame.at = alias;
      if (store === undefined) importStar(frame, module);
      else store(frame, importName(machine, module, name, alias.name));
    }
    return NORMAL;
  };
}

function absoluteName(frame: Frame, node: syntax.ImportFrom): string {
  if (node.level === 0) return node.module ?? '';
  const { machine } = frame;
  const own = frame.globals.get('__package__');
  if (typeof own !== 'string' || own === '') throw machine.error(exceptions.ImportError, 'attempted relative import with no known parent package');
  const parts = own.split('.');
  if (node.level > parts.length) throw machine.error(exceptions.ImportError, 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - (node.level - 1)).join('.');
  return node.module === undefined ? base : `${base}.${node.module}`;
}

/** `from module import name`: an attribute, or a submodule. */
function importName(machine: Machine, module: PyModule | Unknown, moduleName: string, name: string): Value {
  if (module instanceof Unknown) return machine.unknownAttribute(module, name);
  const value = machine.findAttribute(module, name);
  if (value !== undefined) return value;
  if (module.attributes.has('__path__')) {
    const full = `${moduleName}.${name}`;
    const loaded = machine.modules.get(full);
    if (loaded !== undefined) return loaded;
    const resolution = machine.host.resolve(full, machine.frame?.code.unit.file);
    // a class is no module that a stub may lack: whoever knows all names of the module is asked first
    const isNone = resolution.kind === 'unknown' && /^[A-Z]/.test(name) && machine.host.missing !== undefined && machine.host.missing(module, name) === undefined;
    if (resolution.kind !== 'missing' && !isNone) return load(machine, full, resolution);
  }
  const star = machine.starImports.get(module.attributes);
  if (star) return star.derive();
  const notModelled = machine.host.missing?.(module, name);
  if (notModelled !== undefined) return notModelled;
  const file = module.attributes.get('__file__');
  throw machine.error(exceptions.ImportError, `cannot import name '${name}' from '${moduleName}' (${typeof file === 'string' ? file : 'unknown location'})`);
}

function importStar(frame: Frame, module: PyModule | Unknown): void {
  const { machine } = frame;
  if (module instanceof Unknown) {
    // any name that is not found later may come from here
    machine.starImports.set(frame.globals, module);
    return;
  }
  machine.runDeferred(module);
  const listed = module.attributes.get('__all__');
  const names = listed instanceof PyList || listed instanceof PyTuple ? (listed.items as readonly Value[]).filter((name): name is string => typeof name === 'string')
    : [...module.attributes.keys()].filter((name) => !name.startsWith('_'));
  const fromUnknown = machine.starImports.get(module.attributes);
  if (fromUnknown) machine.starImports.set(frame.globals, fromUnknown);
  for (const name of names) {
    const value = importName(machine, module, module.name, name);
    if (frame.namespace) frame.namespace.set(name, value);
    else frame.globals.set(name, value);
  }
}

/** The module of an absolute name; its parents are imported first, and it becomes their attribute. */
export function importModule(machine: Machine, name: string): PyModule | Unknown {
  const loaded = machine.modules.get(name);
  if (loaded !== undefined) return loaded;
  const dot = name.lastIndexOf('.');
  const resolve = (): Resolution => machine.host.resolve(name, machine.frame?.code.unit.file);
  if (dot >= 0) {
    const parent = importModule(machine, name.slice(0, dot));
    if (parent instanceof Unknown) return machine.unknownAttribute(parent, name.slice(dot + 1));
    const made = machine.modules.get(name);
    if (made !== undefined) return made;
    if (!parent.attributes.has('__path__')) {
      // a stub of one file may stand for a package
      const resolution = resolve();
      if (resolution.kind === 'unknown') return load(machine, name, resolution);
      throw machine.moduleNotFound(name, `No module named '${name}'; '${parent.name}' is not a package`);
    }
    if (resolve().kind === 'unknown') {
      // what a class of the package is called is no module that its stub may lack
      const named = machine.findAttribute(parent, name.slice(dot + 1));
      if (named !== undefined && !(named instanceof PyModule) && !(named instanceof Unknown)) throw machine.moduleNotFound(name, `No module named '${name}'`);
    }
  }
  return load(machine, name, resolve());
}

/** Makes the module; it becomes its parent's attribute once it has run, not before. */
function load(machine: Machine, name: string, resolution: Resolution): PyModule | Unknown {
  const module = make(machine, name, resolution);
  const dot = name.lastIndexOf('.');
  const parent = dot < 0 ? undefined : machine.modules.get(name.slice(0, dot));
  if (parent instanceof PyModule && !(module instanceof Unknown)) parent.attributes.set(name.slice(dot + 1), module);
  return module;
}

function make(machine: Machine, name: string, resolution: Resolution): PyModule | Unknown {
  switch (resolution.kind) {
    case 'missing':
    case 'unknown': {
      // where the program is prepared for it, a guard takes its other arm; elsewhere the real environment is likely to have what ours has not
      if (resolution.kind === 'missing' && machine.handlers > 0) throw machine.moduleNotFound(name, `No module named '${name}'`);
      const unknown = machine.unknown(resolution.kind === 'missing' ? `the package ${name.split('.')[0]} is not installed` : resolution.reason);
      // what a library would like to have is its own affair, until something of it is asked for
      if (machine.frame?.code.unit.file.user !== false) machine.gap(unknown);
      // a guarded import of the same name is still to fail
      if (resolution.kind === 'unknown') machine.modules.set(name, unknown);
      return unknown;
    }
    case 'namespace': return register(machine, name, true);
    case 'native': {
      const module = register(machine, name, resolution.isPackage ?? false);
      for (const [key, value] of Object.entries(resolution.module.load(machine))) module.attributes.set(key, value);
      return module;
    }
    case 'source': {
      const module = register(machine, name, resolution.isPackage);
      module.attributes.set('__file__', resolution.file.path);
      if (resolution.deferred) {
        module.attributes.set(PENDING, true);
        module.run = () => runModule(machine, module, resolution.file);
        return module;
      }
      try {
        runModule(machine, module, resolution.file);
      } catch (thrown) {
        machine.modules.delete(name);
        throw thrown;
      }
      // a module may put something else into sys.modules (lazy loaders do)
      return machine.modules.get(name) ?? module;
    }
  }
}

function register(machine: Machine, name: string, isPackage: boolean): PyModule {
  const module = new PyModule(name);
  module.attributes.set('__package__', isPackage ? name : name.slice(0, Math.max(name.lastIndexOf('.'), 0)));
  for (const unset of ['__doc__', '__spec__', '__loader__']) module.attributes.set(unset, null);
  if (isPackage) module.attributes.set('__path__', new PyList([]));
  machine.modules.set(name, module);
  return module;
}

/** The frame that a module's statements run in. */
export function moduleFrame(machine: Machine, module: PyModule, file: SourceFile): Frame {
  const frame = topFrame(machine, module, file, file.tree);
  module.attributes.set('__doc__', frame.code.doc);
  return frame;
}

/** A frame for some of a module's statements. */
export function topFrame(machine: Machine, module: PyModule, file: SourceFile, tree: syntax.Module): Frame {
  const code = makeCode(tree, contextOf(file, tree), '<module>');
  return new Frame(machine, code, module.attributes, new Array<Value | undefined>(code.slotCount).fill(undefined), machine.makeCells(code, []), machine.frame);
}

/** What compiling the statements of `tree` needs to know: the file's own tree, or one with some of its statements. */
export function contextOf(file: SourceFile, tree = file.tree): Context {
  let context = contexts.get(tree);
  if (context === undefined) {
    const scopes = analyseScopes(tree);
    context = { unit: { file, scopes }, scope: scopes.get(tree)! };
    contexts.set(tree, context);
  }
  return context;
}

const contexts = new WeakMap<syntax.Module, Context>();
