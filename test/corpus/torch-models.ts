import { readFileSync } from 'node:fs';
import { toJson } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { analyze } from '../../language-server/analysis/analyze.ts';

/**
 * Compares the layers that Layerscope reads from the sources of torchvision or timm with those that the framework reports
 * (torch_models.py): path, class, output shape, parameters and order, model by model.
 *
 *     node torch-models.mjs FAMILY DUMP.jsonl SITE-PACKAGES [--only NAME,...] [--verbose]
 */
interface Dump {
  readonly name: string;
  readonly sizes?: readonly (readonly number[])[];
  readonly parameters?: number;
  readonly layers?: readonly (readonly [string, string, readonly number[] | null, number])[];
  /** The shapes of what the call gives, the tensors of lists and dicts one after the other. */
  readonly outputs?: readonly (readonly number[])[];
  /** Why the framework did not run it on the meta device: its parameters alone are compared then, and no error may be reported. */
  readonly failed?: string;
}

const [family, dumpPath, packages, ...options] = process.argv.slice(2);
const only = options.includes('--only') ? new Set(options[options.indexOf('--only') + 1].split(',')) : undefined;
const verbose = options.includes('--verbose');

function program({ name, sizes }: Dump): string {
  const inputs = sizes!.map((size) => `torch.zeros(${size.join(', ')})`).join(', ');
  const build = family === 'timm' ? `timm.create_model('${name}', pretrained=False)` : `torchvision.models.get_model('${name}', weights=None${options.includes('--backbone') || /rcnn|retina|fcos|ssd|deeplab|fcn|lraspp/.test(name) ? ', weights_backbone=None' : ''})`;
  return `import torch\nimport ${family === 'timm' ? 'timm' : 'torchvision.models'}\nmodel = ${build}.eval()\ny = model(${inputs})\n`;
}

function shapeText(shape: readonly Dimension[] | readonly number[] | null | undefined): string {
  return shape ? JSON.stringify(shape.map((size) => toJson(size))) : 'null';
}

function layersOf(graph: LayerGraph): string[] {
  const first = new Map<number, LayerGraph['scopes'][number]>();
  for (const scope of graph.scopes) if (!first.has(scope.layer)) first.set(scope.layer, scope);
  return graph.layers.filter((layer) => layer.listed).map((layer) => {
    const scope = first.get(layer.id);
    const shape = scope && scope.outputs.length === 1 ? graph.values[scope.outputs[0]].type.shape : undefined;
    return `${layer.path} ${layer.type} ${shapeText(shape)}`;
  });
}

function countOf(graph: LayerGraph): number {
  let total = 0;
  for (const { buffer, type } of graph.parameters) if (!buffer) total += (type.shape ?? []).reduce<number>((product, size) => product * (size as number), 1);
  return total;
}

/** Says in one line what differs, or nothing. */
function compare(dump: Dump, graph: LayerGraph | undefined, faults: readonly string[]): string | undefined {
  if (!graph) return `no model: ${faults[0] ?? 'no reason'}`;
  if (dump.failed) return countOf(graph) === dump.parameters ? faults.find((fault) => !fault.startsWith('gap: ')) : `${countOf(graph)} parameters, not ${dump.parameters}`;
  const expected = dump.layers!.map(([path, type, shape]) => `${path} ${type} ${shapeText(shape)}`);
  const found = layersOf(graph);
  const at = expected.findIndex((line, i) => line !== found[i]);
  if (at >= 0) return `layer ${at} of ${expected.length}: ${expected[at]} != ${found[at]}${faults.length > 0 ? `; ${faults[0]}` : ''}`;
  if (found.length !== expected.length) return `${found.length} layers, not ${expected.length}: ${found[expected.length]}`;
  if (dump.parameters !== countOf(graph)) return `${countOf(graph)} parameters, not ${dump.parameters}`;
  if (dump.outputs) {
    const outputs = graph.outputs.map((id) => shapeText(graph.values[id].type.shape)).join(' ');
    const wanted = dump.outputs.map(shapeText).join(' ');
    if (outputs !== wanted) return `outputs ${outputs}, not ${wanted}`;
  }
  return faults[0];
}

let right = 0;
let tried = 0;
const started = Date.now();
for (const line of readFileSync(dumpPath, 'utf8').split('\n')) {
  if (line === '') continue;
  const dump = JSON.parse(line) as Dump;
  if (dump.parameters === undefined || (only && !only.has(dump.name))) continue;
  tried++;
  const begun = Date.now();
  let outcome: string | undefined;
  try {
    const analysis = await analyze({ file: `${dump.name}.py`, text: program(dump), pythonPath: [packages] });
    const graph = analysis.models.find((model) => model.graph.layers[0]?.path === '')?.graph;
    const faults = [
      ...analysis.diagnostics.filter((each) => each.severity === 'error').map((each) => `${each.code}: ${each.message} ${each.related.map((r) => `${r.location.file.split('/').slice(-2).join('/')}:${r.location.line}`).join(' < ')}`),
      ...(graph?.gaps ?? []).map((gap) => `gap: ${gap.reason} ${gap.location?.file ?? ''}:${gap.location?.line ?? ''}`),
    ];
    outcome = compare(dump, graph, faults);
  } catch (error) {
    outcome = `threw ${String((error as Error).stack).slice(0, 300)}`;
  }
  if (outcome === undefined) right++;
  if (outcome !== undefined || verbose) process.stdout.write(`${outcome === undefined ? 'same' : 'DIFF'} ${dump.name} ${Date.now() - begun} ms ${outcome ?? ''}\n`);
}
process.stdout.write(`${right} of ${tried} ${family} models are the same, ${Math.round((Date.now() - started) / 1000)} s\n`);
