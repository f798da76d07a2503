import type { ConfigurationValue, Framework } from '../../graph/graph.ts';
import type { Place } from '../python/interpreter-api.ts';
import type { TraceValue } from '../tracing/trace.ts';

/** What a layer says of itself by `__layerscope__`, after the program has run (layerscope.pyi, `call`). */
export interface LayerDescription {
  /** '' where its parent names it. */
  readonly name: string;
  readonly type: string;
  readonly framework: Framework;
  readonly configuration: Readonly<Record<string, ConfigurationValue>>;
  readonly parameters: readonly NamedParameter[];
  readonly buffers: readonly NamedParameter[];
  readonly children: readonly { readonly name: string; readonly layer: object }[];
  readonly listed: boolean;
  /** `calls`: listed by first call; `children`: as the children stand. */
  readonly order: 'calls' | 'children';
  readonly separator: string;
  /** Where it was made. */
  readonly place?: Place;
}

export interface NamedParameter {
  readonly name: string;
  readonly value: TraceValue;
}

/** Asks a layer object for its description. */
export type Describe = (layer: object) => LayerDescription;
