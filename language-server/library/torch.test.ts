import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatShape } from '../../graph/dimension.ts';
import { analyze } from '../analysis/analyze.ts';
import type { Analysis } from '../analysis.ts';

/**
 * Lines of PyTorch with PyTorch's own verdict (test/oracle/torch_cases.py): each must raise where PyTorch raises,
 * and give a tensor of PyTorch's shape and type where it does not.
 */
interface Case {
  readonly code: string;
  readonly shape?: readonly number[];
  readonly type?: string;
  readonly error?: string;
  /** Names and shapes of the layer's state_dict. */
  readonly state?: readonly [string, readonly number[]][];
}

const header = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const chunk = 100;

function read(name: string): Case[] {
  return JSON.parse(readFileSync(new URL(`../../test/golden/torch/${name}.json`, import.meta.url), 'utf8')) as Case[];
}

async function run(cases: readonly Case[]): Promise<Analysis> {
  const text = header + cases.map((each, i) => `r${i} = ${each.code}\n`).join('');
  return analyze({ file: 'cases.py', text });
}

function stateOf(analysis: Analysis, line: number): string[] | undefined {
  const model = analysis.models.find(({ graph }) => graph.location?.line === line && graph.layers[0]?.path === '');
  return model?.graph.parameters.map((parameter) => `${parameter.name} ${formatShape(parameter.type.shape)}`).sort();
}

describe.each(['layers', 'functions', 'wide'])('%s', (name) => {
  const cases = read(name);
  for (let start = 0; start < cases.length; start += chunk) {
    const part = cases.slice(start, start + chunk);
    test(`lines ${start} to ${start + part.length - 1}`, async () => {
      const analysis = await run(part);
      const wrong: string[] = [];
      part.forEach((each, i) => {
        const line = i + 4;
        const fault = analysis.diagnostics.find((diagnostic) => diagnostic.severity === 'error' && diagnostic.location.line === line);
        const tensor = analysis.tensors.find((at) => at.name === `r${i}` && at.location.line === line);
        const type = tensor?.types[0];
        if (each.error) {
          if (!fault) wrong.push(`${each.code}\n    PyTorch raises ${each.error}; this gives ${formatShape(type?.shape)}`);
        } else if (fault) {
          wrong.push(`${each.code}\n    PyTorch gives [${String(each.shape)}]; this raises: ${fault.message}`);
        } else if (each.shape && (JSON.stringify(type?.shape) !== JSON.stringify(each.shape) || type?.dataType !== each.type)) {
          wrong.push(`${each.code}\n    PyTorch gives ${each.type} [${String(each.shape)}]; this gives ${type?.dataType} ${formatShape(type?.shape)}`);
        } else if (each.state) {
          const state = stateOf(analysis, line);
          const expected = each.state.map(([key, shape]) => `${key} ${formatShape(shape)}`).sort();
          if (state && JSON.stringify(state) !== JSON.stringify(expected)) wrong.push(`${each.code}\n    PyTorch's state: ${expected.join(', ')}; this has ${state.join(', ')}`);
        }
      });
      expect(wrong.join('\n')).toBe('');
    }, 120_000);
  }
});
