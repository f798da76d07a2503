import { networkTree, type TreeBranch } from '../../../symbolic/index.ts';
import type { NetworkBranch } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { JobHandler } from './job.ts';
import { boxOf, neuronsOf } from './neuron.ts';

/** The execution tree of the network around the input: which phases its ReLUs can have in a box, with an example for each arm. */
export const tree: JobHandler<'tree'> = async (model, options, { signal, report }) => {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const neurons = await neuronsOf(model);
  await neurons.prepare([neurons.scores], signal);
  const score = neurons.score(neurons.label);
  if (!score.form.exact) throw new Error('A smooth function stands in this network: it has no branches, and so no execution tree.');
  const found = await networkTree(score.region.loaded, neurons.input, score.target, boxOf(model, neurons, options.epsilon), {
    depth: options.depth, signal, onProgress: (fraction) => report({ phase: 'Following the branches', fraction, seconds: seconds() }),
  });
  const names = neurons.phaseNames(score);
  const branchOf = ({ node, index, arms: [active, inactive] }: TreeBranch): NetworkBranch => {
    const { layer, index: place } = names.of(node, index);
    return { name: `${layer}[${place.join(',')}]`, arms: [armOf(active), armOf(inactive)] };
  };
  const armOf = ({ status, taken, example, label, next }: TreeBranch['arms'][number]): NetworkBranch['arms'][number] => ({
    status, taken, ...(example ? { example: { picture: pictureOf(model, example), label } } : {}), ...(next ? { next: branchOf(next) } : {}),
  });
  return { options, root: found.root && branchOf(found.root), branches: found.branches, relus: score.phases.length, settled: found.settled, seconds: seconds() };
};

function pictureOf(model: LoadedModel, example: Float64Array) {
  return model.graph.inputs.length === 1 ? model.picture({ ...model.input, data: Float32Array.from(example) }) : undefined;
}
