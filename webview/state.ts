import type { DocumentMessage, EngineMessage, ExamplesMessage, JobFailedMessage, JobKind, JobResult, PanelView, PreparedMessage, ProgressMessage, StartMessage } from './messages.ts';
import type { Issue } from './model/places.ts';
import { byItem, issues } from './model/places.ts';
import type { Item, Outline } from './model/outline.ts';
import { outline } from './model/outline.ts';
import type { LayerGraph } from '../graph/graph.ts';
import type { View } from './drawing/viewport.ts';

/** A job from its start to its end. */
export interface Job<Kind extends JobKind = JobKind> {
  readonly request: StartMessage<Kind>;
  /** The network that it is about; a later version of the text that gives the same network takes its place. */
  readonly graph: LayerGraph;
  readonly progress?: ProgressMessage;
  /** What there is of the result so far. */
  readonly partial?: JobResult<Kind>;
  readonly result?: JobResult<Kind>;
  readonly failure?: JobFailedMessage;
}

/** The newest job of each kind. */
type LastJobs = { readonly [Kind in JobKind]: Job<Kind> | undefined };

const noJobs: LastJobs = { run: undefined, attack: undefined, epsilon: undefined, cost: undefined, modes: undefined, values: undefined, explain: undefined, neuron: undefined, question: undefined, listing: undefined, tree: undefined, evaluate: undefined, cover: undefined };
export const jobKinds = Object.keys(noJobs) as readonly JobKind[];

export function isRunning(job: Job | undefined): boolean {
  return job !== undefined && !job.result && !job.failure;
}

/** Everything that the panel shows. */
export interface PanelState extends LastJobs {
  readonly document: DocumentMessage | undefined;
  /** Why an earlier graph is still shown: the text does not parse at the moment, or the model cannot be built. */
  readonly stale: string | undefined;
  /** Index into the document's models. */
  readonly model: number;
  readonly outline: Outline | undefined;
  readonly issues: readonly Issue[];
  readonly issuesByKey: ReadonlyMap<string, readonly Issue[]>;
  readonly view: PanelView;
  /** What the table tells. */
  readonly columns: TableColumns;
  /** The key of the selected item. */
  readonly selected: string | undefined;
  /** Items that the user opened and closed, by key; the rest is as `openAtFirst` says. */
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly details: boolean;
  readonly prepared: PreparedMessage | undefined;
  /** The labelled examples that were chosen. */
  readonly examples: ExamplesMessage | undefined;
  readonly engine: EngineMessage | undefined;
  /** Where a new model begins and ends that is to be cut out: keys of items. */
  readonly cut: { readonly from?: string; readonly to?: string };
  /** The run that others are compared with. */
  readonly baseline: Baseline | undefined;
}

export type TableColumns = 'structure' | 'cost' | 'values';

/** A run that is kept, by its job, with the name that the user knows it by. */
export interface Baseline {
  readonly job: number;
  readonly name: string;
}

/** What survives a reload of the panel. */
interface Saved {
  readonly model?: string;
  readonly view?: PanelView;
  readonly selected?: string;
  readonly details?: boolean;
  readonly toggled?: readonly (readonly [string, boolean])[];
  readonly place?: View;
}

type Field = keyof PanelState;

