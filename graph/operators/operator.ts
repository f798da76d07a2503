import type { Dimension } from '../dimension.ts';
import type { Attributes } from '../graph.ts';
import type { ConstantTensor, TensorType } from '../tensor.ts';

/** An input of an operator as its shape rule sees it. */
export interface Operand {
  readonly type: TensorType;
  /** The elements, where they are known. */
  readonly constant?: ConstantTensor;
}

/** What is known of one ONNX operator, written once: its shape rule and, where it is used on sizes, its folding. */
export interface OperatorRule {
  /** The ONNX name. */
  readonly type: string;
  /** The attributes that ONNX gives a value where the model gives none. */
  readonly defaults: Attributes;
  /** Types of the outputs. Unknown ranks and types pass through as undefined. Throws ShapeFault where the inputs do not fit. */
  infer(context: Inference): TensorType[];
  /** The outputs' elements where all needed inputs are known and small; undefined where it cannot. */
  fold?(context: Inference): ConstantTensor[] | undefined;
}

export interface Inference {
  readonly inputs: readonly (Operand | undefined)[];
  readonly attributes: Attributes;
  readonly outputs: number;
  /** Called for a condition on symbols that the rule needs: `left == right`. */
  requireEqual(left: Dimension, right: Dimension, message: () => string): void;
  /** Called where a size must be another one or 1: it cannot be told apart, and does not decide the result. */
  requireFit?(size: Dimension, target: Dimension): void;
}

/** An operator's inputs do not fit one another. */
export class ShapeFault extends Error {
  override readonly name = 'ShapeFault';
}
