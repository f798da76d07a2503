import { announce, h } from '../dom.ts';
import { iconButton } from '../controls.ts';
import { Canvas } from '../drawing/canvas.ts';
import { Minimap } from '../drawing/minimap.ts';
import { measure, spoken } from '../drawing/node.ts';
import type { Drawing } from '../drawing/node.ts';
import { neighbour } from '../drawing/walk.ts';
import type { Direction } from '../drawing/walk.ts';
import type { Engine } from '../layout/engine.ts';
import type { Scene } from '../layout/scene.ts';
import { layOut } from '../layout/scene.ts';
import type { Point } from '../layout/problem.ts';
import type { Item, Outline } from '../model/outline.ts';
import { descendants } from '../model/outline.ts';
import { isOpen, pick, visible } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { canCut, markCut } from './cut.ts';
import { keysDialog } from './keys.ts';
import { SearchBox } from './search.ts';

const arrows: Readonly<Record<string, Direction>> = { ArrowDown: 'down', ArrowUp: 'up', ArrowLeft: 'left', ArrowRight: 'right' };

/** The drawn graph with its search, zoom and keyboard. */
export class GraphView {
  readonly element: HTMLElement;
  readonly canvas: Canvas;
  readonly #panel: Panel;
  readonly #engine: Engine;
  readonly #search: SearchBox;
  readonly #minimap: Minimap;
  readonly #list = h('ol', { class: 'hidden', 'aria-label': 'Layers' });
  readonly #keys = keysDialog();
  readonly #empty = h('p', { class: 'empty' });
  readonly #stale = h('p', { class: 'stale', role: 'status', hidden: true });
  /** Counts layouts, so that a late one does not replace a newer. */
  #layout = 0;
  #drawn: Outline | undefined;

