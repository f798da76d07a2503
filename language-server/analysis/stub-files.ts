import { packagedFolder } from '../python/resolution/resolver.ts';

const folders = [packagedFolder('library'), packagedFolder('standard')];

/** Whether a file is Layerscope's own Python text: a stub of a framework or a part of the standard library. */
export function isStubPath(path: string): boolean {
  return folders.some((folder) => path.startsWith(folder));
}
