/** What is kept of a file's analysis for the next one, and when it no longer holds. */
import type { Location } from '../../graph/graph.ts';
import type { Model } from '../analysis.ts';
import type { Failure } from './host.ts';
import type { ModelCandidate } from '../extraction/build-graph.ts';
import { describer } from '../extraction/describe.ts';
import type { Describe, LayerDescription } from '../extraction/description.ts';
import type { Recorder } from '../extraction/recorder.ts';
import { movedGraph } from '../extraction/moved-graph.ts';
import { modelFrom } from '../extraction/trials.ts';
import type { TrialOutcome } from '../extraction/trials.ts';
import type { PartOutcome, GapAt } from './part-listener.ts';
import type { Dirt } from '../python/incremental/dirt.ts';
import type { ForkSeen, Interpreter, Place } from '../python/interpreter-api.ts';
import { Program } from '../python/incremental/program.ts';
import type { NamesRead } from '../python/values/index.ts';
import { watchLocations } from '../tracing/place.ts';
import type { Run } from '../tracing/run.ts';

/** Models with the places that their locations were made of: those move with the text. */
export interface PlacedModels {
  models: readonly Model[];
  places: ReadonlyMap<Location, Place>;
  /** The program's layout when the locations were made. */
  layout: number;
}

/** A trial of something that nobody calls, with all that was heard of it. */
export interface KeptTrial {
  /** What it was given. */
  readonly key: string;
  readonly reads: NamesRead;
  readonly outcome: Omit<TrialOutcome, 'models'>;
  readonly placed: PlacedModels;
  readonly recorder: Recorder;
  readonly failures: readonly Failure[];
  readonly gaps: readonly GapAt[];
  readonly forks: readonly ForkSeen[];
}

export class KeptAnalysis {
  readonly program: Program<PartOutcome>;
  readonly trials = new Map<object, KeptTrial>();
  readonly #descriptions = new Map<object, LayerDescription>();
  readonly #describeReads: NamesRead = { names: new Set(), all: false };
  readonly #graphs = new Map<object, { readonly candidate: ModelCandidate; readonly placed: PlacedModels }>();

  constructor(path: string, name: string, packageName: string) {
    this.program = new Program(path, name, packageName);
  }

  /** Forgets all that was run. */
  reset(): void {
    this.program.reset();
    this.#forget();
    this.trials.clear();
  }

  /** Forgets what rests on what is no longer as it was. */
  settle(dirt: Dirt): void {
    if (!dirt.spares(this.#describeReads)) this.#forget();
    for (const [subject, { reads }] of this.trials) if (!dirt.spares(reads)) this.trials.delete(subject);
  }

  #forget(): void {
    this.#descriptions.clear();
    this.#describeReads.names.clear();
    this.#describeReads.all = false;
    this.#graphs.clear();
  }

  /** Asks layers what they are, where they were not asked before. */
  describer(interpreter: Interpreter): Describe {
    const ask = describer(interpreter);
    return (layer) => {
      let description = this.#descriptions.get(layer);
      if (!description) {
        const { result, reads } = this.program.module.attributes.watch(() => ask(layer));
        description = result;
        for (const name of reads.names) this.#describeReads.names.add(name);
        this.#describeReads.all ||= reads.all;
        this.#descriptions.set(layer, description);
      }
      return description;
    };
  }

  /** The model of a candidate, built anew where it is not the one that it was. */
  modelOf(candidate: ModelCandidate, run: Run, describe: Describe): Model {
    // a call is one object as long as it is the same call
    const key = candidate.scope ?? candidate.outputs;
    const known = this.#graphs.get(key);
    if (known && known.candidate.name === candidate.name && known.candidate.layer === candidate.layer) return this.modelsOf(known.placed)[0];
    const { result, places } = watchLocations(() => modelFrom(candidate, run, describe));
    const placed = { models: [result], places, layout: this.program.layout };
    this.#graphs.set(key, { candidate, placed });
    return result;
  }

  /** Models with their locations where the text stands now. */
  modelsOf(placed: PlacedModels): readonly Model[] {
    if (placed.layout !== this.program.layout) {
      const { places } = placed;
      const moved = new Map<Location, Place>();
      placed.models = placed.models.map(({ graph, inputs }) => ({ graph: movedGraph(graph, places, moved), inputs }));
      placed.places = moved;
      placed.layout = this.program.layout;
    }
    return placed.models;
  }
}
