import { GraphExtension } from '../graph/extend.ts';
import type { LayerGraph, Operator, Value } from '../graph/graph.ts';

export interface TrainingGraph {
  /** Its first values are those of the graph that it was made of, by the same ids. */
  readonly graph: LayerGraph;
  /** The operator of the first graph that each operator stands for. */
  readonly origins: readonly number[];
  /** How many operators compute something else in training. */
  readonly changed: number;
  /** What stays as in evaluation, and why. */
  readonly remarks: readonly string[];
}

/**
 * The graph as it computes in training: batch normalisation by the batch's own mean and variance, dropout at random from a seed.
 * Nothing is learnt: moving averages stay as they are.
 */
export function inTraining(graph: LayerGraph, seed: number): TrainingGraph {
  const extension = new GraphExtension(graph);
  const remarks = new Set<string>();
  /** New operators, by the operator in front of which they run. */
  const before = new Map<number, readonly Operator[]>();
  const replaced = new Map<number, Operator>();
  for (const operator of graph.operators) {
    const made = extension.operators.length;
    const next = replacement({ graph, extension, operator, seed: seed + operator.id, remark: (text) => remarks.add(text) });
    if (!next) continue;
    before.set(operator.id, extension.operators.slice(made));
    replaced.set(operator.id, next);
  }
  const order = graph.operators.flatMap((operator) => [...(before.get(operator.id) ?? []).map((added) => ({ operator: added, origin: operator.id })), { operator: replaced.get(operator.id) ?? operator, origin: operator.id }]);
  const idOf = new Map(order.map(({ operator }, index) => [operator.id, index]));
  const { values } = extension;
  return {
    graph: {
      ...extension.finish(graph.outputs),
      operators: order.map(({ operator, origin }, id): Operator => ({ ...operator, id, scope: graph.operators[origin].scope, ...(graph.operators[origin].location && { location: graph.operators[origin].location }) })),
      values: values.map((value): Value => (value.producer === undefined ? value : { ...value, producer: idOf.get(value.producer)! })),
    },
    origins: order.map(({ origin }) => origin), changed: replaced.size, remarks: [...remarks],
  };
}

interface Site {
  readonly graph: LayerGraph;
  readonly extension: GraphExtension;
  readonly operator: Operator;
  readonly seed: number;
  remark(text: string): void;
}

function replacement(site: Site): Operator | undefined {
  const { graph, operator } = site;
  const layer = graph.layers[graph.scopes[operator.scope].layer];
  if (operator.type === 'BatchNormalization') return byBatch(site, layer.path || operator.name);
  if (operator.type === 'Dropout') return dropped(site, ratioOf(graph, operator), /^(Feature)?Dropout[123]d$|^FeatureAlphaDropout$/.test(layer.type) ? 'first' : undefined, layer.type, layer.path);
  if (operator.type !== 'Identity') return undefined;
  const { rate } = layer.configuration;
  if (/^(Spatial)?Dropout([123]D)?$/.test(layer.type) && typeof rate === 'number') return dropped(site, rate, layer.type.startsWith('Spatial') ? 'last' : undefined, layer.type, layer.path);
  if (/Gaussian|AlphaDropout|^Random/.test(layer.type)) site.remark(`${layer.type} ${layer.path} stays as in evaluation: its random numbers are not made here`);
  return undefined;
}

/** Normalises by the mean and variance of all but the channels, as they are in this batch. */
function byBatch({ graph, extension, operator, remark }: Site, name: string): Operator | undefined {
  const [x, scale, bias] = operator.inputs;
  const rank = x === undefined ? undefined : graph.values[x].type.shape?.length;
  if (x === undefined || scale === undefined || rank === undefined || rank < 2) {
    remark(`BatchNormalization ${name} stays as in evaluation: the rank of its input is not known`);
    return undefined;
  }
  const { parameter } = graph.values[scale];
  if (graph.framework === 'keras' && parameter !== undefined && !graph.parameters[parameter].trainable) {
    remark(`BatchNormalization ${name} stays as in evaluation: it is frozen`);
    return undefined;
  }
  const axes = extension.integers(...Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 1));
  const mean = extension.apply('ReduceMean', [x, axes], { keepdims: 1 });
  const centered = extension.apply('Sub', [x, mean]);
  const variance = extension.apply('ReduceMean', [extension.apply('Mul', [centered, centered]), axes], { keepdims: 0 });
  return { ...operator, inputs: [x, scale, bias, extension.apply('Squeeze', [mean, axes]), variance] };
}

/** Sets elements, or whole channels, to 0 at random and scales the others up. */
function dropped({ graph, extension, operator, seed, remark }: Site, ratio: number | undefined, channels: 'first' | 'last' | undefined, type: string, path: string): Operator | undefined {
  const [x] = operator.inputs;
  if (ratio === undefined || x === undefined || /Alpha/.test(type)) {
    remark(`${type} ${path} stays as in evaluation: ${ratio === undefined ? 'its rate is not known' : 'it keeps mean and variance, which is not done here'}`);
    return undefined;
  }
  if (ratio === 0) return undefined;
  const rank = graph.values[x].type.shape?.length ?? 0;
  const spatial = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis > (channels === 'last' ? 0 : 1) && !(channels === 'last' && axis === rank - 1));
  const like = channels && spatial.length > 0 ? extension.apply('ReduceMax', [x, extension.integers(...spatial)], { keepdims: 1 }) : x;
  const drawn = extension.apply('RandomUniformLike', [like], { low: 0, high: 1, seed });
  const kept = extension.apply('Cast', [extension.apply('GreaterOrEqual', [drawn, extension.scalar(ratio, drawn)])], { to: graph.values[x].type.dataType === 'float16' ? 10 : graph.values[x].type.dataType === 'float64' ? 11 : 1 });
  const mask = extension.apply('Mul', [kept, extension.scalar(ratio < 1 ? 1 / (1 - ratio) : 0, kept)]);
  return { ...operator, type: 'Mul', inputs: [x, mask], outputs: operator.outputs.slice(0, 1), attributes: {} };
}

function ratioOf(graph: LayerGraph, { inputs, attributes }: Operator): number | undefined {
  const ratio = inputs[1] === undefined ? undefined : graph.values[inputs[1]].constant?.data[0];
  if (typeof ratio === 'number') return ratio;
  return inputs[1] === undefined ? Number(attributes.ratio ?? 0.5) : undefined;
}
