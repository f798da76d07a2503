import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { LayerGraph } from '../../graph/graph.ts';
import { CheckpointError } from '../formats/file.ts';
import type { Examples } from './examples.ts';
import { readInput } from './read-input.ts';

const PICTURES = new Set(['.png', '.jpg', '.jpeg']);
/** More would fill the memory: the rest is left out, and it is said. */
const MOST = 20_000;

/**
 * Reads a folder of pictures with their classes. With a folder for each class, the classes are the folders in the order of their names, as
 * `image_dataset_from_directory` and `ImageFolder` have it. Without, a picture's class is the first whole number between underscores of its
 * name (`digit_3_0042.png`), if every name has one.
 * @throws CheckpointError with one sentence where there are no pictures, or one does not fit
 */
export async function readFolder(path: string, graph: LayerGraph, input: number): Promise<Examples> {
  const entries = readdirSync(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).sort();
  const pictures = (folder: string): string[] => readdirSync(folder).filter((name) => PICTURES.has(extname(name).toLowerCase())).sort().map((name) => join(folder, name));
  const byClass = folders.map((name) => ({ name, files: pictures(join(path, name)) })).filter(({ files }) => files.length > 0);
  const files = byClass.length > 0 ? byClass.flatMap((one, label) => one.files.map((file) => ({ file, label }))) : pictures(path).map((file) => ({ file, label: labelInName(basename(file)) }));
  if (files.length === 0) throw new CheckpointError(`${path} holds no pictures (.png, .jpg), nor folders of them`);
  const remarks = files.length > MOST ? [`of ${files.length} pictures the first ${MOST} are read`] : [];
  const examples: Float32Array[] = [];
  for (const { file } of files.slice(0, MOST)) {
    const { tensor } = await readInput({ kind: 'path', path: file }, graph, input);
    examples.push(Float32Array.from(tensor.data as Float32Array));
  }
  const labels = files.slice(0, MOST).map(({ label }) => label);
  const known = labels.every((label) => label !== undefined);
  return {
    examples, remarks,
    names: files.slice(0, MOST).map(({ file }) => file.slice(path.length + 1)),
    ...(known ? { labels } : {}),
    ...(byClass.length > 0 ? { classes: byClass.map(({ name }) => name) } : {}),
  };
}

function labelInName(name: string): number | undefined {
  const number = /(?:^|_)(\d{1,4})_/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
