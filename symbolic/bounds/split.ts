/** A neuron (or an input, of node 0) held on one side of a point: value of `node[index]` >= point (side 1) or <= point (side -1). */
export interface Split {
  readonly node: number;
  readonly index: number;
  readonly point: number;
  readonly side: 1 | -1;
}
