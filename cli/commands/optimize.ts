import { smallest, writeOnnx } from '../../graph/index.ts';
import { optimize as optimizeGraph, planMemory } from '../../runtime/index.ts';
import { asked } from '../input-error.ts';
import { openModel, type ModelOptions } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';

export interface OptimizeOptions extends ModelOptions {
  readonly format: string;
  readonly output?: string;
}

/** `layerscope optimize FILE`: memory is planned for a batch of one, and other open sizes at their smallest. */
export async function optimize(file: string, options: OptimizeOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const { graph, weights } = await openModel(file, options);
  const optimized = await asked(() => optimizeGraph(graph, weights));
  const memory = { eager: planMemory(smallest(graph)).eager, graph: planMemory(smallest(optimized.graph)).graph };
  if (options.output !== undefined) await emit(await asked(() => writeOnnx(optimized.graph, optimized.weights)), options.output);
  const operators = { before: graph.operators.length, after: optimized.graph.operators.length };
  if (format === 'json') {
    printJson({ operators, rewrites: optimized.rewrites, memory });
    return 0;
  }
  print(`${operators.before} operators become ${operators.after}`);
  const counts = new Map<string, number>();
  for (const { rule, nodes } of optimized.rewrites) counts.set(rule, (counts.get(rule) ?? 0) + nodes.length);
  for (const [rule, count] of counts) print(`  ${rule}: ${count} ${count === 1 ? 'operator' : 'operators'}`);
  print(`Intermediate results at their peak: ${memory.eager.toLocaleString('en-US')} bytes in eager mode, ${memory.graph.toLocaleString('en-US')} planned`);
  return 0;
}
