import { equal } from '../../graph/dimension.ts';
import type { ConstantTensor, TensorType } from '../../graph/tensor.ts';
import type { TensorAt } from '../analysis.ts';
import { childrenOf } from '../diagnostics/calls.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import type * as syntax from '../python/source/syntax.ts';
import { PyFunction } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { tensorOf } from '../tracing/conversion.ts';
import { locationOf, textOf } from '../tracing/place.ts';
import type { TraceValue } from '../tracing/trace.ts';
import { isLayer } from './describe.ts';

/** Distinct types that are kept for one expression. */
const mostTypes = 4;
/** Constants with more elements are not shown. */
const mostElements = 12;

interface Seen {
  readonly values: TraceValue[];
  name?: string;
}

/** Watches one interpretation: which expressions of the file are tensors, and the names that layers get. */
export class Recorder {
  readonly #file: SourceFile;
  readonly #seen = new Map<syntax.Span, Seen>();
  /** The first variable that a layer was bound to. */
  readonly names = new Map<object, string>();
  /** Functions of the file that were named somewhere: somebody may call them. */
  readonly functions = new Set<PyFunction>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  evaluated(node: syntax.Expression, value: Value, file: SourceFile): void {
    const tensor = tensorOf(value);
    if (tensor) {
      if (file === this.#file) this.#add(node, tensor);
    } else if (value instanceof PyFunction) this.functions.add(value);
  }

  bound(node: syntax.Name | syntax.Attribute, value: Value, file: SourceFile): void {
    const tensor = tensorOf(value);
    if (tensor) {
      if (file !== this.#file) return;
      const target = assignedValues(file).get(node) ?? node;
      this.#add(target, tensor).name ??= node.name;
      // the name itself can be hovered over too; the hint stands at the value
      if (target !== node) this.#add(node, tensor);
    } else if (file === this.#file && node.type === 'Name' && isLayer(value) && !this.names.has(value) && node.name !== 'self' && node.name !== '_') this.names.set(value, node.name);
  }

  /** Takes over what was seen of a part of the same interpretation. */
  append(part: Recorder): void {
    this.merge(part);
    for (const callable of part.functions) this.functions.add(callable);
  }

  /** Takes over what another interpretation of the same file saw. */
  merge(other: Recorder): void {
    for (const [node, { values, name }] of other.#seen) {
      for (const value of values) this.#add(node, value).name ??= name;
    }
    for (const [layer, name] of other.names) if (!this.names.has(layer)) this.names.set(layer, name);
  }

  tensors(): TensorAt[] {
    return [...this.#seen].map(([node, { values, name }]) => {
      const [first] = values;
      const constant = values.length === 1 ? shownConstant(first) : undefined;
      return {
        location: locationOf({ file: this.#file, start: node.start, end: node.end }),
        types: values.map(({ type }) => type),
        ...originOf(first),
        ...(name !== undefined && { name }),
        ...(constant && { constant }),
      };
    });
  }

  #add(node: syntax.Span, tensor: TraceValue): Seen {
    let seen = this.#seen.get(node);
    if (!seen) {
      seen = { values: [tensor] };
      this.#seen.set(node, seen);
    } else if (seen.values.length < mostTypes && !seen.values.some(({ type }) => sameType(type, tensor.type))) seen.values.push(tensor);
    return seen;
  }
}

function sameType(left: TensorType, right: TensorType): boolean {
  if (left === right) return true;
  if (left.dataType !== right.dataType) return false;
  const { shape } = left;
  if (shape === undefined || right.shape === undefined) return shape === right.shape;
  return shape.length === right.shape.length && shape.every((size, axis) => equal(size, right.shape![axis]));
}

function shownConstant({ constant }: TraceValue): ConstantTensor | undefined {
  return constant && constant.data.length <= mostElements ? constant : undefined;
}

/** The call that made a tensor: `Conv2D(...)`, `x.view(...)`. */
function originOf({ place }: TraceValue): Pick<TensorAt, 'origin'> {
  if (!place?.file.user) return {};
  const text = textOf(place).split('\n')[0].trim();
  const open = text.indexOf('(');
  return { origin: { text: open > 0 ? `${text.slice(0, open)}(...)` : text.slice(0, 60), location: locationOf(place) } };
}

const assignments = new WeakMap<syntax.Span, syntax.Expression>();
const searched = new WeakSet<object>();

/** For each target that is bound to the whole value of an assignment: that value. */
function assignedValues({ tree }: SourceFile): Pick<ReadonlyMap<syntax.Span, syntax.Expression>, 'get'> {
  if (!searched.has(tree)) {
    searched.add(tree);
    const visit = (node: object): void => {
      const { type } = node as { type: string };
      if (type === 'Assign') for (const target of (node as syntax.Assign).targets) assignments.set(target, (node as syntax.Assign).value);
      else if (type === 'AnnAssign' && (node as syntax.AnnAssign).value) assignments.set((node as syntax.AnnAssign).target, (node as syntax.AnnAssign).value!);
      for (const child of childrenOf(node)) visit(child);
    };
    // statements are kept from one version of a file to the next
    for (const statement of tree.body) {
      if (searched.has(statement)) continue;
      searched.add(statement);
      visit(statement);
    }
  }
  return assignments;
}
