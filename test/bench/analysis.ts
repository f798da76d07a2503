/**
 * How long the analysis takes: a model file of 1,000 lines after each of a hundred edits, and ResNet-50 from torchvision's sources where
 * the site-packages folder that holds it is given. Milliseconds of the wall clock and of the processor: on a busy machine the second tells more.
 *   npx esbuild test/bench/analysis.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench-analysis.mjs && node dist/bench-analysis.mjs [SITE-PACKAGES]
 */
import { Analyzer } from '../../language-server/analyze.ts';

const [packages] = process.argv.slice(2);

/** Blocks of ten classes each in the ways that people write them, until there are so many lines. */
function modelFile(lines: number): string {
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

function measure(run: () => void): { wall: number; processor: number } {
  const before = process.cpuUsage();
  const start = performance.now();
  run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

function report(name: string, samples: readonly { wall: number; processor: number }[]): void {
  const median = (values: number[]): string => values.sort((a, b) => a - b)[values.length >> 1].toFixed(0);
  console.log(`${name}: ${median(samples.map((sample) => sample.wall))} ms, processor ${median(samples.map((sample) => sample.processor))} ms`);
}

const analyzer = await Analyzer.create();
const text = modelFile(1000);
report('1,000 lines, cold', [measure(() => analyzer.analyze({ file: 'bench.py', text }))]);
report('1,000 lines, after an edit', Array.from({ length: 100 }, (_, edit) => measure(() => {
  analyzer.analyze({ file: 'bench.py', text: text.replace('padding=1', `padding=${edit % 2}`) });
})));

if (packages !== undefined) {
  const resnet = 'import torch, torchvision\nmodel = torchvision.models.resnet50()\ny = model(torch.zeros(1, 3, 224, 224))\n';
  const request = { file: 'resnet.py', text: resnet, pythonPath: [packages] };
  const fresh = await Analyzer.create();
  report('ResNet-50, cold', [measure(() => fresh.analyze(request))]);
  report('ResNet-50, warm', Array.from({ length: 20 }, () => measure(() => fresh.analyze(request))));
}
