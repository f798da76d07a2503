/** The standard library: Python text in standard/, natives where the interpreter's own workings are needed, and modules that are only named. */
import { join } from 'node:path';
import { packagedFolder } from '../resolution/packaged.ts';
import { sourceFile } from '../resolution/source-files.ts';
import type { Resolution } from '../interpreter-api.ts';
import { nativeModule } from './natives.ts';

const folder = packagedFolder('standard');
const resolved = new Map<string, Resolution | undefined>();

/** The module of an absolute name; undefined where the standard library has none of that name. */
export function standardModule(name: string): Resolution | undefined {
  if (!resolved.has(name)) resolved.set(name, find(name));
  return resolved.get(name);
}

function find(name: string): Resolution | undefined {
  const path = join(folder, ...name.split('.'));
  const asPackage = sourceFile(join(path, '__init__.py'), false);
  if (asPackage) return { kind: 'source', file: asPackage, isPackage: true };
  const asModule = sourceFile(`${path}.py`, false);
  if (asModule) return { kind: 'source', file: asModule, isPackage: false };
  const module = nativeModule(name);
  return module && { kind: 'native', module, isPackage: true };
}
