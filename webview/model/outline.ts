import type { Layer, LayerGraph, Operator, Scope } from '../../graph/graph.ts';

/**
 * The graph as a tree of things that can be drawn: calls of layers hold calls of layers and operators.
 * The model's own call is the root; its inputs and outputs are items of the root.
 */
export interface Outline {
  readonly graph: LayerGraph;
  readonly root: Item;
  readonly byKey: ReadonlyMap<string, Item>;
  /** By scope id. */
  readonly scopes: readonly Item[];
  /** By operator id. */
  readonly operators: readonly Item[];
}

export interface Item {
  /** The same for the same layer in later versions of the text: the path of names from the model, numbered where it is called again. */
  readonly key: string;
  readonly kind: 'layer' | 'operator' | 'input' | 'output';
  /** The layer's or operator's type; for inputs and outputs `Input` and `Output`. */
  readonly type: string;
  readonly name: string;
  readonly parent: Item | undefined;
  readonly depth: number;
  readonly scope?: Scope;
  readonly layer?: Layer;
  readonly operator?: Operator;
  /** In the order of execution. */
  readonly children: readonly Item[];
  /** Whether a child is itself a layer: else the children are the operators of a leaf layer. */
  readonly group: boolean;
  /** Ids of the values that go in and come out, without parameters. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A tensor that flows between two children of an item; -1 is the item's own border. */
export interface Flow {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

type Draft = { -readonly [Field in keyof Item]: Item[Field] } & { children: Draft[] };

export function outline(graph: LayerGraph): Outline {
  const { values, operators, scopes, layers } = graph;
  const given = new Set(graph.inputs);
  // an input may have a constant too: the elements that the program calls the model with
  const isData = (value: number): boolean => values[value].parameter === undefined && (values[value].constant === undefined || values[value].producer !== undefined || given.has(value));
  const depths = scopeDepths(scopes);

  const childScopes: number[][] = scopes.map(() => []);
  for (const scope of scopes) if (scope.parent !== undefined) childScopes[scope.parent].push(scope.id);
  const ownOperators: number[][] = scopes.map(() => []);
  for (const operator of operators) ownOperators[operator.scope].push(operator.id);
  const spans = operatorSpans(graph, childScopes, ownOperators);

  // between layers, an operator that only hands on is how the analysis writes things down; in a model file somebody put it there
  const handsOn = ({ type, scope }: Operator): boolean => type === 'Identity' && childScopes[scope].length > 0 && !isModelFile(graph);
  const source = (value: number): number => {
    const { producer } = values[value];
    const before = producer !== undefined && handsOn(operators[producer]) ? operators[producer].inputs[0] : undefined;
    return before == null ? value : source(before);
  };
  const crossing = scopeCrossings(graph, depths, isData, source);

  const byKey = new Map<string, Item>();
  const byScope: Item[] = [];
  const byOperator: Item[] = [];

  const unique = (wanted: string): string => {
    let key = wanted;
    for (let call = 2; byKey.has(key); call++) key = `${wanted}#${call}`;
    return key;
  };
  const keep = (item: Draft): Draft => {
    byKey.set(item.key, item);
    return item;
  };

  // an optional input that is left out is null where the graph came as JSON
  const operatorItem = (id: number, parent: Draft): Draft => {
    const operator = operators[id];
    const item = keep({
      key: unique(`${parent.key}@${operator.type}`), kind: 'operator', type: operator.type, name: operator.name, parent, depth: parent.depth + 1,
      operator, children: [], group: false, inputs: distinct(operator.inputs.filter((input): input is number => input != null && isData(input)).map(source)), outputs: operator.outputs,
    });
    byOperator[id] = item;
    return item;
  };

  const scopeItem = (id: number, parent: Draft | undefined): Draft => {
    const scope = scopes[id];
    const layer = layers[scope.layer];
    const item = keep({
      key: parent ? unique(`${parent.key}/${layer.name}`) : '', kind: 'layer', type: layer.type, name: nameWithin(layer, parent?.layer), parent, depth: depths[id],
      scope, layer, children: [], group: childScopes[id].length > 0, inputs: [...crossing.inputs[id]], outputs: [...crossing.outputs[id]],
    });
    byScope[id] = item;
    const order = [
      ...ownOperators[id].map((operator) => ({ position: operator, scope: false, id: operator })),
      ...childScopes[id].map((child) => ({ position: spans[child].first, scope: true, id: child })),
    ].sort((a, b) => a.position - b.position || Number(a.scope) - Number(b.scope) || a.id - b.id);
    for (const next of order) {
      if (next.scope && parent === undefined && inputOf(next.id) !== undefined) continue;
      if (!next.scope && handsOn(operators[next.id])) byOperator[next.id] = item;
      else item.children.push(next.scope ? scopeItem(next.id, item) : operatorItem(next.id, item));
    }
    return item;
  };

  /** The model's input that a call of an input layer takes: both are drawn as one. */
  const inputOf = (id: number): number | undefined => layers[scopes[id].layer].type === 'InputLayer' ? scopes[id].inputs.find((value) => given.has(value)) : undefined;

  const root = scopeItem(0, undefined);
  const calls = new Map(childScopes[0]?.map((id) => [inputOf(id), scopes[id]]));
  const boundary = (kind: 'input' | 'output', value: number): Draft => keep({
    ...(kind === 'input' && calls.has(value) && { scope: calls.get(value), layer: layers[calls.get(value)?.layer ?? 0] }),
    key: unique(`${kind}:${values[value].name}`), kind, type: kind === 'input' ? 'Input' : 'Output', name: values[value].name, parent: root, depth: 1,
    children: [], group: false, inputs: kind === 'output' ? [source(value)] : [], outputs: kind === 'input' ? distinct([value, ...calls.get(value)?.outputs ?? []]) : [],
  });
  root.children = [...graph.inputs.map((value) => boundary('input', value)), ...root.children, ...graph.outputs.map((value) => boundary('output', value))];
  for (const item of root.children) {
    if (item.kind !== 'input' || !item.scope) continue;
    byScope[item.scope.id] = item;
    for (const id of ownOperators[item.scope.id]) byOperator[id] = item;
  }
  return { graph, root, byKey, scopes: byScope, operators: byOperator };
}

/** Whether the model comes from a file of its own: then its operators and tensors have names that someone gave. */
export function isModelFile({ framework }: LayerGraph): boolean {
  return framework === 'onnx' || framework === 'tflite' || framework === 'caffe';
}

/** A layer's name as the layer around it says it: `blocks.0` where lists lie between. */
function nameWithin({ name, path }: Layer, around: Layer | undefined): string {
  if (!around || path === '') return name;
  if (around.path === '') return path;
  return path.startsWith(`${around.path}.`) ? path.slice(around.path.length + 1) : name;
}

/** How tensors flow among the children of an item, each pair of ends once a value, in the order of the consumers. */
export function flows(item: Item): Flow[] {
  const result: Flow[] = [];
  const maker = new Map<number, number>();
  item.children.forEach((child, index) => {
    for (const value of child.outputs) if (!child.inputs.includes(value) && !maker.has(value)) maker.set(value, index);
  });
  const provider = new Map<number, number>();
  item.children.forEach((child, index) => {
    for (const value of child.inputs) {
      const from = provider.get(value) ?? maker.get(value) ?? -1;
      if (from !== index && (from !== -1 || (item.parent && item.inputs.includes(value)))) result.push({ value, from, to: index });
    }
    for (const value of child.outputs) provider.set(value, index);
  });
  if (item.parent) {
    for (const value of item.outputs) {
      const from = provider.get(value) ?? -1;
      if (from !== -1 || item.inputs.includes(value)) result.push({ value, from, to: -1 });
    }
  }
  return result;
}

/** Every item below, in order of execution, without the item itself. */
export function* descendants(item: Item): Generator<Item> {
  for (const child of item.children) {
    yield child;
    yield* descendants(child);
  }
}

/** The items from the model's own call down to this one. */
export function ancestry(item: Item): Item[] {
  const chain: Item[] = [];
  for (let at: Item | undefined = item; at; at = at.parent) chain.unshift(at);
  return chain;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}

function scopeDepths(scopes: readonly Scope[]): number[] {
  const depths: number[] = [];
  const depth = (id: number): number => {
    const { parent } = scopes[id];
    return depths[id] ??= parent === undefined ? 0 : depth(parent) + 1;
  };
  for (const scope of scopes) depth(scope.id);
  return depths;
}

/** For each scope, the values that are used in it but made outside, and those made in it but used outside. */
function scopeCrossings(graph: LayerGraph, depths: readonly number[], isData: (value: number) => boolean, source: (value: number) => number): { inputs: Set<number>[]; outputs: Set<number>[] } {
  const { values, operators, scopes } = graph;
  const inputs = scopes.map(() => new Set<number>());
  const outputs = scopes.map(() => new Set<number>());
  const up = (scope: number): number => scopes[scope].parent ?? -1;

  const use = (used: number, user: number): void => {
    const value = source(used);
    if (!isData(value)) return;
    const { producer } = values[value];
    let from = producer === undefined ? -1 : operators[producer].scope;
    let to = user;
    // climb both ends to their lowest common scope
    while (from !== to) {
      if (from === -1 || (to !== -1 && depths[to] >= depths[from])) {
        inputs[to].add(value);
        to = up(to);
      } else {
        outputs[from].add(value);
        from = up(from);
      }
    }
  };

  for (const operator of operators) for (const input of operator.inputs) if (input != null) use(input, operator.scope);
  for (const scope of scopes) {
    if (scope.parent === undefined) continue;
    const empty = inputs[scope.id].size === 0 && outputs[scope.id].size === 0;
    for (const value of scope.outputs.map(source)) {
      const { producer } = values[value];
      const within = producer !== undefined && contains(scopes, scope.id, operators[producer].scope);
      // a layer that hands on what it gets, such as dropout outside training, still has the tensor pass through it
      if (!within) use(value, scope.id);
      if (isData(value)) outputs[scope.id].add(value);
    }
    if (empty) for (const value of scope.inputs) use(value, scope.id);
  }
  for (const value of graph.outputs) use(value, 0);
  return { inputs, outputs };
}

function contains(scopes: readonly Scope[], outer: number, inner: number): boolean {
  for (let at: number | undefined = inner; at !== undefined; at = scopes[at].parent) if (at === outer) return true;
  return false;
}

/** The first and last operator of each scope; scopes without operators stand behind what makes their inputs and behind the call before them. */
function operatorSpans(graph: LayerGraph, childScopes: readonly number[][], ownOperators: readonly number[][]): { first: number; last: number }[] {
  const spans: { first: number; last: number }[] = [];
  const span = (id: number, before: number): { first: number; last: number } => {
    const own = ownOperators[id];
    let first = own[0] ?? Infinity;
    let last = own.at(-1) ?? -1;
    let previous = before;
    for (const child of childScopes[id]) {
      const inner = span(child, previous);
      first = Math.min(first, inner.first);
      last = Math.max(last, inner.last);
      previous = Math.max(previous, inner.last);
    }
    if (first === Infinity) {
      const made = Math.max(before, ...graph.scopes[id].inputs.map((value) => graph.values[value].producer ?? -1));
      first = made + 0.5;
      last = made;
    }
    return spans[id] = { first, last };
  };
  if (graph.scopes.length > 0) span(0, -1);
  return spans;
}
