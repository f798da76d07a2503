import type { Operator } from '../../graph/graph.ts';

/** A model that cannot be run so: one sentence that says why, and the operator where it is one's fault. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly operator?: Operator;
  constructor(message: string, operator?: Operator) {
    super(message);
    this.operator = operator;
  }
}

/** What ONNX Runtime says, without the frame around it. */
export function runtimeMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const message = /(?:ERROR_MESSAGE:\s*|Status Message:\s*)"?([\s\S]*)$/.exec(text)?.[1] ?? text;
  const status = /Status Message:\s*([\s\S]*)$/.exec(message)?.[1] ?? message;
  return status.replace(/^\S*onnxruntime[^ ]*:\d+ /, '').replace(/\/[^\s:]*\.(cc|h):\d+\s*/g, '').replace(/"\s*$/, '').trim().split('\n')[0];
}

/** The operator that ONNX Runtime names in an error. */
export function operatorNamed(error: unknown, operators: readonly Operator[]): Operator | undefined {
  const name = /Name:\s*'([^']+)'|node\s*\(([^)]+)\)/i.exec(error instanceof Error ? error.message : String(error));
  return name ? operators.find((operator) => operator.name === (name[1] ?? name[2])) : undefined;
}
