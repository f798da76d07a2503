import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Analysis } from '../language-server/analysis.ts';
import { Analyzer, readStatedInput, type StatedInput } from '../language-server/index.ts';
import { InputError } from './input-error.ts';

export interface AnalysisOptions {
  readonly pythonPath?: readonly string[];
  /** `x=1,3,224,224` */
  readonly inputShape?: readonly string[];
}

/** One analyser for all files of a command: libraries are read once. */
let analyzer: Promise<Analyzer> | undefined;

/**
 * Analyses a Python file or a notebook.
 * @throws InputError where it cannot be read
 */
export async function analyzeFile(path: string, options: AnalysisOptions): Promise<Analysis> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(error.code === 'ENOENT' ? `${path} does not exist.` : error.code === 'EISDIR' ? `${path} is a folder; this command takes a file.` : `${path} cannot be read: ${error.message}`);
  });
  // each file is analysed once
  analyzer ??= Analyzer.create({ keepsStatements: false });
  const file = resolve(path);
  const result = (await analyzer).analyzeJob({
    file, text, roots: [dirname(file), process.cwd()], pythonPath: options.pythonPath ?? [], statedInputs: statedInputs(options.inputShape ?? []), overlays: {},
  }, () => false);
  if (result.kind === 'analysis') return result.analysis;
  throw new Error(result.kind === 'fault' ? result.message : 'the analysis was stopped');
}

/** @throws InputError where one is no shape */
export function statedInputs(shapes: readonly string[]): StatedInput[] {
  return shapes.map((text) => {
    const stated = readStatedInput(text);
    if (!stated) throw new InputError(`--input-shape ${text} is no shape: write NAME=1,3,224,224.`);
    return stated;
  });
}
