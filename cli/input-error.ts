import { existsSync, statSync } from 'node:fs';

/** What the user gave cannot be used; the message is the sentence that they read. Exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What the other rooms refuse is the user's input, and their message the sentence that they read. */
const REFUSALS = new Set(['CheckpointError', 'BindingError', 'FormatError', 'RunError', 'NotExportable', 'ShapeFault', 'GradientError', 'InputFault', 'PropertyError', 'UnsupportedNetwork', 'NetworkTooLarge', 'MemoryLimit', 'CertificateError', 'JournalError', 'RangeError']);

/** Does what another room does; what it refuses becomes an InputError. */
export async function asked<T>(action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // the verifier's questions that make no sense are RangeErrors with a sentence
    if (error instanceof Error && REFUSALS.has(error.name)) throw new InputError(error.message);
    throw error;
  }
}

/** @throws InputError where there is no such file */
export function existing(path: string): string {
  if (!existsSync(path)) throw new InputError(`${path} does not exist.`);
  if (statSync(path).isDirectory()) throw new InputError(`${path} is a folder, not a file.`);
  return path;
}
