import type { Analysis } from '../analysis.ts';
import type { AnalysisRequest } from './request.ts';
import { FileAnalysis } from './file-analysis.ts';
import { Library } from './library-modules.ts';
import { InterpretationStopped } from '../python/interpreter-api.ts';
import { Resolver, packagedFolder } from '../python/resolution/resolver.ts';
import { NotebookError, readNotebook } from '../python/source/notebook.ts';
import type { AnalysisJob, JobResult } from '../server/worker-protocol.ts';

/** Files whose statements are kept. */
const keptFiles = 4;
/** Bytes of heap beyond which only those of the newest file are. */
const mostHeap = 350_000_000;

/** The caller no longer wants the analysis. */
export class AnalysisCancelled extends Error {
  override readonly name = 'AnalysisCancelled';
}

/**
 * Analyses files, one at a time. Interpreted library modules are kept from one analysis to the next, so the first
 * one that uses a framework takes longest.
 */
export class Analyzer {
  #library: Library | undefined;
  /** The user's files that the last analysis read, itself included. */
  dependencies: readonly string[] = [];

  readonly #keeps: boolean;

  private constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  /** `keepsStatements`: what the statements of a file did is kept for its next version. */
  static async create({ keepsStatements = true } = {}): Promise<Analyzer> {
    return new Analyzer(keepsStatements);
  }

  /** @throws AnalysisCancelled */
  analyze(request: AnalysisRequest): Analysis {
    const resolver = new Resolver({
      file: request.file, workspace: request.roots ?? [], pythonPath: request.pythonPath ?? [], library: packagedFolder('library'),
      openText: (path) => request.overlays?.[path],
    });
    // libraries were interpreted in one environment: another one has other libraries
    if (!this.#library?.serves(resolver)) this.#library = new Library(resolver, this.#keeps ? keptFiles : 0);
    const library = this.#library;
    const program = programOf(request);
    if (program === undefined) return notReadable(request);
    library.use(resolver, request.cancelled);
    const analysis = new FileAnalysis(library, { ...request, ...program });
    try {
      return analysis.run();
    } catch (error) {
      if (error instanceof InterpretationStopped && error.cancelled) throw new AnalysisCancelled('the analysis was cancelled');
      // what it left half done is not built upon
      this.#library = undefined;
      throw error;
    } finally {
      this.dependencies = analysis.dependencies;
      if (this.#keeps && process.memoryUsage().heapUsed > mostHeap) library.forgetOthers(request.file);
    }
  }

  /** The same for a job of the analysis thread. */
  analyzeJob(job: AnalysisJob, cancelled: () => boolean): JobResult {
    try {
      const analysis = this.analyze({ ...job, cancelled });
      return { kind: 'analysis', analysis, dependencies: this.dependencies };
    } catch (error) {
      if (error instanceof AnalysisCancelled) return { kind: 'cancelled' };
      throw error;
    }
  }
}

/** The program of a request: of a notebook as it lies on the disk, its cells joined; undefined where that is no notebook. */
function programOf({ file, text, cells }: AnalysisRequest): Pick<AnalysisRequest, 'text' | 'cells'> | undefined {
  if (cells || !file.endsWith('.ipynb') || !text.trimStart().startsWith('{')) return { text, cells };
  try {
    return readNotebook(text);
  } catch (error) {
    if (error instanceof NotebookError) return undefined;
    throw error;
  }
}

function notReadable({ file }: AnalysisRequest): Analysis {
  const location = { file, line: 1, column: 0, endLine: 1, endColumn: 0 };
  return { file, diagnostics: [{ severity: 'error', code: 'syntax', message: 'This file is no notebook: it is not valid JSON, or has no list of cells.', location, related: [] }], models: [], tensors: [], gaps: [] };
}

let shared: Promise<Analyzer> | undefined;

/** Analyses one file with an analyzer that all callers in this process share. */
export async function analyze(request: AnalysisRequest): Promise<Analysis> {
  shared ??= Analyzer.create();
  return (await shared).analyze(request);
}
