import { describe, expect, it } from 'vitest';
import { analyse } from './analysis-fixture.ts';

/** For each code, programs that break the rule, and programs that are near to it and right. */
export type Rules = Readonly<Record<string, { readonly wrong: readonly string[]; readonly right: readonly string[] }>>;

export const torch = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\nx = torch.randn(4, 8)\nlabels = torch.randint(0, 3, (4,))\n';
export const keras = 'import numpy as np\nimport keras\nfrom keras import layers\n';

/** The codes of the warnings and hints of a program that must have no error. */
function codes(text: string): string[] {
  const { diagnostics } = analyse(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics.map(({ code }) => code);
}

export function testRules(rules: Rules): void {
  for (const [code, { wrong, right }] of Object.entries(rules)) {
    describe(code, () => {
      it.each(wrong)('is found in %s', (text) => {
        expect(codes(text)).toContain(code);
      });
      it.each(right)('is not found in %s', (text) => {
        expect(codes(text)).not.toContain(code);
      });
    });
  }
}
