/**
 * keras.applications, interpreted from the installed package's source, against what Keras builds (test/oracle/keras_applications.py):
 * names, types, output shapes and parameter counts of all layers.
 *
 *     npx esbuild test/corpus/keras-applications.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/keras-applications.js
 *     node dist/keras-applications.js SITE_PACKAGES [NAME...]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJson } from '../../graph/dimension.ts';
import type { LayerGraph, Parameter } from '../../graph/graph.ts';
import { analyze } from '../../language-server/analysis/analyze.ts';

type Row = readonly [name: string, type: string, shape: readonly (number | null)[] | null, parameters: number];

interface Answer {
  readonly name: string;
  readonly output: readonly (number | null)[];
  readonly parameters: number;
  readonly layers: readonly Row[];
}

const [sitePackages, ...chosen] = process.argv.slice(2);
const golden = JSON.parse(readFileSync(join(process.cwd(), 'test/golden/keras/applications.json'), 'utf8')) as Record<string, Answer>;

function size({ type }: Parameter): number {
  return type.shape!.reduce<number>((total, length) => total * (length as number), 1);
}

/** The rows of `model.layers`; a nested model's parameters count as its own. */
function rowsOf(graph: LayerGraph): Row[] {
  const root = graph.layers.find(({ parent }) => parent === undefined)!;
  const countUnder = (id: number): number => graph.parameters.filter(({ layer }) => layer === id).reduce((total, parameter) => total + size(parameter), 0)
    + graph.layers.filter(({ parent }) => parent === id).reduce((total, child) => total + countUnder(child.id), 0);
  return graph.layers.filter(({ parent }) => parent === root.id).map(({ id, name, type }) => {
    const scope = graph.scopes.find(({ layer }) => layer === id);
    const output = scope && graph.values[scope.outputs[0]];
    return [name, type, output?.type.shape?.map(toJson) as (number | null)[] ?? null, countUnder(id)];
  });
}

let exact = 0;
const names = chosen.length > 0 ? chosen : Object.keys(golden);
for (const name of names) {
  const start = performance.now();
  const analysis = await analyze({ file: 'application.py', text: `import keras\nmodel = keras.applications.${name}(weights=None)\n`, pythonPath: [sitePackages] });
  const problems = analysis.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const graph = analysis.models[0]?.graph;
  if (!graph) problems.push('no model was found');
  else {
    const [found, wanted] = [rowsOf(graph), golden[name].layers];
    if (graph.gaps.length > 0) problems.push(`${graph.gaps.length} gaps: ${graph.gaps[0].reason}`);
    if (found.length !== wanted.length) problems.push(`${found.length} layers, not ${wanted.length}`);
    const differing = wanted.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(found[index]));
    if (differing >= 0) problems.push(`layer ${differing}: ${JSON.stringify(found[differing])}, not ${JSON.stringify(wanted[differing])}`);
  }
  if (problems.length === 0) exact++;
  console.log(`${name}: ${problems.length === 0 ? 'exact' : problems.join('; ')} (${Math.round(performance.now() - start)} ms)`);
}
console.log(`${exact} of ${names.length} exact`);
process.exit(exact === names.length ? 0 : 1);
