import type { Attributes } from '../graph.ts';
import { control } from './control.ts';
import { elementwise } from './elementwise.ts';
import { generating } from './generating.ts';
import { joining } from './joining.ts';
import { losses } from './losses.ts';
import { matrix } from './matrix.ts';
import { normalization } from './normalization.ts';
import type { OperatorRule } from './operator.ts';
import { quantization } from './quantization.ts';
import { recurrences } from './recurrent.ts';
import { reducing } from './reductions.ts';
import { reshaping } from './reshaping.ts';
import { resizing } from './resizing.ts';
import { signals } from './signals.ts';
import { slicing } from './slicing.ts';
import { windows } from './windows.ts';

const rules: ReadonlyMap<string, OperatorRule> = new Map([
  ...elementwise, ...matrix, ...windows, ...normalization, ...reshaping, ...slicing, ...joining, ...reducing, ...recurrences,
  ...resizing, ...generating, ...losses, ...signals, ...quantization, ...control,
].map((rule) => [rule.type, rule]));

/** The rule of an ONNX operator (or of Layerscope's own `Unknown` and `Join`); undefined where there is none. */
export function ruleOf(type: string): OperatorRule | undefined {
  return rules.get(type);
}

/** The attributes of an operator with ONNX's defaults filled in: what runtime, export and bounds read. */
export function attributesOf(operator: { readonly type: string; readonly attributes: Attributes }): Attributes {
  const defaults = rules.get(operator.type)?.defaults;
  return defaults ? { ...defaults, ...operator.attributes } : operator.attributes;
}

/** The names of all operators that have a rule. */
export function operatorTypes(): readonly string[] {
  return [...rules.keys()];
}
