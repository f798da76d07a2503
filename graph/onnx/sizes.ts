import { format, isKnown, type Atom, type Dimension } from '../dimension.ts';
import type { NamedNode } from './upgrade.ts';

/** Where the size of a symbol can be seen when the model runs: an axis of an input. */
export interface SymbolPlace {
  readonly input: string;
  readonly axis: number;
}

/**
 * Writes symbolic sizes as operators that compute them from the shapes of the model's inputs: a size is a tensor of
 * one int64. Sizes are never negative, so ONNX's division, which rounds towards zero, is the floor.
 */
export class SizeWriter {
  readonly nodes: NamedNode[] = [];
  readonly constants = new Map<string, readonly number[]>();
  readonly #places: ReadonlyMap<string, SymbolPlace>;
  readonly #known = new Map<string, string>();

  constructor(places: ReadonlyMap<string, SymbolPlace>) {
    this.#places = places;
  }

  /** The name of a tensor of shape [n] that holds these sizes. */
  vector(sizes: readonly Dimension[]): string {
    if (sizes.every(isKnown)) return this.#constant(sizes as readonly number[]);
    return sizes.length === 1 ? this.#size(sizes[0]) : this.#node('Concat', sizes.map((size) => this.#size(size)), { axis: 0 });
  }

  /** The name of a tensor of the given shape that holds these sizes, row-major. */
  shaped(sizes: readonly Dimension[], shape: readonly number[]): string {
    const flat = this.vector(sizes);
    return shape.length === 1 ? flat : this.#node('Reshape', [flat, this.#constant(shape)], {});
  }

  #size(size: Dimension): string {
    if (isKnown(size)) return this.#constant([size]);
    const known = this.#known.get(size.key);
    if (known) return known;
    let sum: string | undefined;
    for (const term of size.terms) {
      let product = term.coefficient === 1 && term.factors.length > 0 ? undefined : this.#constant([term.coefficient]);
      for (const { atom, power } of term.factors) {
        const factor = this.#atom(atom);
        for (let i = 0; i < power; i++) product = product === undefined ? factor : this.#node('Mul', [product, factor], {});
      }
      sum = sum === undefined ? product : this.#node('Add', [sum, product!], {});
    }
    this.#known.set(size.key, sum!);
    return sum!;
  }

  #atom(atom: Atom): string {
    if (atom.kind === 'symbol') {
      const place = this.#places.get(atom.name);
      if (!place) throw new Error(`The size ${atom.none ? 'None' : atom.name} is not the size of an input's axis, so the model cannot compute it: state it`);
      return this.#node('Shape', [place.input], { start: place.axis, end: place.axis + 1 });
    }
    const type = { floorDivide: 'Div', modulo: 'Mod', minimum: 'Min', maximum: 'Max' }[atom.kind];
    return this.#node(type, [this.#size(atom.left), this.#size(atom.right)], {});
  }

  #node(type: string, inputs: string[], attributes: NamedNode['attributes']): string {
    const output = `layerscope_size_${this.nodes.length}`;
    this.nodes.push({ type, domain: '', name: output, inputs, outputs: [output], attributes });
    return output;
  }

  #constant(values: readonly number[]): string {
    const name = `layerscope_sizes_${values.join('_')}`;
    this.constants.set(name, values);
    return name;
  }
}

/** A dimension as ONNX writes it: a number, or a name that equal sizes share. */
export function dimensionName(dimension: Dimension): number | string {
  if (isKnown(dimension)) return dimension;
  const [term] = dimension.terms;
  const only = dimension.terms.length === 1 && term.coefficient === 1 && term.factors.length === 1 && term.factors[0].power === 1 ? term.factors[0].atom : undefined;
  return only?.kind === 'symbol' ? only.name : format(dimension);
}
