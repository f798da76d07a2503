/**
 * How long the analysis takes, in milliseconds of the wall clock and of the processor (on a busy machine the second tells more): a file of 1,000 lines with
 * 71 models, and one as people write them (five models, data, a training loop), after each of a hundred edits all over the file, with what it takes to hand
 * the result to another thread; and ResNet-50 from torchvision's sources, and the memory that ten files hold, where the site-packages folder is given.
 *   npx esbuild test/bench/analysis.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-analysis.mjs && node dist/bench-analysis.mjs [SITE-PACKAGES]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../language-server/analysis/analyze.ts';

const [packages] = process.argv.slice(2);

/** Blocks of ten classes each in the ways that people write them, until there are so many lines. */
function denseFile(lines: number): string {
  const text = ['import torch', 'from torch import nn', 'import torch.nn.functional as F', ''];
  for (let i = 0; text.length < lines; i++) {
    text.push(
      `class Block${i}(nn.Module):`,
      '    def __init__(self, channels=16, depth=2, act=None):',
      '        super().__init__()',
      '        self.layers = nn.ModuleList([nn.Conv2d(channels, channels, 3, padding=1) for _ in range(depth)])',
      '        self.norms = nn.ModuleList(nn.BatchNorm2d(channels) for _ in range(depth))',
      '        self.act = act if act is not None else nn.ReLU()',
      '',
      '    def forward(self, x):',
      '        for layer, norm in zip(self.layers, self.norms):',
      '            x = x + self.act(norm(layer(x)))',
      '        return x',
      '',
      `y${i} = Block${i}()(torch.zeros(2, 16, 32, 32))`,
      '',
    );
  }
  return text.slice(0, lines).join('\n');
}

/** Five models that build on one another, plain functions between them, and a main function that trains the last one. */
function usualFile(lines: number): string {
  const text = [
    'import argparse', 'import math', 'import torch', 'from torch import nn', 'import torch.nn.functional as F', 'from torch.utils.data import DataLoader, TensorDataset', '',
    'CLASSES = 10', '',
    'class Block(nn.Module):', '    def __init__(self, inner, outer, stride=1):', '        super().__init__()',
    '        self.conv1 = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)', '        self.bn1 = nn.BatchNorm2d(outer)',
    '        self.conv2 = nn.Conv2d(outer, outer, 3, 1, 1, bias=False)', '        self.bn2 = nn.BatchNorm2d(outer)',
    '        self.shortcut = nn.Conv2d(inner, outer, 1, stride) if stride != 1 or inner != outer else nn.Identity()', '',
    '    def forward(self, x):', '        out = F.relu(self.bn1(self.conv1(x)))', '        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))', '',
  ];
  for (let i = 0; i < 4; i++) {
    text.push(
      `class Net${i}(nn.Module):`, `    def __init__(self, widths=(16, 32, 64, ${64 + 16 * i})):`, '        super().__init__()', '        layers, inner = [], 3',
      '        for width in widths:', '            layers.append(Block(inner, width, 2))', '            inner = width', '        self.features = nn.Sequential(*layers)',
      '        self.dropout = nn.Dropout(0.1)', '        self.head = nn.Linear(inner, CLASSES)', '',
      '    def forward(self, x):', '        x = self.features(x).mean((2, 3))', '        return self.head(self.dropout(x))', '',
    );
  }
  for (let i = 0; text.length < lines - 32; i++) {
    text.push(`def helper_${i}(values, scale=${i}):`, `    """Scales what it is given, in the way number ${i}."""`, '    result = []', '    for value in values:', '        if value > scale:',
      '            result.append(math.sqrt(value) * scale)', '        else:', '            result.append(value)', '    return result', '');
  }
  text.push(
    'def train(model, loader, epochs, rate):', '    optimizer = torch.optim.Adam(model.parameters(), lr=rate)', '    loss_function = nn.CrossEntropyLoss()',
    '    for epoch in range(epochs):', '        model.train()', '        for images, labels in loader:', '            optimizer.zero_grad()', '            loss = loss_function(model(images), labels)',
    '            loss.backward()', '            optimizer.step()', "        print(f'epoch {epoch}: {loss.item():.3f}')", '',
    'def main():', '    parser = argparse.ArgumentParser()', "    parser.add_argument('--epochs', type=int, default=3)", "    parser.add_argument('--rate', type=float, default=1e-3)", '    options = parser.parse_args()',
    '    data = TensorDataset(torch.randn(256, 3, 32, 32), torch.randint(0, CLASSES, (256,)))', '    train(Net3(), DataLoader(data, batch_size=32), options.epochs, options.rate)', '',
    "if __name__ == '__main__':", '    main()', '',
  );
  return text.join('\n');
}

