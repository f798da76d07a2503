import type { Machine } from '../python/interpreter.ts';

/** Where an interpreter stands: what is left standing when it is stopped in the middle. */
export interface MachineState {
  readonly frame: Machine['frame'];
  readonly depth: number;
  readonly handlers: number;
  readonly path: number;
}

export function stateOf(machine: Machine): MachineState {
  return { frame: machine.frame, depth: machine.depth, handlers: machine.handlers, path: machine.pathDepth() };
}

export function restoreState(machine: Machine, { frame, depth: calls, handlers, path }: MachineState): void {
  machine.frame = frame;
  machine.depth = calls;
  machine.handlers = handlers;
  machine.forget(path);
}
