import { describe, expect, it } from 'vitest';
import { symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { TensorType } from '../../graph/tensor.ts';
import { Trace } from '../tracing/trace.ts';
import type { TraceValue } from '../tracing/trace.ts';
import { buildGraph } from './build-graph.ts';
import type { LayerDescription } from './description.ts';

const float = (...shape: Dimension[]): TensorType => ({ dataType: 'float32', shape });
const batch = symbol('batch', { none: true });

interface FakeLayer { description: LayerDescription }

function layer(type: string, parts: Partial<LayerDescription> = {}): FakeLayer {
  return {
    description: {
      name: '', type, framework: 'torch', configuration: {}, parameters: [], buffers: [], children: [], listed: (parts.children ?? []).length === 0, order: 'calls', separator: '.', ...parts,
    },
  };
}

const describeLayer = (object: object): LayerDescription => (object as FakeLayer).description;

function dense(trace: Trace, inputs: number, outputs: number): { layer: FakeLayer; call: (x: TraceValue) => TraceValue } {
  const initializer = { kind: 'uniform', low: -1, high: 1 } as const;
  const weight = trace.leaf({ kind: 'parameter', initializer, trainable: true }, float(outputs, inputs));
  const made = layer('Linear', { parameters: [{ name: 'weight', value: weight }] });
  return {
    layer: made,
    call: (x) => trace.call(made, [{ name: 'input', value: x }], undefined, false, () => trace.operator('Gemm', '', [x, weight], { transB: 1 }, [float(batch, outputs)])[0], (y) => [{ name: 'output', value: y }]),
  };
}

describe('buildGraph', () => {
  it('gives layers in the order of their first call, shared ones once, with a scope for each call', () => {
    const trace = new Trace();
    const first = dense(trace, 8, 8);
    const second = dense(trace, 8, 2);
    const unused = dense(trace, 3, 3);
    const model = layer('Net', {
      children: [{ name: 'head', layer: second.layer }, { name: 'body', layer: first.layer }, { name: 'spare', layer: unused.layer }, { name: 'again', layer: first.layer }],
    });
    const x = trace.leaf({ kind: 'input', name: 'x' }, float(batch, 8));
    trace.call(model, [{ name: 'x', value: x }], undefined, false, () => second.call(first.call(first.call(x))), (y) => [{ name: 'output', value: y }]);
    const [scope] = trace.roots;
    const { graph } = buildGraph({ name: 'net', layer: model, inputs: scope.inputs, outputs: scope.outputs!, scope, assumptions: [] }, trace, describeLayer);

    expect(graph.layers.map(({ path, listed }) => [path, listed])).toEqual([['', false], ['body', true], ['head', true], ['spare', false]]);
    expect(graph.scopes.map((each) => graph.layers[each.layer].path)).toEqual(['', 'body', 'body', 'head']);
    expect(graph.parameters.map(({ name, type }) => [name, type.shape])).toEqual([['head.weight', [2, 8]], ['body.weight', [8, 8]], ['spare.weight', [3, 3]]]);
    expect(graph.operators.map(({ type, name, scope: id }) => [type, name, id])).toEqual([['Gemm', 'body/Gemm', 1], ['Gemm', 'body/Gemm_1', 2], ['Gemm', 'head/Gemm', 3]]);
    expect(graph.inputs.map((id) => graph.values[id].name)).toEqual(['x']);
    expect(graph.values[graph.outputs[0]].producer).toBe(2);
    for (const [id, value] of graph.values.entries()) expect(value.id).toBe(id);
  });

  it('cuts a declared model out between its inputs and outputs', () => {
    const trace = new Trace();
    const one = dense(trace, 4, 4);
    const two = dense(trace, 4, 1);
    const x = trace.leaf({ kind: 'input', name: 'pixels' }, float(batch, 4));
    const hidden = one.call(x);
    const y = two.call(hidden);
    dense(trace, 1, 9).call(y);
    const model = layer('Functional', { order: 'children', separator: '/', children: [{ name: 'one', layer: one.layer }, { name: 'two', layer: two.layer }] });
    const whole = buildGraph({ name: 'm', layer: model, inputs: [{ name: 'pixels', value: x }], outputs: [{ name: 'output', value: y }], assumptions: [] }, trace, describeLayer).graph;
    expect(whole.operators.map(({ name }) => name)).toEqual(['one/Gemm', 'two/Gemm']);
    expect(whole.layers.filter(({ listed }) => listed).map(({ name }) => name)).toEqual(['one', 'two']);
    const tail = buildGraph({ name: 't', layer: model, inputs: [{ name: 'h', value: hidden }], outputs: [{ name: 'output', value: y }], assumptions: [] }, trace, describeLayer).graph;
    expect(tail.operators.map(({ name }) => name)).toEqual(['two/Gemm']);
    expect(tail.inputs).toHaveLength(1);
  });

  it('keeps known elements as constants, data as further inputs, and gaps with their reasons', () => {
    const trace = new Trace();
    const model = layer('Net');
    const x = trace.leaf({ kind: 'input', name: 'x' }, float(2));
    const two = trace.leaf({ kind: 'constant' }, float(), undefined, { dataType: 'float32', shape: [], data: [2] });
    const noise = trace.leaf({ kind: 'data', reason: 'random' }, float(2));
    trace.call(model, [{ name: 'x', value: x }], undefined, false, () => {
      const [doubled] = trace.operator('Mul', '', [x, two], {}, [float(2)]);
      const [odd] = trace.operator('Unknown', 'layerscope', [doubled, noise], {}, [{ dataType: undefined, shape: undefined }], { reason: 'a custom kernel' });
      return odd;
    }, (y) => [{ name: 'output', value: y }]);
    const [scope] = trace.roots;
    const { graph } = buildGraph({ name: 'net', layer: model, inputs: scope.inputs, outputs: scope.outputs!, scope, assumptions: [] }, trace, describeLayer);
    expect(graph.inputs.map((id) => graph.values[id].name)).toEqual(['x', 'input']);
    expect(graph.values.find(({ constant }) => constant)?.constant?.data).toEqual([2]);
    expect(graph.gaps.map(({ reason }) => reason)).toEqual(['a custom kernel']);
  });
});
