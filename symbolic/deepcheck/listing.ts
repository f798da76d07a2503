import type { ActivationRegion } from '../neurons/activation-region.ts';
import type { AffineNode, Network, Node } from '../network/network.ts';

/** One line of the program that a network is. */
export interface ListingLine {
  readonly text: string;
  readonly kind: 'head' | 'comment' | 'assignment' | 'branch' | 'arm' | 'else' | 'return';
  /** Whether the run at the input passes this line; comments are never passed. */
  readonly taken: boolean;
  /** What the line computes or tests at the input. */
  readonly value?: number;
}

/** Terms of a sum that are written out. */
const TERMS = 8;

/** Lines of a ReLU: if, arm, else, arm. */
const BRANCH = 4;

interface Block {
  readonly node: Node;
  readonly name: string;
  /** Number of its first line, which is a comment. */
  readonly start: number;
  readonly perElement: number;
}

/**
 * A network as an imperative program, one assignment for each sum and one branch for each ReLU (DeepCheck,
 * arXiv 1807.10439), with the path that the run at one input takes. Lines are written when they are asked for, so a
 * listing of millions of lines costs nothing before it is read.
 */
export class Listing {
  readonly lineCount: number;
  readonly branchCount: number;
  private readonly network: Network;
  private readonly blocks: readonly Block[];
  private readonly names = new Map<number, string>([[0, 'x']]);

  /** @param nameOf what a node is called: the path of its layer. */
  constructor(private readonly region: ActivationRegion, nameOf: (node: Node) => string) {
    this.network = region.network;
    const used = new Set(['x']);
    let start = 1;
    let branches = 0;
    this.blocks = this.network.nodes.slice(1).map((node) => {
      const plain = nameOf(node).replaceAll(/\W+/g, '_').replace(/^(?=\d)/, '_') || 'value';
      let name = plain;
      for (let k = 2; used.has(name); k++) name = `${plain}_${k}`;
      used.add(name);
      this.names.set(node.id, name);
      const perElement = node.kind === 'relu' ? BRANCH : 1;
      if (node.kind === 'relu') branches += node.size;
      const block = { node, name, start, perElement };
      start += 1 + perElement * node.size;
      return block;
    });
    this.lineCount = start + 1;
    this.branchCount = branches;
  }

  /** Some lines, by number from 0. */
  lines(from: number, to: number): ListingLine[] {
    const result: ListingLine[] = [];
    for (let line = Math.max(0, from); line < Math.min(to, this.lineCount); line++) result.push(this.line(line));
    return result;
  }

  /** The lines of the branches next to a line: the last before it and the first after it. */
  branchesAround(line: number): { before?: number; after?: number } {
    const around: { before?: number; after?: number } = {};
    for (const { node, start } of this.blocks) {
      if (node.kind !== 'relu') continue;
      const first = start + 1;
      const last = first + BRANCH * (node.size - 1);
      if (first < line) around.before = Math.min(last, first + BRANCH * (Math.ceil((line - first) / BRANCH) - 1));
      if (last > line) {
        around.after = Math.max(first, first + BRANCH * (Math.floor((line - first) / BRANCH) + 1));
        break;
      }
    }
    return around;
  }

  private line(number: number): ListingLine {
    const { network, region } = this;
    if (number === 0) return { text: `def ${network.outputShape.length > 0 ? 'network' : 'value'}(x):  # ${network.nodes[0].size} numbers`, kind: 'head', taken: true };
    if (number === this.lineCount - 1) return { text: `    return ${this.names.get(network.output)}`, kind: 'return', taken: true };
    // the block that holds the line, by bisection
    let [low, high] = [0, this.blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].start <= number) low = middle;
      else high = middle - 1;
    }
    const { node, name, start, perElement } = this.blocks[low];
    if (number === start) return { text: `    # ${name}: ${node.size} ${node.kind === 'relu' ? (node.size === 1 ? 'branch' : 'branches') : node.size === 1 ? 'value' : 'values'}`, kind: 'comment', taken: false };
    const place = number - start - 1;
    const index = Math.floor(place / perElement);
    if (node.kind !== 'relu') return { text: `    ${name}[${index}] = ${this.expression(node, index)}`, kind: 'assignment', taken: true, value: region.values[node.id][index] };
    const tested = `${this.names.get(node.inputs[0])}[${index}]`;
    const value = region.values[node.inputs[0]][index];
    const active = value > 0;
    switch (place % perElement) {
      case 0: return { text: `    if ${tested} > 0:`, kind: 'branch', taken: true, value };
      case 1: return { text: `        ${name}[${index}] = ${tested}`, kind: 'arm', taken: active };
      case 2: return { text: '    else:', kind: 'else', taken: !active };
      default: return { text: `        ${name}[${index}] = 0`, kind: 'arm', taken: !active };
    }
  }

  private expression(node: Node, index: number): string {
    const element = (id: number, at: number) => `${this.names.get(id)}[${at}]`;
    if (node.kind === 'product') return `${element(node.inputs[0], index)} * ${element(node.inputs[1], index)}`;
    if (node.kind === 'function') return `${node.name}(${element(node.inputs[0], index)}${node.parameter === undefined ? '' : `, ${node.parameter}`})`;
    return node.kind === 'affine' ? this.sum(node, index) : '0';
  }

  private sum(node: AffineNode, row: number): string {
    const terms: { text: string; weight: number }[] = [];
    let count = 0;
    const add = (input: number, index: number, weight: number) => {
      if (weight === 0) return;
      count++;
      if (terms.length < TERMS) terms.push({ text: `${this.names.get(input)}[${index}]`, weight });
    };
    node.matrices.forEach((matrix, k) => {
      if (matrix.kind === 'sparse') for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) add(node.inputs[k], matrix.indices[e], matrix.values[e]);
      else for (let j = 0; j < matrix.columns; j++) add(node.inputs[k], j, matrix.values[row * matrix.columns + j]);
    });
    const bias = node.bias[row];
    let text = '';
    for (const { text: name, weight } of terms) text += `${text === '' ? (weight < 0 ? '-' : '') : weight < 0 ? ' - ' : ' + '}${Math.abs(weight) === 1 ? '' : `${short(Math.abs(weight))}*`}${name}`;
    if (count > terms.length) text += ` + … ${count - terms.length} more terms`;
    if (bias !== 0 || text === '') text += text === '' ? short(bias) : `${bias < 0 ? ' - ' : ' + '}${short(Math.abs(bias))}`;
    return text;
  }
}

function short(x: number): string {
  return String(Number(x.toPrecision(4)));
}
