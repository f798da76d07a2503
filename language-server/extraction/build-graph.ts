import type { Assumption, Layer, LayerGraph, Location, Operator, Parameter, Scope, Value } from '../../graph/graph.ts';
import { isGradientLeaf } from '../tracing/gradients.ts';
import { locationOf } from '../tracing/place.ts';
import type { Place } from '../python/interpreter-api.ts';
import type { NamedValue, Trace, TraceOperator, TraceScope, TraceValue } from '../tracing/trace.ts';
import type { Describe, LayerDescription } from './description.ts';
import { LayerTree } from './layer-tree.ts';
import type { TreeLayer } from './layer-tree.ts';
import { isConcrete, sliceBetween } from './slice.ts';
import type { Slice } from './slice.ts';

/** A model found in a trace: a root call of a layer, or a declared model. */
export interface ModelCandidate {
  readonly name: string;
  readonly type?: string;
  readonly layer: object;
  /** What `layer` is, where it is no object of the program that says so itself. */
  readonly description?: LayerDescription;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  /** The call, where the model was called. */
  readonly scope?: TraceScope;
  readonly place?: Place;
  readonly assumptions: readonly Assumption[];
}

export interface BuiltGraph {
  readonly graph: LayerGraph;
  /** The traced tensors that the graph's inputs stand for, in the order of `graph.inputs`. */
  readonly inputs: readonly TraceValue[];
}

/** Turns a model's part of the trace into the plain data of a layer graph. */
export function buildGraph(candidate: ModelCandidate, trace: Trace, describe: Describe): BuiltGraph {
  return new GraphBuilder(candidate, trace, describe).build();
}

class GraphBuilder {
  readonly #candidate: ModelCandidate;
  readonly #trace: Trace;
  readonly #tree: LayerTree;
  readonly #slice: Slice;
  readonly #inputs: readonly TraceValue[];
  readonly #values: Value[] = [];
  readonly #valueIds = new Map<TraceValue, number>();
  readonly #names = new Set<string>();
  /** For each name that was taken, the number to try next. */
  readonly #nextNumber = new Map<string, number>();
  readonly #operators: Operator[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #parameterIds = new Map<TraceValue, number>();
  readonly #layerIds = new Map<TreeLayer, number>();
  readonly #scopes: { scope: TraceScope | undefined; layer: TreeLayer; parent?: number }[] = [];
  readonly #scopeIds = new Map<TraceScope, number>();

  constructor(candidate: ModelCandidate, trace: Trace, describe: Describe) {
    this.#candidate = candidate;
    this.#trace = trace;
    const { description } = candidate;
    this.#tree = new LayerTree(candidate.layer, description ? (layer) => (layer === candidate.layer ? description : describe(layer)) : describe);
    const given = candidate.inputs.map(({ value }) => value);
    // what a layer makes belongs to the model even where nothing uses it
    const made = [...candidate.outputs, ...(candidate.scope ? outputsWithin(candidate.scope) : [])].map(({ value }) => value);
    this.#slice = sliceBetween(given, made, (value) => this.#tree.parameters.has(value));
    const more = this.#slice.leaves.filter((leaf) => !this.#isParameter(leaf) && (leaf.source.kind === 'input' || leaf.source.kind === 'data'));
    this.#inputs = [...new Set([...given, ...more])];
  }

