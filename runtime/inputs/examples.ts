/** Many examples of an input, for evaluating a model and for generating tests from. */
export interface Examples {
  /** One input each, flat, as the model takes it. */
  readonly examples: readonly Float32Array[];
  /** `labels` or `y` of a .npz that has them, or the folders that pictures lie in. */
  readonly labels?: readonly number[];
  /** What a folder calls its classes, and its pictures. */
  readonly classes?: readonly string[];
  readonly names?: readonly string[];
  readonly remarks?: readonly string[];
}
