import type { Location } from '../../graph/graph.ts';
import type { Picture } from './preparation.ts';

/** As the language server's `Fork`: a condition of the code that depends on what is not known. */
export interface PanelFork {
  readonly location: Location;
  readonly condition: string;
  /** The decisions above it, the first first. */
  readonly path: readonly { readonly location: Location; readonly holds: boolean }[];
  readonly arms: readonly [whenTrue: PanelForkArm, whenFalse: PanelForkArm];
}

export interface PanelForkArm {
  readonly status: 'feasible' | 'infeasible' | 'open';
  readonly end: string;
  readonly example?: Readonly<Record<string, number>>;
}

/** The phases that a network's ReLUs can have in a box around the input. */
export interface TreeOptions {
  readonly epsilon: number;
  /** Branches below one another. */
  readonly depth: number;
}

export interface NetworkBranch {
  /** `features.2[0,3,4]`. */
  readonly name: string;
  readonly arms: readonly [active: NetworkArm, inactive: NetworkArm];
}

export interface NetworkArm {
  readonly status: 'feasible' | 'infeasible' | 'open';
  /** Whether the input itself takes it. */
  readonly taken: boolean;
  readonly example?: { readonly picture?: Picture; readonly label?: number };
  readonly next?: NetworkBranch;
}

export interface TreeResult {
  readonly options: TreeOptions;
  readonly root?: NetworkBranch;
  readonly branches: number;
  /** ReLUs on the way to the scores, and how many of them keep their phase on the input's own path. */
  readonly relus: number;
  readonly settled: number;
  readonly seconds: number;
}
