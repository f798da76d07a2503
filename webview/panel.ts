import type { Host } from './host.ts';
import type { Location } from '../graph/graph.ts';
import type { Item } from './model/outline.ts';
import { ancestry } from './model/outline.ts';
import { placeOf } from './model/places.ts';
import type { Store } from './state.ts';
import { openAtFirst } from './state.ts';

/** What every view may do. */
export interface Panel {
  readonly store: Store;
  readonly host: Host;
  /** A sentence for the user. */
  notice(severity: 'error' | 'warning' | 'information', message: string): void;
}

/** Selects an item and shows its line, as a click does. */
export function pick(panel: Panel, item: Item | undefined, { reveal = true, details = panel.store.state.details }: { reveal?: boolean; details?: boolean } = {}): void {
  const { store, host } = panel;
  store.update({ selected: item?.key, details: details && item !== undefined });
  const { outline, issuesByKey } = store.state;
  const fault = item?.kind === 'output' ? issuesByKey.get(item.key)?.find(({ severity }) => severity === 'error') : undefined;
  const location = fault?.location ?? (item && outline && placeOf(item, outline));
  if (reveal && location) host.post({ type: 'reveal', location, focus: false });
}

export function goTo({ host }: Panel, location: Location): void {
  host.post({ type: 'reveal', location, focus: true });
}

/** Whether an item is drawn open. */
export function isOpen({ state }: Store): (item: Item) => boolean {
  const first = state.outline ? openAtFirst(state.outline) : new Set<string>();
  return (item) => state.toggled.get(item.key) ?? first.has(item.key);
}

/** Opens whatever hides an item. */
export function uncover(store: Store, item: Item): void {
  const open = isOpen(store);
  const hiding = ancestry(item).slice(1, -1).filter((outer) => !open(outer));
  if (hiding.length === 0) return;
  const toggled = new Map(store.state.toggled);
  for (const outer of hiding) toggled.set(outer.key, true);
  store.update({ toggled });
}

/** The item itself where it is in sight, else the closed item that hides it. */
export function visible(store: Store, item: Item): Item {
  const open = isOpen(store);
  return ancestry(item).slice(1).find((outer) => outer === item || !open(outer)) ?? item;
}
