import { boundingConditions, boxAround, canBeActive, importance, labelRule, lift, Listing, mostImportant, NetworkTooLarge, NeuronModel, reach, UnsupportedNetwork, type ImportanceScore, type LabelRule, type LiftAnswer, type ListingLine, type Neuron, type Phase, type Reach, type Tangent } from '../../symbolic/index.ts';
import { imageLayout } from '../../runtime/index.ts';
import { readFeeds, type InputOptions } from '../feeds.ts';
import { asked, InputError } from '../input-error.ts';
import { openModel, type ModelOptions } from '../model.ts';
import { formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';
import { nested } from './run.ts';

export interface NeuronOptions extends ModelOptions, InputOptions {
  readonly at: string;
  readonly over?: string;
  readonly epsilon?: number;
  readonly above?: number;
  readonly active?: boolean;
  readonly with?: string;
  /** All lines of the program, or `FIRST:LAST`. */
  readonly listing?: string | boolean;
  readonly rule?: boolean;
  readonly timeout: number;
  readonly format: string;
}

/** So many elements and conditions are listed. */
const LISTED = 10;

const SCORES: readonly ImportanceScore[] = ['coefficient', 'absolute', 'contribution'];

/** `layerscope neuron FILE --at LAYER[INDEX]`. */
export async function neuron(file: string, options: NeuronOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const { graph, weights } = await openModel(file, options);
  const feeds = await readFeeds(graph, options);
  const progress = new Progress();
  const signal = interruption();
  /** What was not found when the work was stopped is left out. */
  const unlessStopped = async <T>(work: Promise<T>): Promise<T | undefined> => work.catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  return asked(async () => {
    const model = await NeuronModel.open(graph, weights, feeds);
    try {
      progress.show('the network');
      try {
        await model.prepare([options.at, options.over, options.with, options.rule ? model.scores : undefined].filter((place) => place !== undefined), signal);
      } catch (error) {
        if (signal.aborted) throw new InputError('Stopped before anything was found.');
        const needsNetwork = [options.above, options.active, options.with, options.over, options.rule, options.listing].some((asked) => asked !== undefined);
        if (needsNetwork || !(error instanceof UnsupportedNetwork || error instanceof NetworkTooLarge)) throw error;
        const tangent = await model.tangentNamed(options.at);
        progress.clear();
        if (format === 'json') printJson(tangentJson(model, options, tangent, error.message));
        else printTangent(model, options, tangent, error.message);
        return 0;
      }
      const named = model.named(options.at);
      const chosen = options.over === undefined ? named : model.difference(named, model.named(options.over));
      const other = options.with === undefined ? undefined : model.named(options.with);
      const asking = options.above !== undefined || options.active || other !== undefined;
      const box = asking || options.epsilon !== undefined ? boxOf(model, options) : undefined;
      const linear = chosen.form.exact;
      const explains = linear && (options.listing === undefined || format === 'json');
      const distances = explains ? await unlessStopped(reach(chosen.region, chosen.phases, { signal, onProgress: (fraction) => progress.show('the region', fraction) })) : undefined;
      const near = box && distances ? await unlessStopped(boundingConditions(chosen.region, chosen.phases, box, { signal, onProgress: (fraction) => progress.show('the conditions', fraction) })) : undefined;
      const solving = {
        signal, timeoutSeconds: options.timeout, seed: options.seed,
        onProgress: ({ bound, open }: { bound: number; open: number }) => progress.show(`${Number.isFinite(bound) ? `${bound.toPrecision(4)} from it  ` : ''}${open} branches open`),
      };
      const listing = options.listing === undefined ? undefined : listed(model, chosen, options.listing);
      const found: Explained = {
        bounds: box && options.epsilon !== undefined && !signal.aborted ? model.bounds(chosen, box) : undefined,
        reach: distances,
        conditions: near ? [...near.bounding, ...near.unsettled] : distances && nearest(distances),
        minimal: near !== undefined && near.unsettled.length === 0,
        above: box && options.above !== undefined ? await lift(model, [{ neuron: chosen, threshold: options.above }], box, solving) : undefined,
        active: box && options.active ? await canBeActive(model, [chosen], box, solving) : undefined,
        together: box && other ? { neuron: other, answer: await canBeActive(model, [chosen, other], box, solving) } : undefined,
      };
      const rule = options.rule ? await unlessStopped(labelRule(model.score(0).region, model.label, box ?? boxOf(model, options), { signal })) : undefined;
      progress.clear();
      if (format === 'json') printJson({ ...jsonOf(model, options, chosen, found), ...(listing ? { listing } : {}), ...(rule ? { rule: ruleJson(model, rule) } : {}) });
      else if (listing) for (const { text, taken, value } of listing) print(`${taken ? '>' : ' '} ${text}${value === undefined ? '' : `  # ${value.toPrecision(6)}`}`);
      else {
        printNeuron(model, options, chosen, found);
        if (rule) printRule(model, rule, options);
        if (signal.aborted) print('stopped: the rest was not looked for');
      }
    } finally {
      progress.clear();
      await model.close();
    }
    return 0;
  });
}

interface Explained {
  readonly bounds?: { readonly lower: number; readonly upper: number };
  readonly reach?: Reach;
  /** Places in the path condition, the nearest first. */
  readonly conditions?: readonly number[];
  /** Whether those are exactly the conditions that bound the region in the box. */
  readonly minimal: boolean;
  readonly above?: LiftAnswer;
  readonly active?: LiftAnswer;
  readonly together?: { readonly neuron: Neuron; readonly answer: LiftAnswer };
}

/** The program that computes the neuron's layer, with the path of the input. */
function listed(model: NeuronModel, chosen: Neuron, range: string | boolean): readonly ListingLine[] {
  const names = model.phaseNames(chosen);
  const listing = new Listing(chosen.region, ({ id }) => names.of(id, 0).layer);
  const found = /^(\d+):(\d+)$/.exec(typeof range === 'string' ? range : `1:${listing.lineCount}`);
  if (!found) throw new InputError(`--listing takes the first and the last line, such as 1:40, not ${range}.`);
  const [first, last] = [Number(found[1]), Number(found[2])];
  if (first < 1 || first > last || first > listing.lineCount) throw new InputError(`The program has ${listing.lineCount} lines: --listing ${range} names none of them.`);
  return listing.lines(first - 1, last);
}

function ruleJson(model: NeuronModel, { label, conditions, all, radius }: LabelRule): object {
  const names = model.phaseNames(model.score(0));
  return {
    label, radius: finite(radius), all,
    conditions: conditions.map(({ coefficients, constant, positive, distance, source }) => ({
      ...(source.kind === 'phase' ? names.of(source.node, source.index) : { over: source.other }),
      coefficients: shapedAsInput(model, coefficients), constant, relation: positive ? '>0' : '<=0', distance: finite(distance),
    })),
  };
}

function printRule(model: NeuronModel, { label, conditions, all, radius }: LabelRule, { epsilon }: NeuronOptions): void {
  const names = model.phaseNames(model.score(0));
  print(`rule: inputs ${epsilon === undefined ? 'of the valid range' : `within ${epsilon}`} that meet these ${conditions.length} conditions (of ${all}) are classified ${label}; every input within ${radius.toPrecision(6)} meets them`);
  for (const { positive, distance, source } of conditions.slice(0, LISTED)) {
    const { layer, index } = source.kind === 'phase' ? names.of(source.node, source.index) : { layer: `class ${label} over ${source.other}`, index: [] };
    print(`  ${layer}${index.length > 0 ? `[${index.join(',')}]` : ''} ${positive ? '> 0' : '≤ 0'}  breaks ${distance.toPrecision(6)} away`);
  }
  if (conditions.length > LISTED) print(`  and ${conditions.length - LISTED} more`);
}

/** The box that is asked about: everything within epsilon; without it, all pictures where the input is one. */
function boxOf(model: NeuronModel, { epsilon }: NeuronOptions) {
  if (epsilon !== undefined) return boxAround(model.input, epsilon);
  const layout = model.graph.inputs.length === 1 ? imageLayout(model.graph, model.graph.inputs[0]) : undefined;
  if (!layout) throw new InputError('Say how far the input may be changed with --epsilon: it is no picture, whose pixels have limits.');
  const [lower, upper] = layout.range;
  return boxAround(model.input, Infinity, { lower, upper });
}

function nearest({ distances }: Reach): number[] {
  return [...distances].filter(([, distance]) => Number.isFinite(distance)).slice(0, LISTED).map(([place]) => place);
}

/** Numbers of the flat input nested as the inputs are, without the batch axis: by input where there are several. */
function shapedAsInput(model: NeuronModel, flat: Float64Array): unknown {
  let offset = 0;
  const parts = model.inputs().map(([name, { shape, data }]) => [name, nested(Array.from(flat.subarray(offset, offset += data.length)), shape.length > 1 ? shape.slice(1) : shape)] as const);
  return parts.length === 1 ? parts[0][1] : Object.fromEntries(parts);
}

function activity(phases: readonly Phase[]): { active: number; inactive: number } {
  const active = phases.filter((phase) => phase.active).length;
  return { active, inactive: phases.length - active };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);

function jsonOf(model: NeuronModel, options: NeuronOptions, chosen: Neuron, { bounds, reach: reached, conditions, minimal, above, active, together }: Explained): object {
  const names = model.phaseNames(chosen);
  const { form } = chosen;
  const liftJson = ({ verdict, input, values, method, seconds }: LiftAnswer) => ({ verdict, input: input ? shapedAsInput(model, input) : null, value: values?.[0] ?? null, method, seconds });
  return {
    layer: /^[^[]*/.exec(options.at.trim())![0], index: chosen.index, channel: chosen.channel, shape: chosen.shape, value: form.value,
    ...(bounds ? { bounds, epsilon: options.epsilon } : {}),
    form: form.exact ? { coefficients: shapedAsInput(model, form.coefficients), constant: form.constant } : null,
    ...(form.exact ? {} : { gradient: shapedAsInput(model, form.coefficients) }),
    phases: activity(chosen.phases),
    ...(reached ? { reach: { radius: finite(reached.radius), along: reached.along.map(finite) } } : {}),
    ...(conditions && reached ? {
      conditions: conditions.map((place) => ({ ...names.of(chosen.phases[place].node, chosen.phases[place].index), active: chosen.phases[place].active, value: chosen.phases[place].value, distance: finite(reached.distances.get(place) ?? Infinity) })),
      minimal,
    } : {}),
    important: importantJson(model, form),
    ...(above ? { above: liftJson(above) } : {}),
    ...(active ? { active: liftJson(active) } : {}),
    ...(together ? { with: { layer: options.with!.replace(/\[.*$/, ''), index: together.neuron.index, ...liftJson(together.answer), value: together.neuron.form.value, values: together.answer.values ?? null } } : {}),
  };
}

function importantJson(model: NeuronModel, form: Neuron['form']): object {
  return Object.fromEntries(SCORES.map((score) => {
    const values = importance(form, model.input, score);
    return [score, mostImportant(values).slice(0, LISTED).map((element) => ({ ...model.inputPlace(element), score: values[element] }))];
  }));
}

/** What there is without the neuron's network: no bounds, no form, and phases that nobody counted. */
function tangentJson(model: NeuronModel, options: NeuronOptions, { index, channel, shape, form }: Tangent, reason: string): object {
  return {
    layer: /^[^[]*/.exec(options.at.trim())![0], index, channel, shape, value: form.value,
    ...(options.epsilon === undefined ? {} : { bounds: null, epsilon: options.epsilon }),
    form: null, gradient: shapedAsInput(model, form.coefficients), phases: { active: null, inactive: null }, reason, important: importantJson(model, form),
  };
}

function printTangent(model: NeuronModel, { epsilon }: NeuronOptions, { name, channel, form }: Tangent, reason: string): void {
  print(`${name}${channel ? ', the mean of the channel' : ''} = ${form.value.toPrecision(6)}`);
  print(`no linear form${epsilon === undefined ? '' : ' and no bounds'}: ${reason}`);
  print('the gradient at the input stands for the linear form');
  printImportant(model, form);
}

function printImportant(model: NeuronModel, form: Neuron['form']): void {
  const place = (element: number) => {
    const { input, index } = model.inputPlace(element);
    return `${model.inputs().length > 1 ? input : ''}[${index.join(',')}]`;
  };
  for (const score of SCORES) {
    const values = importance(form, model.input, score);
    print(`${{ coefficient: 'by coefficient', absolute: 'by |coefficient|', contribution: 'by coefficient × input' }[score].padEnd(23)} ${mostImportant(values).slice(0, 5).map((element) => `${place(element)} ${values[element].toPrecision(3)}`).join('  ')}`);
  }
}

function printNeuron(model: NeuronModel, options: NeuronOptions, chosen: Neuron, { bounds, reach: reached, conditions, minimal, above, active, together }: Explained): void {
  const { form, phases } = chosen;
  const number = (x: number) => x.toPrecision(6);
  print(`${chosen.name}${chosen.channel ? ', the mean of the channel' : ''} = ${number(form.value)}`);
  if (bounds) print(`from ${number(bounds.lower)} to ${number(bounds.upper)} within ${options.epsilon} of the input`);
  const { active: on, inactive: off } = activity(phases);
  if (form.exact) {
    print(`linear here: constant ${number(form.constant)}, a coefficient for each of ${model.input.length} inputs; ${on} ReLUs active, ${off} inactive on the way`);
    if (reached) {
      if (reached.radius === 0) print('the input lies on the border of its region: a ReLU or a maximum turns right there');
      else print(Number.isFinite(reached.radius) ? `exact within ${number(reached.radius)} of the input in every element` : 'exact for every input: no ReLU on the way can turn');
      const [least, most] = reached.along;
      if (Number.isFinite(least) || Number.isFinite(most)) print(`along the input: from ${Number.isFinite(least) ? number(1 + least) : 'any'} to ${Number.isFinite(most) ? number(1 + most) : 'any'} times the input`);
    }
  } else print('not piecewise linear: the gradient at the input stands for the linear form');
  printImportant(model, form);
  if (conditions && reached) {
    const names = model.phaseNames(chosen);
    print(conditions.length === 0 ? `nothing bounds the region${options.epsilon === undefined ? '' : ` within ${options.epsilon}`}` : minimal ? 'bounded in the box by' : 'nearest conditions');
    for (const at of conditions.slice(0, LISTED)) {
      const { layer, operator, index } = names.of(phases[at].node, phases[at].index);
      print(`  ${layer}[${index.join(',')}] ${phases[at].active ? '> 0' : '≤ 0'}${operator === 'Relu' ? '' : ` (in ${operator})`}  ${number(phases[at].value)}, ${reached.distances.has(at) ? `turns ${number(reached.distances.get(at)!)} away` : `turns more than ${number(reached.beyond)} away`}`);
    }
    if (conditions.length > LISTED) print(`  and ${conditions.length - LISTED} more`);
  }
  const where = options.epsilon === undefined ? 'for any picture' : `within ${options.epsilon}`;
  if (above) say(above, `reaches ${options.above}`, where, chosen);
  if (active) say(active, 'is active', where, chosen);
  if (together) {
    const { verdict, values, method, seconds } = together.answer;
    const told = `${chosen.name} and ${together.neuron.name}`;
    print(`${verdict === 'reached' ? `${told} are both active at an input ${where}: ${values!.map(number).join(' and ')}, replayed` : verdict === 'never' ? `${told} are never both active ${where}: proved` : `undecided whether ${told} are both active ${where}`} (${method}, ${seconds.toFixed(2)} s)`);
  }
}

function say({ verdict, values, method, seconds }: LiftAnswer, what: string, where: string, { name }: Neuron): void {
  const told = verdict === 'reached' ? `${name} ${what} ${where}: ${values![0].toPrecision(6)} at an input that was replayed` : verdict === 'never' ? `never: proved that nothing ${where} ${what === 'is active' ? 'makes it active' : `lifts it there`}` : `undecided whether ${name} ${what} ${where}`;
  print(`${told} (${method}, ${seconds.toFixed(2)} s)`);
}