  constructor(panel: Panel, engine: Engine) {
    this.#panel = panel;
    this.#engine = engine;
    this.canvas = new Canvas({
      pick: (key) => {
        pick(panel, this.#item(key), { details: key !== undefined && (panel.store.state.details || innerWidth >= 720) });
        this.canvas.element.focus({ preventScroll: true });
      },
      toggle: (key) => this.#toggle(key),
      moved: () => {
        this.#minimap.follow();
        if (this.#drawn) panel.store.place = this.canvas.viewport.view;
      },
    });
    this.#minimap = new Minimap(this.canvas);
    this.#search = new SearchBox(panel, () => this.#mark(), () => this.canvas.element.focus());
    const { viewport } = this.canvas;
    const tools = h('div', { class: 'tools', role: 'toolbar', 'aria-label': 'View' },
      iconButton({ label: 'Search (/)', icon: 'search', press: () => this.#search.open() }),
      iconButton({ label: 'Zoom in (+)', icon: 'plus', press: () => viewport.zoom(1.4, undefined, true) }),
      iconButton({ label: 'Zoom out (-)', icon: 'minus', press: () => viewport.zoom(1 / 1.4, undefined, true) }),
      iconButton({ label: 'Fit all (0)', icon: 'fit', press: () => viewport.glide(this.canvas.fitView()) }),
      iconButton({ label: 'Expand all groups', icon: 'expand', press: () => this.#toggleAll(true) }),
      iconButton({ label: 'Collapse all groups', icon: 'collapse', press: () => this.#toggleAll(false) }),
      iconButton({ label: 'Keys (?)', icon: 'gap', press: () => this.#keys.showModal() }));
    this.element = h('section', { class: 'graph-view', id: 'panel-graph', role: 'tabpanel', 'aria-labelledby': 'tab-graph' },
      this.canvas.element, this.#empty, this.#stale, this.#minimap.element, this.#search.element, tools, this.#list, this.#keys);
    this.element.addEventListener('keydown', (event) => this.#key(event));
    panel.store.watch(['outline', 'toggled'], () => void this.#arrange());
    panel.store.watch(['issuesByKey'], () => {
      // a new graph is drawn with its issues when it is laid out
      if (panel.store.state.outline === this.#drawn) this.canvas.redraw(this.#drawing());
    });
    panel.store.watch(['selected', 'run'], () => this.#mark());
    panel.store.watch(['details'], () => {
      // the details may cover what was just picked; not at once, as a second click may follow
      if (panel.store.state.details && panel.store.state.view === 'graph') setTimeout(() => this.#uncoverSelected(), 400);
    });
    panel.store.watch(['document', 'stale'], () => this.#tellEmpty());
    panel.store.watch(['view'], () => {
      if (panel.store.state.view === 'graph') requestAnimationFrame(() => this.#placeFirst());
    });
  }

  /** Brings the selected item into view; where it is hidden, what hides it. */
  revealSelected(): void {
    const item = this.#panel.store.selectedItem;
    if (item) this.canvas.reveal(visible(this.#panel.store, item).key);
  }

  /** Moves the view only where the selected node is out of sight, as it is where the details lie over it. */
  #uncoverSelected(): void {
    const item = this.#panel.store.selectedItem;
    const at = item && this.canvas.screenPoint(visible(this.#panel.store, item).key);
    const { width, height } = this.canvas.viewport;
    if (at && (at.x < 0 || at.x > width || at.y < 0 || at.y > height)) this.revealSelected();
  }

  /** Theme or fonts changed. */
  restyle(): void {
    void this.#arrange();
  }

  async #arrange(): Promise<void> {
    const { store } = this.#panel;
    const { outline } = store.state;
    const turn = ++this.#layout;
    if (!outline) return this.#show(undefined, { width: 0, height: 0, nodes: [], edges: [], byKey: new Map() });
    this.element.setAttribute('aria-busy', 'true');
    try {
      const scene = await layOut(outline, { isOpen: isOpen(store), measure: (item) => measure(outline.graph, item), engine: this.#engine });
      if (turn === this.#layout) this.#show(outline, scene);
    } catch (error) {
      if (turn !== this.#layout) return;
      this.#panel.notice('error', `The graph could not be laid out: ${error instanceof Error ? error.message : String(error)} Close the panel and open it again; the table still shows every layer.`);
    } finally {
      if (turn === this.#layout) this.element.removeAttribute('aria-busy');
    }
  }

  #show(outline: Outline | undefined, scene: Scene): void {
    const { canvas } = this;
    const same = outline !== undefined && this.#drawn?.graph.name === outline.graph.name && this.#drawn.graph.type === outline.graph.type;
    const anchor = same ? this.#anchor(scene) : undefined;
    const first = this.#drawn === undefined;
    this.#drawn = outline;
    if (outline) canvas.show(scene, this.#drawing());
    else canvas.show(scene, { graph: emptyGraph, issues: new Map() });
    if (anchor) {
      const now = canvas.screenPoint(anchor.key);
      if (now) canvas.viewport.pan(anchor.at.x - now.x, anchor.at.y - now.y);
    } else if (outline) {
      const { place } = this.#panel.store;
      if (first && place) canvas.viewport.set(place);
      else this.#start();
    }
    this.#minimap.show(scene);
    this.#mark();
    this.#fillList(scene);
  }

  /** What keeps its place on the screen when the graph changes: the selected node if it is in view, else the central one. */
  #anchor(next: Scene): { key: string; at: Point } | undefined {
    const { canvas } = this;
    const selected = this.#panel.store.selectedItem;
    for (const key of [selected && visible(this.#panel.store, selected).key, this.#lastToggled, canvas.central()]) {
      if (key === undefined || !next.byKey.has(key)) continue;
      const at = canvas.screenPoint(key);
      if (at && at.x > -200 && at.y > -200 && at.x < canvas.viewport.width + 200 && at.y < canvas.viewport.height + 200) return { key, at };
    }
    return undefined;
  }

  #lastToggled: string | undefined;
  #placed = false;

  #start(): void {
    this.#placed = this.canvas.viewport.width > 0;
    if (this.#placed) this.canvas.viewport.set(this.canvas.startView());
  }

  /** The panel had no size when the graph came: another tab was open. */
  #placeFirst(): void {
    if (!this.#placed && this.#drawn && !this.#panel.store.place) this.#start();
    this.canvas.schedule();
  }

  #drawing(): Drawing {
    const { outline, issuesByKey } = this.#panel.store.state;
    return { graph: outline?.graph ?? emptyGraph, issues: issuesByKey };
  }

  #mark(): void {
    const { store } = this.#panel;
    const { run, outline } = store.state;
    const selected = store.selectedItem;
    const ran = new Set<string>();
    if (outline && run?.result && run.graph === outline.graph) {
      for (const id of run.result.executed) {
        for (let item: Item | undefined = outline.operators[id]; item; item = item.parent) ran.add(item.key);
      }
    }
    this.canvas.mark({ selected: selected && visible(store, selected).key, matches: new Set(this.#search.matches.map((item) => visible(store, item).key)), ran });
  }

  #item(key: string | undefined): Item | undefined {
    return key === undefined ? undefined : this.#panel.store.state.outline?.byKey.get(key);
  }

  #toggle(key: string): void {
    const { store } = this.#panel;
    const item = this.#item(key);
    if (!item || item.children.length === 0) return;
    const open = !isOpen(store)(item);
    this.#lastToggled = key;
    store.update({ toggled: new Map([...store.state.toggled, [key, open]]), selected: key });
    announce(`${item.type} ${item.name} ${open ? 'expanded' : 'collapsed'}`);
  }

  #toggleAll(open: boolean): void {
    const { store } = this.#panel;
    if (!store.state.outline) return;
    const toggled = new Map<string, boolean>();
    for (const item of descendants(store.state.outline.root)) {
      if (item.group) toggled.set(item.key, open);
      else if (item.children.length > 0) toggled.set(item.key, false);
    }
    store.update({ toggled });
    announce(open ? 'All groups expanded' : 'All groups collapsed');
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.canvas.element) return;
    const { store } = this.#panel;
    const { scene, viewport } = this.canvas;
    const selected = store.selectedItem && visible(store, store.selectedItem);
    const handled = ((): boolean => {
      const direction = arrows[event.key];
      if (direction && (event.ctrlKey || event.metaKey || event.altKey)) {
        viewport.pan(direction === 'left' ? 80 : direction === 'right' ? -80 : 0, direction === 'up' ? 80 : direction === 'down' ? -80 : 0);
        return true;
      }
      if (direction && scene) {
        const next = selected ? neighbour(scene, selected.key, direction) : scene.nodes[0]?.item.key;
        if (next !== undefined) this.#walkTo(next);
        return true;
      }
      switch (event.key) {
        case 'Home': case 'End': {
          const top = scene?.nodes.filter(({ open }) => !open);
          const end = event.key === 'Home' ? top?.[0] : top?.at(-1);
          if (end) this.#walkTo(end.item.key);
          return true;
        }
        case 'Enter': {
          if (!selected) return true;
          if (selected.group && !isOpen(store)(selected)) this.#toggle(selected.key);
          else pick(this.#panel, selected, { details: true });
          return true;
        }
        case ' ': if (selected) this.#toggle(selected.key); return true;
        case 'Escape': this.#escape(selected); return true;
        case '+': case '=': viewport.zoom(1.25, undefined, true); return true;
        case '-': case '_': viewport.zoom(1 / 1.25, undefined, true); return true;
        case '0': viewport.glide(this.canvas.fitView()); return true;
        case '1': viewport.zoom(1 / viewport.view.scale, undefined, true); return true;
        case '?': this.#keys.showModal(); return true;
        case '/': this.#search.open(); return true;
        case 'f': if (event.ctrlKey || event.metaKey) { this.#search.open(); return true; } return false;
        case '[': case ']': if (selected && canCut(selected)) markCut(this.#panel, selected, event.key === '[' ? 'from' : 'to'); return true;
        case 'PageDown': viewport.pan(0, -viewport.height * 0.8); return true;
        case 'PageUp': viewport.pan(0, viewport.height * 0.8); return true;
        default: return false;
      }
    })();
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #walkTo(key: string): void {
    const item = this.#item(key);
    if (!item) return;
    pick(this.#panel, item);
    this.canvas.reveal(key);
    const { outline, issuesByKey } = this.#panel.store.state;
    if (outline) announce(spoken(outline.graph, item, issuesByKey.get(key)));
  }

  /** One step out: the details, then the group around, then nothing selected. */
  #escape(selected: Item | undefined): void {
    const { store } = this.#panel;
    if (store.state.details) store.update({ details: false });
    else if (selected?.parent?.parent) this.#walkTo(selected.parent.key);
    else store.update({ selected: undefined });
  }

  #fillList(scene: Scene): void {
    const { outline } = this.#panel.store.state;
    this.#list.replaceChildren(...(outline ? scene.nodes.slice(0, 500).map(({ item }) => h('li', {}, spoken(outline.graph, item))) : []));
    if (scene.nodes.length > 500) this.#list.append(h('li', {}, 'The table lists all layers.'));
  }

  #tellEmpty(): void {
    const { document, outline, stale } = this.#panel.store.state;
    this.#stale.hidden = stale === undefined;
    this.#stale.textContent = stale ?? '';
    this.element.classList.toggle('is-stale', stale !== undefined);
    this.#empty.textContent = outline ? '' : document?.message ?? (document ? `No model was found in ${document.title}. Define a model class or build a model, and it is drawn here.` : 'Reading the file …');
    this.element.classList.toggle('is-empty', !outline);
  }
}

const emptyGraph = { name: '', type: '', framework: 'onnx', values: [], operators: [], layers: [], scopes: [], parameters: [], inputs: [], outputs: [], assumptions: [], gaps: [] } as const;
