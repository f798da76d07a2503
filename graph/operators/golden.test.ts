import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Attributes } from '../graph.ts';
import type { ConstantTensor, DataType } from '../tensor.ts';
import { ShapeFault } from './operator.ts';
import type { Inference } from './operator.ts';
import { ruleOf } from './registry.ts';

/** Verdicts and output types of ONNX Runtime (test/oracle/operator_cases.py). */
interface Described { readonly type: DataType; readonly shape: readonly number[]; readonly data?: readonly number[] }
interface Case {
  readonly operator: string;
  readonly attributes: Attributes;
  readonly inputs: readonly (Described | null)[];
  readonly outputs: readonly Described[] | number;
  readonly valid: boolean;
}

const cases = JSON.parse(readFileSync(new URL('../../test/golden/onnx/operators.json', import.meta.url), 'utf8')) as readonly Case[];

function inferenceOf({ attributes, inputs, outputs }: Case): Inference {
  return {
    attributes,
    outputs: typeof outputs === 'number' ? outputs : outputs.length,
    inputs: inputs.map((input) => (input ? {
      type: { dataType: input.type, shape: input.shape },
      constant: input.data && { dataType: input.type, shape: input.shape, data: input.data } as ConstantTensor,
    } : undefined)),
    requireEqual: (left, right, message) => { if (left !== right) throw new ShapeFault(message()); },
  };
}

describe.each([...new Set(cases.map((each) => each.operator))])('%s', (operator) => {
  test.each(cases.filter((each) => each.operator === operator).map((each) => [JSON.stringify([each.attributes, each.inputs.map((input) => input?.shape ?? null)]), each] as const))('%s', (_, each) => {
    const rule = ruleOf(operator)!;
    if (!each.valid) {
      expect(() => rule.infer(inferenceOf(each))).toThrow(ShapeFault);
      return;
    }
    const inferred = rule.infer(inferenceOf(each));
    (each.outputs as readonly Described[]).forEach((output, i) => {
      expect(inferred[i]).toEqual({ dataType: output.type, shape: output.shape });
    });
    const folded = rule.fold?.(inferenceOf(each));
    folded?.forEach((output, i) => {
      const golden = (each.outputs as readonly Described[])[i];
      if (golden.data) expect([output.dataType, output.shape, output.data]).toEqual([golden.type, golden.shape, golden.data]);
    });
  });
});
