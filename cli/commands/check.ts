import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Analysis, Diagnostic } from '../../language-server/analysis.ts';
import type { Location } from '../../graph/graph.ts';
import { InputError } from '../input-error.ts';
import { formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';
import { analyzeFile, type AnalysisOptions } from '../analysis.ts';
import { cellOf, inCells } from '../notebook-cells.ts';
import { pythonFiles } from '../python-files.ts';
import { sarifOf } from '../sarif.ts';

export interface CheckOptions extends AnalysisOptions {
  readonly format: string;
}

/** `layerscope check PATH...`: 1 where a diagnostic of severity error was found, else 0. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json', 'sarif']);
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new InputError(`${path} does not exist.`);
    if (found.isDirectory()) files.push(...await pythonFiles(path));
    else files.push(path);
  }
  if (files.length === 0) throw new InputError(`No Python file or notebook in ${paths.join(', ')}.`);

  const progress = new Progress();
  const signal = interruption();
  const analyses: Analysis[] = [];
  for (const [index, file] of files.entries()) {
    if (signal.aborted) break;
    progress.show(relative('.', file), index / files.length);
    analyses.push(await analyzeFile(file, options));
  }
  progress.clear();

  const diagnostics = (await Promise.all(analyses.map(async (analysis) => inCells(analysis.file, analysis.diagnostics)))).flat();
  const gaps = analyses.reduce((sum, analysis) => sum + analysis.gaps.length, 0);
  if (format === 'json') printJson({ diagnostics: diagnostics.map(jsonOf), files: analyses.length, gaps });
  else if (format === 'sarif') printJson(sarifOf(diagnostics));
  else await printText(diagnostics, analyses.length, gaps);
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function jsonOf({ location, severity, code, message, related, example, fix }: Diagnostic): object {
  return {
    ...location, file: shown(location.file), severity, code, message,
    related: related.map((line) => ({ file: shown(line.location.file), line: line.location.line, ...cellKey(line.location), message: line.message })),
    example: example ?? null,
    fix: fix ? { title: fix.title, edits: fix.edits.map((edit) => ({ ...edit.location, file: shown(edit.location.file), newText: edit.newText })) } : null,
  };
}

async function printText(diagnostics: readonly Diagnostic[], files: number, gaps: number): Promise<void> {
  const sources = new Map<string, string[]>();
  const lineOf = async (file: string, line: number): Promise<string> => {
    if (!sources.has(file)) sources.set(file, file.endsWith('.ipynb') ? [] : (await readFile(file, 'utf8').catch(() => '')).split('\n'));
    return sources.get(file)?.[line - 1]?.trimEnd() ?? '';
  };
  for (const { location, severity, code, message, related, example, fix } of diagnostics) {
    print(`${shown(location.file)}${cellText(location)}:${location.line}:${location.column + 1}: ${severity}: ${message} [${code}]`);
    const line = await lineOf(location.file, location.line);
    if (line !== '') {
      const number = String(location.line).padStart(5);
      const end = location.endLine === location.line ? location.endColumn : line.length;
      print(`${number} | ${line}`);
      print(`${' '.repeat(5)} | ${' '.repeat(location.column)}${'^'.repeat(Math.max(1, end - location.column))}`);
    }
    for (const other of related) print(`      ${shown(other.location.file)}${cellText(other.location)}:${other.location.line}: ${other.message}`);
    if (example) print(`      for example: ${Object.entries(example).map(([name, value]) => `${name} = ${value}`).join(', ')}`);
    if (fix) print(`      fix: ${fix.title}`);
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  print(`${plural(errors, 'error')}, ${plural(diagnostics.filter(({ severity }) => severity === 'warning').length, 'warning')} in ${plural(files, 'file')}${gaps > 0 ? `; ${plural(gaps, 'place')} could not be followed` : ''}`);
}

function cellText(location: Location): string {
  const cell = cellOf(location);
  return cell === undefined ? '' : `:cell ${cell}`;
}

function cellKey(location: Location): { cell?: number } {
  const cell = cellOf(location);
  return cell === undefined ? {} : { cell };
}

/** Relative to where the command runs, where the file lies below it. */
function shown(file: string): string {
  const path = relative('.', resolve(file));
  return path.startsWith('..') ? file : path;
}
