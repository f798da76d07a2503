import type { Gap, Location } from '../../graph/graph.ts';
import { formatShape } from '../../graph/dimension.ts';
import type { PanelDiagnostic, PanelModel } from '../messages.ts';
import type { Item, Outline } from './outline.ts';
import { descendants } from './outline.ts';

/** Something to tell about an item: a diagnostic, a gap or an assumption. */
export interface Issue {
  readonly severity: PanelDiagnostic['severity'] | 'gap' | 'assumption';
  readonly message: string;
  readonly code?: string;
  readonly location?: Location;
  readonly related: PanelDiagnostic['related'];
  readonly example?: PanelDiagnostic['example'];
  readonly fix?: { readonly title: string; readonly diagnostic: number };
  /** Where in the graph it belongs, if anywhere. */
  readonly item?: Item;
}

/** Where an item stands in the source: what a click on it shows. */
export function placeOf(item: Item, outline: Outline): Location | undefined {
  const { graph } = outline;
  if (item.kind === 'input') return graph.values[item.outputs[0]].location ?? graph.location;
  if (item.kind === 'output') return graph.values[item.inputs[0]].location ?? graph.location;
  return item.operator?.location ?? item.layer?.location ?? item.scope?.location ?? item.parent?.layer?.location ?? graph.location;
}

/** The items that have to do with a place in a file, the most fitting first. */
export function itemsAt(outline: Outline, file: string, line: number, column: number): Item[] {
  const found: { item: Item; inside: boolean; size: number }[] = [];
  const consider = (item: Item, location: Location | undefined): void => {
    if (!location || location.file !== file || line < location.line || line > location.endLine) return;
    const inside = (line > location.line || column >= location.column) && (line < location.endLine || column <= location.endColumn);
    // the head of a class or of a function is a place of the model, its many lines are not
    if (location.endLine - location.line > 8 && line !== location.line) return;
    found.push({ item, inside, size: (location.endLine - location.line) * 1000 + (location.endColumn - location.column) });
  };
  for (const item of descendants(outline.root)) {
    consider(item, item.layer?.location);
    if (item.scope?.location !== item.layer?.location) consider(item, item.scope?.location);
    consider(item, item.operator?.location);
    if (item.kind === 'input') consider(item, outline.graph.values[item.outputs[0]].location);
  }
  return found
    .sort((a, b) => Number(b.inside) - Number(a.inside) || Number(a.item.kind === 'operator') - Number(b.item.kind === 'operator') || a.size - b.size || a.item.depth - b.item.depth)
    .map(({ item }) => item);
}

/** All that there is to tell about a model, each where it belongs; what belongs to no place of this graph is kept without an item. */
export function issues(outline: Outline, diagnostics: readonly PanelDiagnostic[], gaps: readonly Gap[], origins: PanelModel['inputs'] = []): Issue[] {
  const at = (location: Location | undefined): Item | undefined => location && itemsAt(outline, location.file, location.line, location.column)[0];
  // where a call raised, the graph ends: the fault belongs to its end
  const end = (location: Location): Item | undefined => outline.graph.gaps.some((gap) => sameStart(gap.location, location)) ? outline.root.children.find(({ kind }) => kind === 'output') : undefined;
  const result: Issue[] = diagnostics.map((diagnostic, index) => ({
    ...diagnostic,
    fix: diagnostic.fix && { title: diagnostic.fix.title, diagnostic: index },
    item: (diagnostic.severity === 'error' ? end(diagnostic.location) : undefined) ?? at(diagnostic.location),
  }));
  const seen = new Set<string>();
  for (const { reason, location } of [...outline.graph.gaps, ...gaps]) {
    const key = `${reason}|${location?.file}|${location?.line}|${location?.column}`;
    if (seen.has(key)) continue;
    seen.add(key);
    // the error says it better
    if (diagnostics.some((diagnostic) => diagnostic.severity === 'error' && sameStart(diagnostic.location, location))) continue;
    const unknown = outline.graph.operators.find((operator) => operator.type === 'Unknown' && operator.reason === reason && sameStart(operator.location, location));
    result.push({ severity: 'gap', message: reason, location, related: [], item: unknown ? outline.operators[unknown.id] : at(location) });
  }
  for (const { text, location } of outline.graph.assumptions) result.push({ severity: 'assumption', message: text, location, related: [], item: at(location) });
  for (const item of outline.root.children) {
    if (item.kind !== 'input') continue;
    const { id, name, type, location } = outline.graph.values[item.outputs[0]];
    const origin = origins[outline.graph.inputs.indexOf(id)];
    if (origin === 'asked') result.push({ severity: 'gap', message: `The code does not say what shape the input ${name} has. Select the input to state it.`, location, related: [], item });
    if (origin === 'solved') result.push({ severity: 'assumption', message: `The input ${name} has the shape ${formatShape(type.shape)}: the smallest that the layers accept. Select the input to state another.`, location, related: [], item });
  }
  return result;
}

function sameStart(a: Location | undefined, b: Location | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;
}

const gravity = ['error', 'warning', 'gap', 'information', 'assumption', 'hint'] as const;

/** The gravest of some issues. */
export function gravest(list: readonly Issue[]): Issue['severity'] | undefined {
  return gravity.find((severity) => list.some((issue) => issue.severity === severity));
}

/** Issues by the key of the item that they belong to. */
export function byItem(list: readonly Issue[]): Map<string, Issue[]> {
  const map = new Map<string, Issue[]>();
  for (const issue of list) {
    if (!issue.item) continue;
    const present = map.get(issue.item.key);
    if (present) present.push(issue);
    else map.set(issue.item.key, [issue]);
  }
  return map;
}
