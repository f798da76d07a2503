import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyze } from '../../language-server/analysis/analyze.ts';

/**
 * Analyses every Python file of a folder of code that works, such as a clone of pytorch/examples, and prints each error: none is right.
 *
 *     npx esbuild test/corpus/working-code.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/working-code.js
 *     node dist/working-code.js FOLDER [SITE-PACKAGES] [--gaps]
 */
const [folder, ...rest] = process.argv.slice(2);
const pythonPath = rest.filter((option) => !option.startsWith('--'));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py')).sort();
let errors = 0;
let models = 0;
let complete = 0;
for (const name of files) {
  const file = join(folder, name);
  const begun = process.cpuUsage();
  const analysis = await analyze({ file, text: readFileSync(file, 'utf8'), roots: [folder], pythonPath });
  const seconds = process.cpuUsage(begun).user / 1e6;
  for (const { severity, location, message } of analysis.diagnostics) {
    if (severity !== 'error') continue;
    errors++;
    process.stdout.write(`${relative(folder, location.file)}:${location.line} ${message}\n`);
  }
  models += analysis.models.length;
  complete += analysis.models.filter(({ graph }) => graph.gaps.length === 0).length;
  if (seconds > 5) process.stdout.write(`${name} takes ${seconds.toFixed(1)} s\n`);
  if (rest.includes('--gaps')) for (const gap of analysis.gaps) process.stdout.write(`gap ${name}:${gap.location?.line ?? ''} ${gap.reason}\n`);
}
process.stdout.write(`${errors} errors in ${files.length} files; ${models} models, ${complete} of them without a gap\n`);
