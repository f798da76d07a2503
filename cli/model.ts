import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { LayerGraph } from '../graph/graph.ts';
import type { DataType } from '../graph/tensor.ts';
import type { Weights } from '../graph/weights.ts';
import type { Gap } from '../graph/graph.ts';
import { analyzeFile, statedInputs, type AnalysisOptions } from './analysis.ts';
import { asked, InputError } from './input-error.ts';

export interface ModelOptions extends AnalysisOptions {
  readonly model?: string;
  readonly weights?: string;
  /** Which of the code's ways to prepare pictures: its line, or `none`. */
  readonly preprocessing?: string;
  readonly seed: number;
}

/** The models of a file: extracted from Python, or read from a model file, which has its weights. */
export interface OpenedFile {
  readonly models: readonly { readonly graph: LayerGraph; readonly weights?: Weights }[];
  readonly gaps: readonly Gap[];
  /** What a file of weights holds whose model is not known. */
  readonly tensors?: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: DataType }[];
}

const PYTHON = new Set(['.py', '.pyw', '.ipynb']);

/** @throws InputError where the file is of no kind that has models, or cannot be read */
export async function openModels(file: string, options: AnalysisOptions): Promise<OpenedFile> {
  const extension = extname(file).toLowerCase();
  if (PYTHON.has(extension)) {
    const analysis = await analyzeFile(file, options);
    return { models: analysis.models, gaps: analysis.gaps };
  }
  if (!existsSync(file)) throw new InputError(`${file} does not exist.`);
  const { isCheckpointFile, isModelFile, modelExtensions, openModelFile } = await import('../runtime/index.ts');
  if (!isModelFile(file) && isCheckpointFile(file)) return openCheckpointFile(file);
  if (!isModelFile(file)) throw new InputError(`${file} is neither Python, nor a notebook, nor a model file (${[...modelExtensions].join(', ')}).`);
  const { graph, weights, remarks } = await asked(() => openModelFile(file, statedInputs(options.inputShape ?? [])));
  for (const remark of remarks) process.stderr.write(`${file}: ${remark}\n`);
  return { models: [{ graph, weights }], gaps: graph.gaps };
}

/** A file of weights, which may hold the configuration of its model too. */
async function openCheckpointFile(file: string): Promise<OpenedFile> {
  const { architectureOf, bind, openCheckpoint } = await import('../runtime/index.ts');
  const checkpoint = await asked(() => openCheckpoint(file));
  const tensors = [...checkpoint.entries].map(([name, { shape, dataType }]) => ({ name, shape, dtype: dataType }));
  const architecture = architectureOf(checkpoint, basename(file));
  if (architecture.kind === 'none') return { models: [], gaps: [{ reason: architecture.reason }], tensors };
  const { graphOfProgram } = await import('../language-server/index.ts');
  const graph = await graphOfProgram(architecture.text, architecture.name);
  if (typeof graph === 'string') return { models: [], gaps: [{ reason: `the model that ${basename(file)} describes cannot be followed: ${graph}` }], tensors };
  const binding = bind(graph, checkpoint);
  for (const remark of binding.remarks) process.stderr.write(`${file}: ${remark}\n`);
  return { models: [{ graph, weights: binding.weights }], gaps: graph.gaps };
}

/** Why there is nothing to show. */
export function noModelIn(file: string): string {
  return `There is no model in ${file}: Layerscope looks for models of Keras, PyTorch and MXNet, built or defined there, and for programs that train variables or arrays.`;
}

/**
 * The one model that a command speaks of: the named one, else the only one, else the last one that the file makes.
 * @throws InputError where there is none
 */
export function chooseModel<M extends { readonly graph: LayerGraph }>(file: string, models: readonly M[], name: string | undefined): M {
  if (models.length === 0) throw new InputError(noModelIn(file));
  if (name === undefined) return models.at(-1)!;
  const found = models.find(({ graph }) => graph.name === name);
  if (!found) throw new InputError(`${file} has no model ${name}; it has ${models.map(({ graph }) => graph.name).join(', ')}.`);
  return found;
}

/** A model with its weights, ready to run. What was done to get them is said on stderr. */
export async function openModel(file: string, options: ModelOptions): Promise<{ graph: LayerGraph; weights: Weights }> {
  const { models } = await openModels(file, options);
  const { graph: read, weights } = chooseModel(file, models, options.model);
  const graph = options.preprocessing === undefined ? read : await withPreprocessing(read, options.preprocessing);
  if (weights && options.weights === undefined) return { graph, weights };
  return { graph, weights: await bindWeights(file, graph, options) };
}

async function withPreprocessing(graph: LayerGraph, which: string): Promise<LayerGraph> {
  const { choosePreprocessing } = await import('../runtime/index.ts');
  const line = Number(which);
  if (which !== 'none' && !(Number.isInteger(line) && line > 0)) throw new InputError(`--preprocessing takes the line of a transform, or the word none; ${which} is neither.`);
  return asked(() => choosePreprocessing(graph, which === 'none' ? which : line));
}

export async function bindWeights(file: string, graph: LayerGraph, { weights, seed }: ModelOptions): Promise<Weights> {
  const { bind, findWeights, initialize, openWeights, requireComplete } = await import('../runtime/index.ts');
  const path = weights ?? findWeights(file)[0];
  if (path === undefined) {
    if (graph.parameters.length > 0) process.stderr.write(`There are no weights beside ${file}: the parameters are drawn by the framework's initialisers with seed ${seed}.\n`);
    return initialize(graph, seed);
  }
  if (!existsSync(path)) throw new InputError(`${path} does not exist.`);
  const checkpoint = await asked(() => openWeights(path));
  const binding = bind(graph, checkpoint);
  for (const remark of binding.remarks) process.stderr.write(`${path}: ${remark}\n`);
  await asked(() => requireComplete(binding, path));
  if (weights === undefined) process.stderr.write(`Weights: ${path}\n`);
  return binding.weights;
}