  build(): BuiltGraph {
    this.#placeScopes();
    this.#orderLayers();
    for (const parameter of this.#tree.parameters.values()) this.#addParameter(parameter.value, parameter.name, parameter.layer, parameter.buffer);
    const named = new Map(this.#candidate.inputs.map(({ name, value }) => [value, name]));
    const inputs = this.#inputs.map((value) => this.#addValue(value, named.get(value) || inputName(value)));
    for (const operator of this.#slice.operators) this.#addOperator(operator);
    const outputs = this.#candidate.outputs.map(({ value }) => this.#valueId(value));
    const { root } = this.#tree;
    const graph: LayerGraph = {
      name: this.#candidate.name,
      type: this.#candidate.type ?? root.description.type,
      framework: root.description.framework,
      location: locate(this.#candidate.place ?? root.description.place),
      values: this.#values,
      operators: this.#operators,
      layers: this.#layers(),
      scopes: this.#scopeTable(),
      parameters: this.#parameters,
      inputs,
      outputs: [...new Set(outputs)],
      assumptions: this.#candidate.assumptions,
      gaps: this.#gaps(),
    };
    return { graph, inputs: this.#inputs };
  }

  #isParameter(value: TraceValue): boolean {
    return this.#tree.parameters.has(value) || value.source.kind === 'parameter';
  }

  /** Finds the calls of layers that belong to the model, and gives each its layer. */
  #placeScopes(): void {
    const { root } = this.#tree;
    this.#scopes.push({ scope: this.#candidate.scope, layer: root });
    if (this.#candidate.scope) {
      this.#scopeIds.set(this.#candidate.scope, 0);
      for (const child of this.#candidate.scope.children) this.#placeScope(child, 0, root);
      return;
    }
    // a declared model: every outermost call of one of its layers that computes something between its inputs and outputs
    const outermost = new Set<TraceScope>();
    for (const operator of this.#slice.operators) {
      let found: TraceScope | undefined;
      for (let scope = operator.scope; scope !== undefined && scope.layer !== this.#candidate.layer; scope = scope.parent) {
        if (this.#tree.layers.has(scope.layer)) found = scope;
      }
      if (found) outermost.add(found);
    }
    for (const scope of [...outermost].sort((a, b) => a.serial - b.serial)) this.#placeScope(scope, 0, root);
  }

  #placeScope(scope: TraceScope, parent: number, caller: TreeLayer): void {
    if (scope.outputs === undefined) return;
    const layer = this.#tree.layers.get(scope.layer) ?? this.#tree.addCalled(scope, caller);
    const id = this.#scopes.length;
    this.#scopes.push({ scope, layer, parent });
    this.#scopeIds.set(scope, id);
    for (const child of scope.children) this.#placeScope(child, id, layer);
  }

  /** Layers in the order in which the framework lists them: ids follow that order, parents before children. */
  #orderLayers(): void {
    const calls = new Map<TreeLayer, number>();
    this.#scopes.forEach(({ layer }, index) => {
      for (let at: TreeLayer | undefined = layer; at !== undefined && !calls.has(at); at = at.parent) calls.set(at, index);
    });
    const firstCall = (layer: TreeLayer): number => calls.get(layer) ?? Infinity;
    const visit = (layer: TreeLayer): void => {
      this.#layerIds.set(layer, this.#layerIds.size);
      const children = layer.description.order === 'children' ? layer.children
        : [...layer.children].sort((a, b) => compare(firstCall(a), firstCall(b)));
      for (const child of children) visit(child);
    };
    if (this.#tree.root.description.order === 'children') {
      visit(this.#tree.root);
      return;
    }
    // by first call over the whole model, not branch by branch: calls of two branches may alternate
    const all = [...this.#tree.layers.values()];
    const rank = new Map(all.map((layer, index) => [layer, index]));
    all.sort((a, b) => compare(firstCall(a), firstCall(b)) || depth(a) - depth(b) || rank.get(a)! - rank.get(b)!);
    for (const layer of all) this.#layerIds.set(layer, this.#layerIds.size);
  }

  #layers(): Layer[] {
    const called = new Set(this.#scopes.map(({ layer }) => layer));
    return [...this.#layerIds].map(([layer, id]) => ({
      id,
      name: layer.name,
      path: layer.path,
      type: layer.description.type,
      parent: layer.parent && this.#layerIds.get(layer.parent),
      configuration: layer.description.configuration,
      parameters: this.#parameters.filter((parameter) => parameter.layer === id).map((parameter) => parameter.id),
      listed: layer !== this.#tree.root && layer.description.listed && (layer.parent?.description.order === 'children' || called.has(layer)),
      location: locate(layer.description.place),
    }));
  }

  #scopeTable(): Scope[] {
    return this.#scopes.map(({ scope, layer, parent }, id) => {
      const inputs = id === 0 ? this.#candidate.inputs : scope!.inputs;
      const outputs = id === 0 ? this.#candidate.outputs : scope!.outputs!;
      return {
        id,
        layer: this.#layerIds.get(layer)!,
        parent,
        inputs: this.#knownIds(inputs),
        outputs: this.#knownIds(outputs),
        location: locate(scope?.place),
      };
    });
  }

  /** Tensors of a call that are not part of the graph (computed, but used by no output) are left out. */
  #knownIds(named: readonly NamedValue[]): number[] {
    return named.flatMap(({ value }) => this.#valueIds.get(value) ?? []);
  }

  #addParameter(value: TraceValue, name: string, layer: TreeLayer, buffer: boolean): void {
    const id = this.#parameters.length;
    const initializer = value.source.kind === 'parameter' ? value.source.initializer
      : isConcrete(value) && value.constant!.data.every((element) => typeof element === 'number')
        ? { kind: 'values' as const, data: value.constant!.data as readonly number[] } : { kind: 'unknown' as const };
    const trainable = !buffer && (value.source.kind === 'parameter' ? value.source.trainable : isGradientLeaf(value));
    const unique = this.#unique(name);
    this.#parameters.push({ id, name: unique, layer: this.#layerIds.get(layer)!, type: value.type, trainable, ...(buffer && { buffer }), initializer });
    this.#parameterIds.set(value, id);
    if (this.#slice.values.has(value)) this.#register(value, unique);
  }

  #addValue(value: TraceValue, name: string): number {
    return this.#valueIds.get(value) ?? this.#register(value, this.#unique(name));
  }

  /** The id of a value of the slice; leaves that are neither inputs nor described parameters are added when they are met. */
  #valueId(value: TraceValue): number {
    const present = this.#valueIds.get(value);
    if (present !== undefined) return present;
    if (value.source.kind === 'parameter') {
      this.#addParameter(value, 'parameter', this.#layerOf(value.scope), false);
      return this.#valueIds.get(value)!;
    }
    return this.#addValue(value, 'constant');
  }

  #register(value: TraceValue, name: string): number {
    const id = this.#values.length;
    const produced = value.source.kind === 'operator' && !this.#isLeaf(value);
    this.#values.push({
      id,
      name,
      type: value.type,
      ...(produced && { producer: this.#operators.length }),
      ...(this.#parameterIds.has(value) && { parameter: this.#parameterIds.get(value) }),
      // a constant may hold symbolic sizes; one that an operator computes from shapes is left to that operator
      ...(value.constant !== undefined && (!produced || isConcrete(value)) && { constant: value.constant }),
      ...(value.place && { location: locationOf(value.place) }),
    });
    this.#valueIds.set(value, id);
    return id;
  }

  #isLeaf(value: TraceValue): boolean {
    return this.#inputs.includes(value) || this.#parameterIds.has(value) || (isConcrete(value) && !this.#outputOfSlice(value));
  }

  /** An output with known elements of an operator that is needed for another of its outputs. */
  #outputOfSlice(value: TraceValue): boolean {
    return value.source.kind === 'operator' && this.#adding === value.source.operator;
  }

  #adding: TraceOperator | undefined;

  #addOperator(operator: TraceOperator): void {
    const scope = this.#scopeId(operator.scope);
    const inputs = operator.inputs.map((input) => input && this.#valueId(input));
    const [through] = inputs;
    // the passing-on of a layer that the model does not list: a Sequential's InputLayer
    if (operator.type === 'Identity' && through !== undefined && operator.scope && operator.scope.layer !== this.#candidate.layer && !this.#scopeIds.has(operator.scope)) {
      this.#valueIds.set(operator.outputs[0], through);
      return;
    }
    const path = this.#scopes[scope].layer.path;
    const name = this.#unique(path === '' ? operator.type : `${path}/${operator.type}`);
    this.#adding = operator;
    const outputs = operator.outputs.map((output, index) => this.#addValue(output, operator.outputs.length === 1 ? `${name}:0` : `${name}:${index}`));
    this.#adding = undefined;
    this.#operators.push({
      id: this.#operators.length, type: operator.type, domain: operator.domain, name, inputs, outputs, attributes: operator.attributes, scope,
      ...(operator.place && { location: locationOf(operator.place) }), ...(operator.reason !== undefined && { reason: operator.reason }),
    });
  }

  #scopeId(scope: TraceScope | undefined): number {
    for (let at = scope; at !== undefined; at = at.parent) {
      const id = this.#scopeIds.get(at);
      if (id !== undefined) return id;
    }
    return 0;
  }

  #layerOf(scope: TraceScope | undefined): TreeLayer {
    return this.#scopes[this.#scopeId(scope)].layer;
  }

  #gaps(): { reason: string; location?: Location }[] {
    const inside = new Set(this.#scopeIds.keys());
    const recorded = this.#trace.gaps.filter(({ scope }) => scope !== undefined && inside.has(scope));
    const shown = new Map<string, { reason: string; location?: Location }>();
    const { scope } = this.#candidate;
    if (scope && scope.outputs === undefined) {
      const last = scope.children.at(-1);
      const location = locate(last?.outputs === undefined ? last?.place ?? scope.place : scope.place);
      shown.set('', { reason: 'the call raised an error here: the graph ends', location });
    }
    const open = scope ? undefined : this.#inputs.find(({ type }) => type.shape === undefined);
    if (open) shown.set('', { reason: 'the shape of what goes in is not known', location: locate(open.place) });
    for (const { reason, place } of [...this.#slice.operators.filter(({ type, domain }) => type === 'Unknown' && domain === 'layerscope')
      .map((operator) => ({ reason: operator.reason ?? 'not modelled', place: operator.place })), ...recorded]) {
      const location = locate(place);
      shown.set(`${reason} ${location?.file} ${location?.line}`, { reason, location });
    }
    return [...shown.values()];
  }

  #unique(name: string): string {
    let unique = name;
    let number = this.#nextNumber.get(name) ?? 1;
    for (; this.#names.has(unique); number++) unique = `${name}_${number}`;
    this.#nextNumber.set(name, number);
    this.#names.add(unique);
    return unique;
  }
}

function inputName(value: TraceValue): string {
  return value.source.kind === 'input' && value.source.name ? value.source.name : 'input';
}

function locate(place: Place | undefined): Location | undefined {
  return place && locationOf(place);
}

function depth(layer: TreeLayer): number {
  let count = 0;
  for (let at = layer.parent; at !== undefined; at = at.parent) count++;
  return count;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The outputs of all calls inside of a call. */
function outputsWithin(scope: TraceScope): NamedValue[] {
  return scope.children.flatMap((child) => [...(child.outputs ?? []), ...outputsWithin(child)]);
}
