import { writeFile } from 'node:fs/promises';
import { InputError } from './input-error.ts';

/** Checks a `--format` against what the command offers. */
export function formatOf<T extends string>(format: string, offered: readonly T[]): T {
  const found = offered.find((name) => name === format);
  if (found === undefined) throw new InputError(`--format takes ${offered.slice(0, -1).join(', ')} or ${offered.at(-1)}, not ${format}.`);
  return found;
}

export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a result to a file, or to the terminal where none is named. */
export async function emit(content: string | Uint8Array, path: string | undefined): Promise<void> {
  if (path === undefined) {
    process.stdout.write(content);
    return;
  }
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new InputError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
