import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

/** The grammar's names by node type id, so that a walk crosses into wasm for numbers only. */
export interface Grammar {
  readonly parser: Parser;
  readonly kinds: readonly string[];
  readonly named: readonly boolean[];
}

let loading: Promise<Grammar> | undefined;
let loaded: Grammar | undefined;

/** Loads the Python grammar once; later calls wait for the same load. */
export function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

/** The grammar, which must have been loaded before. */
export function grammar(): Grammar {
  if (!loaded) throw new Error('the Python grammar is not loaded: await loadParser() first');
  return loaded;
}

async function load(): Promise<Grammar> {
  await Parser.init({ locateFile: (name: string) => wasmPath('web-tree-sitter', name) });
  const language = await Language.load(wasmPath('tree-sitter-python', 'tree-sitter-python.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  const kinds: string[] = [];
  const named: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    kinds.push(language.nodeTypeForId(id) ?? '');
    named.push(language.nodeTypeIsNamed(id));
  }
  loaded = { parser, kinds, named };
  return loaded;
}

/** Beside the bundle in dist/, or in node_modules where the sources run as they are. */
function wasmPath(packageName: string, file: string): string {
  const folder = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  const beside = join(folder, file);
  return existsSync(beside) ? beside : createRequire(join(folder, 'any.js')).resolve(`${packageName}/${file}`);
}
