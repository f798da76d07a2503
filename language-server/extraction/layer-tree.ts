import type { TraceScope, TraceValue } from '../tracing/trace.ts';
import type { Describe, LayerDescription } from './description.ts';

/** A layer in its place under the model. A layer that is reached by several ways stands where it is met first. */
export interface TreeLayer {
  readonly object: object;
  readonly description: LayerDescription;
  readonly name: string;
  readonly path: string;
  readonly parent?: TreeLayer;
  readonly children: TreeLayer[];
}

export interface TreeParameter {
  readonly value: TraceValue;
  readonly layer: TreeLayer;
  /** The framework's name, from the model. */
  readonly name: string;
  readonly buffer: boolean;
}

/** The layers under a model and the parameters that they own, each once. */
export class LayerTree {
  readonly root: TreeLayer;
  readonly layers = new Map<object, TreeLayer>();
  readonly parameters = new Map<TraceValue, TreeParameter>();
  readonly #describe: Describe;

  constructor(model: object, describe: Describe) {
    this.#describe = describe;
    this.root = this.#add(model, describe(model), '', undefined);
  }

  /** A layer that a call reached but no description lists as a child: it belongs to the layer that called it. */
  addCalled(scope: TraceScope, caller: TreeLayer): TreeLayer {
    const description = this.#describe(scope.layer);
    const plain = description.name || description.type.toLowerCase();
    const taken = new Set(caller.children.map((child) => child.name));
    let name = plain;
    for (let i = 1; taken.has(name); i++) name = `${plain}_${i}`;
    return this.#add(scope.layer, description, name, caller);
  }

  #add(object: object, description: LayerDescription, name: string, parent: TreeLayer | undefined): TreeLayer {
    const separator = parent?.description.separator ?? description.separator;
    const path = parent === undefined ? '' : parent.path === '' ? name : `${parent.path}${separator}${name}`;
    const layer: TreeLayer = { object, description, name: parent === undefined ? description.name : name, path, parent, children: [] };
    this.layers.set(object, layer);
    parent?.children.push(layer);
    const prefix = path === '' ? '' : `${path}${description.separator}`;
    const own = [...description.parameters.map((entry) => ({ ...entry, buffer: false })), ...description.buffers.map((entry) => ({ ...entry, buffer: true }))];
    for (const { name: parameterName, value, buffer } of own) {
      if (!this.parameters.has(value)) this.parameters.set(value, { value, layer, name: `${prefix}${parameterName}`, buffer });
    }
    for (const child of description.children) {
      if (!this.layers.has(child.layer)) this.#add(child.layer, this.#describe(child.layer), child.name, layer);
    }
    return layer;
  }
}
