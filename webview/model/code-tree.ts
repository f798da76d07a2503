import type { Location } from '../../graph/graph.ts';
import type { PanelFork, PanelForkArm } from '../messages.ts';

/** A fork with what lies below each of its arms. */
export interface CodeBranch {
  readonly fork: PanelFork;
  readonly arms: readonly [whenTrue: CodeArm, whenFalse: CodeArm];
}

export interface CodeArm extends PanelForkArm {
  readonly below: readonly CodeBranch[];
}

const place = ({ line, column }: Location): string => `${line}:${column}`;

/** The forks of a file as a tree: each stands below the last decision of its path that is a fork of the file itself. */
export function codeTree(forks: readonly PanelFork[]): CodeBranch[] {
  const below = new Map<string, PanelFork[]>();
  const known = new Set(forks.map((fork) => keyOf(fork.path, fork.location)));
  for (const fork of forks) {
    let above = '';
    for (let length = fork.path.length; length > 0; length--) {
      const { location, holds } = fork.path[length - 1];
      const key = keyOf(fork.path.slice(0, length - 1), location);
      if (!known.has(key)) continue;
      above = `${key} ${holds}`;
      break;
    }
    below.set(above, [...(below.get(above) ?? []), fork]);
  }
  const branches = (above: string): CodeBranch[] => (below.get(above) ?? []).map((fork) => {
    const key = keyOf(fork.path, fork.location);
    return { fork, arms: [{ ...fork.arms[0], below: branches(`${key} true`) }, { ...fork.arms[1], below: branches(`${key} false`) }] };
  });
  return branches('');
}

function keyOf(path: PanelFork['path'], location: Location): string {
  return [...path.map(({ location: at, holds }) => `${place(at)}${holds ? '+' : '-'}`), place(location)].join('/');
}