interface Sample {
  readonly wall: number;
  readonly processor: number;
}

function measure(run: () => void): Sample {
  const before = process.cpuUsage();
  const start = performance.now();
  run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

function report(name: string, samples: readonly Sample[]): void {
  const at = (values: number[], share: number): string => values.sort((a, b) => a - b)[Math.floor(values.length * share)].toFixed(0);
  const [wall, processor] = [samples.map((sample) => sample.wall), samples.map((sample) => sample.processor)];
  const most = samples.length > 10 ? `; nine in ten under ${at(wall, 0.9)} ms, processor ${at(processor, 0.9)} ms` : '';
  console.log(`${name}: ${at(wall, 0.5)} ms, processor ${at(processor, 0.5)} ms${most}`);
}

/** A character typed into, or a line put before, one line after the other all over a text. */
function* edits(text: string, count: number): Generator<string> {
  const lines = text.split('\n');
  for (let edit = 0; edit < count; edit++) {
    const at = Math.floor((edit * 0.618_034 % 1) * lines.length);
    const changed = [...lines];
    const number = /\b(\d+)\b/;
    if (edit % 3 === 0) changed.splice(at, 0, '');
    else if (edit % 3 === 1 && number.test(changed[at])) changed[at] = changed[at].replace(number, (digits) => String(Number(digits) + 1));
    else changed[at] += ' # edited';
    yield changed.join('\n');
  }
}

const analyzer = await Analyzer.create();
for (const [name, text] of [['71 models', denseFile(1000)], ['5 models', usualFile(1000)]] as const) {
  const request = { file: `${name.replace(' ', '_')}.py`, text };
  report(`1,000 lines with ${name}, opened`, [measure(() => analyzer.analyze(request))]);
  const texts = [...edits(text, 100)];
  report(`1,000 lines with ${name}, after an edit`, texts.map((edited) => measure(() => structuredClone(analyzer.analyze({ ...request, text: edited })))));
}

if (packages !== undefined) {
  const resnet = 'import torch, torchvision\nmodel = torchvision.models.resnet50()\ny = model(torch.zeros(1, 3, 224, 224))\n';
  const request = { file: 'resnet.py', text: resnet, pythonPath: [packages] };
  const fresh = await Analyzer.create();
  report('ResNet-50, cold', [measure(() => fresh.analyze(request))]);
  // another size each time, so that the model is built and called anew
  report('ResNet-50, warm', Array.from({ length: 20 }, (_, i) => measure(() => fresh.analyze({ ...request, text: `# ${i}\n${resnet.replace('resnet50()', `resnet50(num_classes=${i + 2})`)}` }))));
  const folder = join(packages, 'torchvision', 'models');
  const files = readdirSync(folder).filter((file) => file.endsWith('.py')).map((file) => join(folder, file)).sort((a, b) => readFileSync(b, 'utf8').length - readFileSync(a, 'utf8').length).slice(0, 10);
  for (let round = 0; round < 3; round++) for (const file of files) fresh.analyze({ file, text: `${readFileSync(file, 'utf8')}\n# ${round}\n`, pythonPath: [packages] });
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  console.log(`ten of torchvision's longest files, three times each: ${(rss / 1e6).toFixed(0)} MB resident, ${(heapUsed / 1e6).toFixed(0)} MB of heap`);
}
