import { imageLayout, validRange } from '../../../runtime/index.ts';
import { boundingConditions, boxAround, canBeActive, importance, lift, Listing, mostImportant, NetworkTooLarge, NeuronModel, reach, UnsupportedNetwork, type Neuron, type Reach, type Tangent } from '../../../symbolic/index.ts';
import type { NeuronCondition, NeuronPlace, NeuronResult } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import { strongest } from './explain.ts';
import type { JobHandler } from './job.ts';

/** Input elements and conditions that the panel lists. */
const ELEMENTS = 24;
const CONDITIONS = 60;

/** The neurons of each model at its weights and inputs as they are now. */
const opened = new WeakMap<LoadedModel, { readonly weights: unknown; readonly inputs: readonly unknown[]; readonly neurons: Promise<NeuronModel> }>();

export function neuronsOf(model: LoadedModel): Promise<NeuronModel> {
  const known = opened.get(model);
  const inputs = [...model.inputs.values()];
  if (known && known.weights === model.weights && known.inputs.length === inputs.length && known.inputs.every((tensor, k) => tensor === inputs[k])) return known.neurons;
  void known?.neurons.then((neurons) => neurons.close(), () => undefined);
  const neurons = NeuronModel.open(model.graph, model.weights, model.inputs);
  opened.set(model, { weights: model.weights, inputs, neurons });
  return neurons;
}

async function placed(neurons: NeuronModel, place: NeuronPlace, signal: AbortSignal): Promise<Neuron> {
  await neurons.prepare([place.kind === 'element' ? place.value : place.kind === 'named' ? place.text : neurons.scores], signal);
  if (place.kind === 'element') return neurons.at(place.value, place.index, layerOf(neurons, place.value));
  return place.kind === 'named' ? neurons.named(place.text) : neurons.score(place.label, place.over);
}

/** Of a neuron without a network the gradient, with the reason; another error is thrown again. */
async function tangentInstead(neurons: NeuronModel, place: NeuronPlace, error: unknown): Promise<Tangent & { readonly reason: string }> {
  if (!(error instanceof UnsupportedNetwork || error instanceof NetworkTooLarge) || (place.kind === 'class' && place.over !== undefined)) throw error;
  const tangent = place.kind === 'named' ? await neurons.tangentNamed(place.text)
    : place.kind === 'element' ? await neurons.tangent(place.value, place.index, layerOf(neurons, place.value))
      : { ...await neurons.tangent(neurons.scores, [place.label]), name: `class ${place.label}` };
  return { ...tangent, reason: error.message };
}

/** The layer that a tensor comes out of, for people. */
function layerOf({ graph }: NeuronModel, value: number): string {
  const scope = graph.scopes.findLast((one) => one.outputs.includes(value) && graph.layers[one.layer].path !== '');
  return scope ? graph.layers[scope.layer].path : graph.values[value].name;
}

export function boxOf(model: LoadedModel, neurons: NeuronModel, epsilon: number) {
  const [first] = model.graph.inputs;
  return boxAround(neurons.input, epsilon, model.graph.inputs.length === 1 ? validRange(model.input, imageLayout(model.graph, first)) : {});
}

