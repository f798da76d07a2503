/**
 * Multiply-adds of torchvision's classification models against what torchvision publishes of them (test/oracle/torchvision_ops.py), from its sources.
 *
 *   npx esbuild test/bench/flops.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/flops.mjs && node dist/flops.mjs SITE_PACKAGES [NAME...]
 */
import { readFileSync } from 'node:fs';
import { smallest } from '../../graph/index.ts';
import { Analyzer } from '../../language-server/index.ts';
import { graphCost } from '../../runtime/index.ts';

const [sitePackages, ...names] = process.argv.slice(2);
const published = JSON.parse(readFileSync(new URL('../test/golden/torch/torchvision_ops.json', import.meta.url), 'utf8')) as Record<string, Record<string, { ops: number; parameters: number }>>;
const analyzer = await Analyzer.create();
let within = 0;
let compared = 0;
for (const [name, sizes] of Object.entries(published)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const options = name === 'googlenet' || name === 'inception_v3' ? ', init_weights=False, aux_logits=False' : '';
  for (const [size, { ops, parameters }] of Object.entries(sizes)) {
    // vision transformers are made for one size
    const sized = name.startsWith('vit') ? `, image_size=${size}` : '';
    const text = `import torch\nimport torchvision\n\nmodel = torchvision.models.${name}(weights=None${options}${sized}).eval()\ny = model(torch.rand(1, 3, ${size}, ${size}))\n`;
    const { models } = analyzer.analyze({ file: `${name}.py`, text, pythonPath: [sitePackages] });
    const graph = models.at(-1)?.graph;
    if (!graph) {
      console.log(`${name} at ${size}: no model`);
      compared++;
      continue;
    }
    const { total, unknown } = graphCost(smallest(graph));
    const ours = total.multiplyAdds / 1e9;
    const off = ours / ops - 1;
    compared++;
    // small figures are published with three decimals
    const agrees = (Math.abs(off) <= 0.01 || Math.abs(ours - ops) <= 0.0005) && unknown.length === 0;
    if (agrees) within++;
    console.log(`${name} at ${size}: ${ours.toFixed(3)} of ${ops} GFLOPS, ${(100 * off).toFixed(2)} %${unknown.length > 0 ? `, ${unknown.length} operators not known` : ''}${agrees ? '' : '  <-- off'} (${parameters} parameters)`);
  }
}
console.log(`${within} of ${compared} within 1 %`);
