import { describe, expect, it } from 'vitest';
import { analyse, file, withCursor } from '../testing/analysis-fixture.ts';
import { codeActions } from './code-actions.ts';
import { codeLenses } from './code-lens.ts';
import { documentSymbols } from './document-symbols.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';

const uri = `file://${file}`;
const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

function hoverAt(marked: string): string | undefined {
  const { text, position } = withCursor(marked);
  const shown = hover(analyse(text), position);
  return shown === null ? undefined : (shown.contents as { value: string }).value;
}

/** The text with each hint in guillemets where the editor shows it. */
function withHints(text: string): string {
  const lines = text.split('\n');
  const hints = inlayHints(analyse(text), whole).sort((a, b) => b.position.character - a.position.character);
  for (const { position: { line, character }, label } of hints) lines[line] = `${lines[line].slice(0, character)} «${label as string}»${lines[line].slice(character)}`;
  return lines.join('\n');
}

const net = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        y = self.fc(x)
        return torch.relu(y)
`;

describe('hover', () => {
  it('shows shape, type and origin of a variable', () => {
    expect(hoverAt(`${net}\nh = torch.randn(2, 8)\n|h + 1\n`)).toBe('```python\n(2, 8) float32\n```\nfrom `torch.randn(...)`, line 13');
  });

  it('shows a name where it is bound', () => {
    expect(hoverAt(`${net}\nh = torch.r|andn(2, 8)\n`)).toContain('h: (2, 8) float32');
  });

  it('shows the tensors inside a model that nobody calls', () => {
    expect(hoverAt(net.replace('relu(y)', 'relu(|y)'))).toContain('(batch, 4) float32');
  });

  it('shows the value of a small constant', () => {
    expect(hoverAt('import torch\nt = torch.tensor([[1, 2], [3, 4]])\n|t\n')).toContain('value `[[1, 2], [3, 4]]`');
  });

  it('shows every shape that a line had', () => {
    expect(hoverAt(`${net}\nn = Net()\nfor rows in (1, 5):\n    z = n(torch.randn(rows, 8))\n    |z\n`)).toContain('(1, 4) or (5, 4)');
  });

  it('is silent on what is no tensor', () => {
    expect(hoverAt('size|s = [1, 2]\n')).toBeUndefined();
  });
});

describe('inlay hints', () => {
  it('stand beside assignments of tensors and beside the lines that make layers', () => {
    expect(withHints(net)).toBe(net.replace('nn.Linear(8, 4)', 'nn.Linear(8, 4) «(batch, 4)»').replace('self.fc(x)', 'self.fc(x) «(batch, 4)»'));
  });

  it('stand beside the layers of a Sequential', () => {
    const text = `import torch
from torch import nn
model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 32),
    nn.ReLU(),
)
out = model(torch.randn(1, 28, 28))
`;
    expect(withHints(text)).toBe(text.replace('nn.Flatten()', 'nn.Flatten() «(1, 784)»').replace('32)', '32) «(1, 32)»').replace('nn.ReLU()', 'nn.ReLU() «(1, 32)»').replace('28, 28))', '28, 28)) «(1, 32)»'));
  });
});

describe('code lens', () => {
  it('offers the graph, a run and the search for an adversarial input over the class', () => {
    expect(codeLenses(analyse(net), uri).map(({ range, command }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [3, 'Graph', [{ uri, model: 'Net' }]],
      [3, 'Run', [{ uri, model: 'Net' }]],
      [3, 'Find adversarial input', [{ uri, model: 'Net' }]],
    ]);
  });
});

describe('code actions', () => {
  it('apply the fix of the diagnostic under the cursor, after which it is gone', () => {
    const { text, position } = withCursor(`${net}\nNet()(torch.randn(2, 9))\n`.replace('self.fc(x)', 'self.f|c(x)'));
    const analysis = analyse(text);
    const [fix] = codeActions(analysis, uri, text, { start: position, end: position });
    expect(fix.title).toBe('in_features=9');
    const [edit] = fix.edit!.changes![uri];
    const lines = text.split('\n');
    lines[edit.range.start.line] = lines[edit.range.start.line].slice(0, edit.range.start.character) + edit.newText + lines[edit.range.end.line].slice(edit.range.end.character);
    expect(lines[6]).toBe('        self.fc = nn.Linear(9, 4)');
    expect(analyse(lines.join('\n')).diagnostics).toEqual([]);
  });

  it('silence a diagnostic by a comment, after which it is gone', () => {
    const text = `${net}\nNet()(torch.randn(2, 9))\n`;
    const actions = codeActions(analyse(text), uri, text, whole);
    const silence = actions.find(({ title }) => title.startsWith('Silence'))!;
    const [edit] = silence.edit!.changes![uri];
    const lines = text.split('\n');
    lines[edit.range.start.line] += edit.newText;
    expect(analyse(lines.join('\n')).diagnostics).toEqual([]);
  });
});

describe('document symbols', () => {
  it('are the models with their layers and shapes', () => {
    expect(documentSymbols(analyse(net)).map(({ name, detail, children }) => [name, detail, children?.map((child) => `${child.name}: ${child.detail}`)])).toEqual([
      ['Net', 'Net', ['fc: Linear (batch, 4)']],
    ]);
  });
});