/** Holds the state and tells who asked about it that some of it changed. */
export class Store {
  #state: PanelState;
  readonly #watchers: { fields: ReadonlySet<Field>; run: () => void }[] = [];
  #changed = new Set<Field>();
  #telling = false;
  readonly #saved: Saved;
  readonly #save: (saved: Saved) => void;
  #place: View | undefined;
  /** The model that the user looks at, also while the text has none of its name. */
  #wanted: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(saved: unknown, save: (saved: unknown) => void) {
    this.#saved = typeof saved === 'object' && saved !== null ? saved : {};
    this.#save = save;
    this.#place = this.#saved.place;
    this.#wanted = this.#saved.model;
    this.#state = {
      document: undefined, stale: undefined, model: 0, outline: undefined, issues: [], issuesByKey: new Map(),
      view: this.#saved.view ?? 'graph', columns: 'structure', selected: this.#saved.selected, toggled: new Map(this.#saved.toggled ?? []), details: this.#saved.details ?? false,
      prepared: undefined, examples: undefined, engine: undefined, cut: {}, baseline: undefined, ...noJobs,
    };
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Where the view of the graph was before the reload. */
  get place(): View | undefined {
    return this.#place;
  }

  set place(place: View | undefined) {
    this.#place = place;
    this.#saveSoon();
  }

  get selectedItem(): Item | undefined {
    const { selected, outline: shown } = this.#state;
    return selected === undefined ? undefined : shown?.byKey.get(selected);
  }

  /** Calls `run` after any of the fields changed. */
  watch(fields: readonly Field[], run: () => void): void {
    this.#watchers.push({ fields: new Set(fields), run });
  }

  update(changes: Partial<PanelState>): void {
    for (const [field, value] of Object.entries(changes) as [Field, unknown][]) if (this.#state[field] !== value) this.#changed.add(field);
    this.#state = { ...this.#state, ...changes };
    this.#saveSoon();
    // changes made by watchers are told in the next round, not in the middle of this one
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#changed.size > 0) {
        const changed = this.#changed;
        this.#changed = new Set();
        for (const { fields, run } of this.#watchers) if ([...changed].some((field) => fields.has(field))) run();
      }
    } finally {
      this.#telling = false;
    }
  }

  /** Takes a new analysis: the same model as before stays shown if it is still there. */
  receive(document: DocumentMessage): void {
    const { outline: shown, document: before } = this.#state;
    const found = document.models.findIndex(({ graph }) => graph.name === this.#wanted);
    const same = before?.file === document.file;
    // half a line typed: the graph stays until the next complete one
    if (found < 0 && shown && same && document.diagnostics.some(({ severity }) => severity === 'error')) {
      const list = issues(shown, document.diagnostics, document.gaps, before.models[this.#state.model]?.inputs);
      // fixes and requests are about the text as it is now; the models are those of before
      return this.update({ document: { ...document, models: before.models }, stale: document.message ?? 'The model cannot be built at the moment. This is how it was.', issues: list, issuesByKey: byItem(list) });
    }
    this.#show(document, found >= 0 ? found : Math.min(same ? this.#state.model : 0, Math.max(0, document.models.length - 1)));
    if (!same || this.#wanted === undefined) this.#wanted = document.models[this.#state.model]?.graph.name ?? this.#wanted;
  }

  pickModel(model: number): void {
    const { document } = this.#state;
    if (!document?.models[model]) return;
    this.#wanted = document.models[model].graph.name;
    if (model !== this.#state.model) this.#show(document, model);
  }

  #show(document: DocumentMessage, model: number): void {
    const graph = document.models[model]?.graph;
    const other = this.#state.outline !== undefined && (this.#state.outline.graph.name !== graph?.name || this.#state.document?.file !== document.file);
    const shown = graph && outline(graph);
    const list = shown ? issues(shown, document.diagnostics, document.gaps, document.models[model].inputs) : [];
    const { selected } = this.#state;
    this.update({
      document, stale: undefined, model, outline: shown, issues: list, issuesByKey: byItem(list),
      ...(other ? { toggled: new Map<string, boolean>(), prepared: undefined, examples: undefined, cut: {}, baseline: undefined, ...noJobs } : graph && renewedJobs(this.#state, graph)),
      ...(shown && selected !== undefined && !shown.byKey.has(selected) && { selected: undefined }),
    });
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { view, selected, details, toggled } = this.#state;
      this.#save({ model: this.#wanted, view, selected, details, toggled: [...toggled].slice(-500), place: this.#place } satisfies Saved);
    }, 200);
  }
}

/** A job about the same network as before the edit, as comments and spaces leave it, is about the new graph too. */
function renewedJobs(state: LastJobs, graph: LayerGraph): Partial<LastJobs> {
  const jobs = jobKinds.flatMap((kind) => {
    const job = state[kind];
    return job ? [{ kind, job }] : [];
  });
  if (jobs.length === 0) return {};
  const text = network(graph);
  return Object.fromEntries(jobs.map(({ kind, job }) => [kind, network(job.graph) === text ? { ...job, graph } : job]));
}

function network(graph: LayerGraph): string {
  return JSON.stringify(graph, (key, value: unknown) => key === 'location' || key === 'gaps' || key === 'assumptions' ? undefined : value);
}

/** The groups that are open before the user opens or closes any: whole levels from the outside in, as long as all of it stays easy to take in. */
export function openAtFirst({ root }: Outline, most = 48): Set<string> {
  const open = new Set<string>();
  let shown = root.children.length;
  let level: Item[] = root.children.filter(({ group }) => group);
  while (level.length > 0) {
    const next: Item[] = [];
    shown += level.reduce((sum, { children }) => sum + children.length, 0);
    if (shown > most) return open;
    for (const item of level) {
      open.add(item.key);
      next.push(...item.children.filter(({ group }) => group));
    }
    level = next;
  }
  return open;
}
