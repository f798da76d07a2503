import type { AttributeValue, Attributes } from '../../../graph/graph.ts';
import type { Builder } from '../builder.ts';
import { isConstant, type Constant, type Elements } from '../elements.ts';
import type { Steps } from '../steps.ts';

/** How one ONNX operator becomes nodes. Operators are those of the opset that graphs hold (graph/onnx/upgrade.ts). */
export type Lowering = (operation: Operation) => Elements | readonly Elements[] | Steps<Elements>;

/** Why an operator cannot be lowered; the compiler adds its name. */
export class NotLowered extends Error {
  override readonly name = 'NotLowered';
}

/** One operator with its inputs already lowered. */
export class Operation {
  readonly builder: Builder;
  readonly inputs: readonly (Elements | undefined)[];
  readonly outputs: number;
  private readonly attributes: Attributes;

  constructor(builder: Builder, inputs: readonly (Elements | undefined)[], attributes: Attributes, outputs: number) {
    this.builder = builder;
    this.inputs = inputs;
    this.attributes = attributes;
    this.outputs = outputs;
  }

  input(index: number): Elements {
    const input = this.inputs[index];
    if (!input) throw new NotLowered(`input ${index} is missing`);
    return input;
  }

  /** An input that must be known: a shape, an axis, a weight. */
  known(index: number): Constant {
    const input = this.input(index);
    if (!isConstant(input)) throw new NotLowered(`input ${index} depends on the network's input`);
    return input;
  }

  optional(index: number): Constant | undefined {
    return this.inputs[index] ? this.known(index) : undefined;
  }

  number(name: string, fallback: number): number {
    const value = this.attributes[name];
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : fallback;
  }

  numbers(name: string): readonly number[] | undefined {
    const value: AttributeValue | undefined = this.attributes[name];
    return Array.isArray(value) ? (value as readonly number[]).map(Number) : undefined;
  }

  text(name: string, fallback: string): string {
    const value = this.attributes[name];
    return typeof value === 'string' ? value : fallback;
  }

  attribute(name: string): AttributeValue | undefined {
    return this.attributes[name];
  }
}

export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