/** What drives a neuron: its linear form at once, then how far it reaches, what bounds it, and the neuron's bounds over the box. */
export const neuron: JobHandler<'neuron'> = async (model, options, { signal, report, partial }) => {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const neurons = await neuronsOf(model);
  const chosen = await placed(neurons, options.place, signal).catch((error: unknown) => tangentInstead(neurons, options.place, error));
  const { form } = chosen;
  const picture = model.graph.inputs.length === 1 && imageLayout(model.graph, model.graph.inputs[0]) !== undefined;
  const contribution = importance(form, neurons.input, 'contribution');
  const map = (values: Float64Array) => strongest(model.graph, { ...model.input, data: Float32Array.from(values) });
  const phases = 'phases' in chosen ? chosen.phases : [];
  const active = phases.reduce((count, phase) => count + (phase.active ? 1 : 0), 0);
  const largest = mostImportant(form.coefficients.map((c, j) => Math.max(Math.abs(c), Math.abs(contribution[j])))).slice(0, ELEMENTS);
  let result: NeuronResult = {
    options, name: chosen.name, channel: chosen.channel, shape: chosen.shape, value: form.value, linear: form.exact, constant: form.constant,
    ...(picture ? { maps: { coefficient: map(form.coefficients), contribution: map(contribution) }, input: model.picture(model.input) } : {}),
    elements: largest.map((element) => {
      const { input, index } = neurons.inputPlace(element);
      return { name: `${model.graph.inputs.length > 1 ? input : ''}[${index.join(', ')}]`, input: neurons.input[element], coefficient: form.coefficients[element], contribution: contribution[element] };
    }),
    phases: { active, inactive: phases.length - active }, ...('reason' in chosen ? { unsupported: chosen.reason } : {}),
  };
  if ('reason' in chosen) return result;
  partial(result);
  // the picture goes out before what takes longer begins
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
  const box = boxOf(model, neurons, options.epsilon);
  const reached = form.exact ? await reach(chosen.region, phases, { signal, onProgress: (fraction) => report({ phase: 'How far the region reaches', fraction, seconds: seconds() }) }) : undefined;
  if (reached) {
    const near = nearest(reached).slice(0, CONDITIONS);
    result = { ...result, reach: { radius: reached.radius, along: reached.along }, conditions: conditions(neurons, chosen, near, reached) };
    partial(result);
    await new Promise((resolve) => setImmediate(resolve));
  }
  signal.throwIfAborted();
  report({ phase: 'Bounds over the box', seconds: seconds() });
  result = { ...result, bounds: neurons.bounds(chosen, box) };
  partial(result);
  await new Promise((resolve) => setImmediate(resolve));
  if (!reached) return result;
  const bounded = ({ bounding, unsettled }: { readonly bounding: readonly number[]; readonly unsettled: readonly number[] }): NeuronResult => {
    const first = new Set([...bounding, ...unsettled]);
    const rest = nearest(reached).filter((place) => !first.has(place));
    const listed = [...[...first].sort((a, b) => distanceOf(reached, a) - distanceOf(reached, b)), ...rest].slice(0, Math.max(CONDITIONS, Math.min(first.size, 4 * CONDITIONS)));
    return { ...result, conditions: conditions(neurons, chosen, listed, reached), bounding: { settled: bounding.length, unsettled: unsettled.length } };
  };
  return bounded(await boundingConditions(chosen.region, phases, box, {
    signal, onProgress: (fraction) => report({ phase: 'Which conditions bound it', fraction, seconds: seconds() }), onPartial: (known) => partial(bounded(known)),
  }));
};

/** The phases that can turn, the nearest first. */
function nearest({ distances }: Reach): number[] {
  return [...distances].filter(([, distance]) => Number.isFinite(distance)).map(([place]) => place);
}

function distanceOf({ distances, beyond }: Reach, place: number): number {
  return distances.get(place) ?? beyond;
}

function conditions(neurons: NeuronModel, chosen: Neuron, places: readonly number[], reached: Reach): NeuronCondition[] {
  const names = neurons.phaseNames(chosen);
  return places.map((place) => {
    const { node, index, active, value } = chosen.phases[place];
    const distance = distanceOf(reached, place);
    const named = names.of(node, index);
    return { ...named, active, before: value, ...(Number.isFinite(distance) ? { distance } : {}) };
  });
}

/** Whether the neuron can be lifted or active in the box, alone or with another one. Cancelling it gives no verdict. */
export const question: JobHandler<'question'> = async (model, options, { signal, report }) => {
  const neurons = await neuronsOf(model);
  const chosen = await placed(neurons, options.place, signal);
  const box = boxOf(model, neurons, options.epsilon);
  const asking = options.question;
  const other = asking.kind === 'together' ? await placed(neurons, { kind: 'named', text: asking.with }, signal) : undefined;
  const solving = {
    signal, timeoutSeconds: 600,
    onProgress: ({ open, seconds }: { open: number; seconds: number }) => report({ phase: open > 0 ? 'Splitting' : 'Bounding', branches: open, seconds }),
  };
  report({ phase: 'Descending the gradient', seconds: 0 });
  const answer = asking.kind === 'lift' ? await lift(neurons, [{ neuron: chosen, threshold: asking.threshold }], box, solving)
    : await canBeActive(neurons, other ? [chosen, other] : [chosen], box, solving);
  signal.throwIfAborted();
  const { verdict, input, values, method, seconds } = answer;
  return {
    options, names: [chosen.name, ...(other ? [other.name] : [])], verdict, values, method, seconds,
    ...(input && model.graph.inputs.length === 1 ? { original: model.picture(model.input), found: model.picture({ ...model.input, data: Float32Array.from(input) }) } : {}),
  };
};

/** Some lines of the program that the network up to the neuron is. */
export const listing: JobHandler<'listing'> = async (model, options, { signal }) => {
  const neurons = await neuronsOf(model);
  const chosen = await placed(neurons, options.place, signal);
  const names = neurons.phaseNames(chosen);
  const program = new Listing(chosen.region, ({ id }) => names.of(id, 0).layer);
  const from = Math.max(0, Math.min(options.from, program.lineCount - 1));
  return { options, from, lines: program.lines(from, options.to), lineCount: program.lineCount, branchCount: program.branchCount, branches: program.branchesAround(options.around) };
};
