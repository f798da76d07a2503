import { cutLayers, dot, modelJson, NotExportable, summary, writeOnnx, type LayerGraph, type Weights } from '../../graph/index.ts';
import { InputError } from '../input-error.ts';
import { bindWeights, chooseModel, openModels, type ModelOptions, noModelIn } from '../model.ts';
import { emit, formatOf } from '../output.ts';

export interface GraphOptions extends ModelOptions {
  readonly format: string;
  readonly output?: string;
  /** Layers from which and to which a new model is cut out. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

/** `layerscope graph FILE`: 1 where the file has no model, else 0. */
export async function graph(file: string, options: GraphOptions): Promise<number> {
  const format = formatOf(options.format, ['summary', 'json', 'dot', 'svg', 'onnx']);
  const { models, gaps, tensors } = await openModels(file, options);
  const named = options.model === undefined ? models : [chooseModel(file, models, options.model)];
  const cuts = (options.from ?? options.to) !== undefined;
  // a part is cut out of one model: layers of several may have the same names
  const chosen = cuts && named.length > 0 ? [partOf(chooseModel(file, named, undefined), options)] : named.map((model) => ({ ...model, whole: model.graph }));
  if (format === 'json') {
    await emit(`${JSON.stringify({ models: chosen.map((model) => modelJson(model.graph)), gaps: gaps.map(({ reason, location }) => ({ reason, file: location?.file ?? null, line: location?.line ?? null })), ...(tensors ? { tensors } : {}) }, undefined, 2)}\n`, options.output);
    return chosen.length > 0 ? 0 : 1;
  }
  if (chosen.length === 0 && tensors) {
    process.stderr.write(`${gaps[0]?.reason ?? `There is no model in ${file}`}. It holds ${tensors.length} tensors.\n`);
    const width = Math.max(0, ...tensors.map(({ name }) => name.length));
    await emit(tensors.map(({ name, shape, dtype }) => `${name.padEnd(width)}  ${dtype.padEnd(8)}  (${shape.join(', ')})\n`).join(''), options.output);
    return 1;
  }
  if (chosen.length === 0) {
    process.stderr.write(`${noModelIn(file)}\n`);
    for (const { reason, location } of gaps.slice(0, 10)) process.stderr.write(`  ${location ? `line ${location.line}: ` : ''}${reason}\n`);
    return 1;
  }
  if (format === 'summary') {
    await emit(`${chosen.map((model) => summary(model.graph)).join('\n\n')}\n`, options.output);
    return 0;
  }
  const { graph: layers, whole, weights } = chooseModel(file, chosen, undefined);
  if (format === 'dot') await emit(dot(layers), options.output);
  else if (format === 'svg') await emit(await (await import('../svg.ts')).svgOf(layers), options.output);
  else {
    if (options.output === undefined && process.stdout.isTTY) throw new InputError('An ONNX file is no text: name a file with -o.');
    try {
      await emit(await writeOnnx(layers, weights ?? await bindWeights(file, whole, options)), options.output);
    } catch (error) {
      if (error instanceof NotExportable) throw new InputError(error.message);
      throw error;
    }
  }
  return 0;
}

/** A model between two layers, with the model that it is cut out of, whose weights it has. */
function partOf({ graph: whole, weights }: { readonly graph: LayerGraph; readonly weights?: Weights }, { from, to }: GraphOptions): { graph: LayerGraph; whole: LayerGraph; weights?: Weights } {
  try {
    return { graph: cutLayers(whole, { from, to }), whole, ...(weights ? { weights } : {}) };
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${whole.name} cannot be cut so: ${error.message}.`);
    throw error;
  }
}
