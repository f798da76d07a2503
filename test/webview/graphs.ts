import type { Attributes, ConfigurationValue, Framework, Gap, Layer, LayerGraph, Location, Operator, Parameter, Scope, Value } from '../../graph/graph.ts';
import type { Dimension } from '../../graph/dimension.ts';
import { symbol } from '../../graph/dimension.ts';

export const file = 'digits.py';

export function at(line: number, column = 4, length = 32): Location {
  return { file, line, column, endLine: line, endColumn: column + length };
}

type Shape = readonly Dimension[];

interface LayerOptions {
  readonly configuration?: Record<string, ConfigurationValue>;
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
  readonly fixed?: Readonly<Record<string, readonly number[]>>;
  readonly line?: number;
}

/** Writes layer graphs down call by call, as the language server would. */
export class GraphWriter {
  readonly values: Value[] = [];
  readonly operators: Operator[] = [];
  readonly layers: Layer[] = [];
  readonly scopes: Scope[] = [];
  readonly parameters: Parameter[] = [];
  readonly gaps: Gap[] = [];
  readonly inputs: number[] = [];
  #scope = 0;
  readonly #name: string;
  readonly #type: string;
  readonly #framework: Framework;

  constructor(name: string, type: string, framework: Framework) {
    this.#name = name;
    this.#type = type;
    this.#framework = framework;
    this.layers.push({ id: 0, name, path: '', type, configuration: {}, parameters: [], listed: false, location: at(5) });
    this.scopes.push({ id: 0, layer: 0, inputs: [], outputs: [], location: at(60) });
  }

  value(name: string, shape: Shape | undefined, producer?: number, line?: number): number {
    this.values.push({ id: this.values.length, name: this.values.some((other) => other.name === name) ? `${name}_${this.values.length}` : name, type: { dataType: 'float32', shape }, producer, location: line === undefined ? undefined : at(line) });
    return this.values.length - 1;
  }

  input(name: string, shape: Shape, line?: number): number {
    const id = this.value(name, shape, undefined, line);
    this.inputs.push(id);
    return id;
  }

  shape(value: number): Shape {
    return this.values[value].type.shape ?? [];
  }

  op(type: string, inputs: readonly number[], shape: Shape | undefined, options: { attributes?: Attributes; line?: number; reason?: string } = {}): number {
    const id = this.operators.length;
    const output = this.value(`${type.toLowerCase()}_${id}`, shape, id, options.line);
    this.operators.push({ id, type, domain: type === 'Unknown' ? 'layerscope' : '', name: `${type.toLowerCase()}_${id}`, inputs, outputs: [output], attributes: options.attributes ?? {}, scope: this.#scope, location: options.line === undefined ? undefined : at(options.line), reason: options.reason });
    return output;
  }

  /** A call of a new layer; `body` makes its operators from its inputs. */
  layer(type: string, name: string, inputs: readonly number[], options: LayerOptions, body: (parameters: number[]) => number): number {
    const parent = this.scopes[this.#scope].layer;
    const outer = this.layers[parent].path;
    const id = this.layers.length;
    const owned: number[] = [];
    const path = outer === '' ? name : `${outer}.${name}`;
    const layer = { id, name, path, type, parent, configuration: options.configuration ?? {}, parameters: owned, listed: true, location: options.line === undefined ? undefined : at(options.line) };
    this.layers.push(layer);
    const tensors: number[] = [];
    for (const [trainable, table] of [[true, options.parameters], [false, options.fixed]] as const) {
      for (const [key, shape] of Object.entries(table ?? {})) {
        owned.push(this.parameters.length);
        this.parameters.push({ id: this.parameters.length, name: `${path}.${key}`, layer: id, type: { dataType: 'float32', shape }, trainable, buffer: !trainable && this.#framework === 'torch', initializer: { kind: 'normal', mean: 0, deviation: 0.02 } });
        const value = this.value(`${path}.${key}`, shape);
        this.values[value] = { ...this.values[value], parameter: this.parameters.length - 1 };
        tensors.push(value);
      }
    }
    return this.call(id, inputs, () => body(tensors), options.line);
  }

  /** A further call of a layer. */
  call(layer: number, inputs: readonly number[], body: () => number, line?: number): number {
    const outer = this.#scope;
    const scope = this.scopes.length;
    this.scopes.push({ id: scope, layer, parent: outer, inputs, outputs: [], location: line === undefined ? undefined : at(line) });
    this.#scope = scope;
    const output = body();
    this.#scope = outer;
    this.scopes[scope] = { ...this.scopes[scope], outputs: [output] };
    return output;
  }

  finish(outputs: readonly number[], options: Partial<Pick<LayerGraph, 'assumptions'>> = {}): LayerGraph {
    this.scopes[0] = { ...this.scopes[0], inputs: this.inputs, outputs };
    return {
      name: this.#name, type: this.#type, framework: this.#framework, location: at(5), values: this.values, operators: this.operators, layers: this.layers,
      scopes: this.scopes, parameters: this.parameters, inputs: this.inputs, outputs, assumptions: options.assumptions ?? [], gaps: this.gaps,
    };
  }
}

/** A small Keras model for the digits of scikit-learn. */
export function digits({ units = 64, name = 'digits' }: { units?: number; name?: string } = {}): LayerGraph {
  const none = symbol('batch', { none: true });
  const w = new GraphWriter(name, 'Sequential', 'keras');
  let x = w.input('image', [none, 8, 8, 1], 8);
  const conv = (label: string, from: number, to: number, size: number, line: number): void => {
    x = w.layer('Conv2D', label, [x], { line, configuration: { filters: to, kernel_size: [3, 3], strides: [1, 1], padding: 'same', activation: 'relu', use_bias: true, data_format: 'channels_last' }, parameters: { kernel: [3, 3, from, to], bias: [to] } }, ([kernel, bias]) => {
      const y = w.op('Conv', [x, kernel, bias], [none, size, size, to], { attributes: { kernel_shape: [3, 3], auto_pad: 'SAME_UPPER' }, line });
      return w.op('Relu', [y], [none, size, size, to], { line });
    });
  };
  const dense = (label: string, from: number, to: number, activation: string, line: number): void => {
    x = w.layer('Dense', label, [x], { line, configuration: { units: to, activation, use_bias: true }, parameters: { kernel: [from, to], bias: [to] } }, ([kernel, bias]) => {
      const y = w.op('MatMul', [x, kernel], [none, to], { line });
      const z = w.op('Add', [y, bias], [none, to], { line });
      return w.op(activation === 'softmax' ? 'Softmax' : 'Relu', [z], [none, to], { line });
    });
  };
  conv('conv2d', 1, 16, 8, 9);
  x = w.layer('MaxPooling2D', 'max_pooling2d', [x], { line: 10, configuration: { pool_size: [2, 2], strides: [2, 2], padding: 'valid' } }, () => w.op('MaxPool', [x], [none, 4, 4, 16], { attributes: { kernel_shape: [2, 2] }, line: 10 }));
  conv('conv2d_1', 16, 32, 4, 11);
  x = w.layer('BatchNormalization', 'batch_normalization', [x], { line: 12, configuration: { axis: -1, momentum: 0.99, epsilon: 0.001 }, parameters: { gamma: [32], beta: [32] }, fixed: { moving_mean: [32], moving_variance: [32] } }, (parameters) => w.op('BatchNormalization', [x, ...parameters], [none, 4, 4, 32], { line: 12 }));
  x = w.layer('Flatten', 'flatten', [x], { line: 13 }, () => w.op('Reshape', [x], [none, 512], { line: 13 }));
  x = w.layer('Dropout', 'dropout', [x], { line: 14, configuration: { rate: 0.5 } }, () => x);
  dense('dense', 512, units, 'relu', 15);
  dense('dense_1', units, 10, 'softmax', 16);
  return w.finish([x]);
}

/** A residual network as torchvision writes it. */
export function resnet(blocks: readonly number[] = [2, 2, 2, 2]): LayerGraph {
  const w = new GraphWriter('ResNet', 'ResNet', 'torch');
  let line = 10;
  const conv = (name: string, x: number, to: number, kernel: number, stride: number): number => {
    const [n, from, height, width] = w.shape(x) as number[];
    return w.layer('Conv2d', name, [x], { line: line++, configuration: { in_channels: from, out_channels: to, kernel_size: [kernel, kernel], stride: [stride, stride], padding: [(kernel - 1) / 2, (kernel - 1) / 2], dilation: [1, 1], groups: 1, bias: false }, parameters: { weight: [to, from, kernel, kernel] } }, ([weight]) =>
      w.op('Conv', [x, weight], [n, to, height / stride, width / stride], { attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride] } }));
  };
  const norm = (name: string, x: number): number => {
    const size = Number(w.shape(x)[1]);
    return w.layer('BatchNorm2d', name, [x], { line: line++, configuration: { num_features: size, eps: 1e-5, momentum: 0.1, affine: true }, parameters: { weight: [size], bias: [size] }, fixed: { running_mean: [size], running_var: [size] } }, (parameters) => w.op('BatchNormalization', [x, ...parameters], w.shape(x)));
  };
  const relu = (x: number, name = 'relu'): number => w.layer('ReLU', name, [x], { line: line++, configuration: { inplace: true } }, () => w.op('Relu', [x], w.shape(x)));

  let x = w.input('x', [1, 3, 224, 224], 7);
  x = relu(norm('bn1', conv('conv1', x, 64, 7, 2)));
  x = w.layer('MaxPool2d', 'maxpool', [x], { line: line++, configuration: { kernel_size: 3, stride: 2, padding: 1 } }, () => w.op('MaxPool', [x], [1, 64, 56, 56], { attributes: { kernel_shape: [3, 3] } }));
  blocks.forEach((count, stage) => {
    const to = 64 * 2 ** stage;
    x = w.layer('Sequential', `layer${stage + 1}`, [x], { line: line++ }, () => {
      let y = x;
      for (let block = 0; block < count; block++) {
        const stride = block === 0 && stage > 0 ? 2 : 1;
        const input = y;
        y = w.layer('BasicBlock', String(block), [y], { line: line++ }, () => {
          let z = norm('bn2', conv('conv2', relu(norm('bn1', conv('conv1', input, to, 3, stride))), to, 3, 1));
          let skip = input;
          if (stride > 1) skip = w.layer('Sequential', 'downsample', [input], { line: line++ }, () => norm('1', conv('0', input, to, 1, 2)));
          z = w.op('Add', [z, skip], w.shape(z), { line });
          return relu(z);
        });
      }
      return y;
    });
  });
  x = w.layer('AdaptiveAvgPool2d', 'avgpool', [x], { line: line++, configuration: { output_size: [1, 1] } }, () => w.op('GlobalAveragePool', [x], [1, 512, 1, 1]));
  x = w.op('Flatten', [x], [1, 512], { attributes: { axis: 1 }, line: 58 });
  x = w.layer('Linear', 'fc', [x], { line: line++, configuration: { in_features: 512, out_features: 1000, bias: true }, parameters: { weight: [1000, 512], bias: [1000] } }, (parameters) => w.op('Gemm', [x, ...parameters], [1, 1000]));
  return w.finish([x]);
}

/** A flat network of `count` layers with a skip every few, and a few parts that could not be followed. */
export function deep(count: number): LayerGraph {
  const w = new GraphWriter('Deep', 'Deep', 'torch');
  let x = w.input('x', [1, 64, 32, 32], 4);
  for (let index = 0; index < count; index += 5) {
    const before = x;
    for (let inner = 0; inner < 4 && index + inner < count; inner++) {
      const type = ['Conv2d', 'BatchNorm2d', 'ReLU', 'Conv2d'][inner];
      const input = x;
      x = w.layer(type, `l${index + inner}`, [x], { line: 10 + index + inner, configuration: type === 'Conv2d' ? { in_channels: 64, out_channels: 64, kernel_size: [3, 3] } : {}, parameters: type === 'Conv2d' ? { weight: [64, 64, 3, 3] } : {} }, (parameters) => w.op(type === 'Conv2d' ? 'Conv' : type === 'ReLU' ? 'Relu' : 'BatchNormalization', [input, ...parameters], [1, 64, 32, 32]));
    }
    const inner = x;
    x = w.layer('Add', `l${index + 4}`, [inner, before], { line: 14 + index }, () => w.op('Add', [inner, before], [1, 64, 32, 32]));
  }
  return w.finish([x]);
}

/** Two inputs, a shared layer, a symbolic length, a gap and an assumption. */
export function siamese(): LayerGraph {
  const sequence = symbol('seq');
  const w = new GraphWriter('Matcher', 'Matcher', 'torch');
  w.layers[0] = { ...w.layers[0], type: 'Matcher' };
  const left = w.input('left', [1, sequence, 32], 20);
  const right = w.input('right', [1, sequence, 32], 20);
  let shared = -1;
  const encode = (x: number): number => {
    const body = (): number => {
      const h = w.op('MatMul', [x], [1, sequence, 64], { line: 12 });
      return w.op('Tanh', [h], [1, sequence, 64], { line: 12 });
    };
    if (shared >= 0) return w.call(shared, [x], body, 22);
    const out = w.layer('Linear', 'encoder', [x], { line: 12, configuration: { in_features: 32, out_features: 64 }, parameters: { weight: [64, 32], bias: [64] } }, () => body());
    shared = w.layers.length - 1;
    return out;
  };
  const a = encode(left);
  const b = encode(right);
  const reason = 'The function `align` comes from a compiled module (fastalign), so what it returns is not known.';
  const joined = w.op('Unknown', [a, b], undefined, { reason, line: 24 });
  w.gaps.push({ reason, location: at(24) });
  const y = w.op('ReduceMean', [joined], [1, 64], { attributes: { axes: [1], keepdims: 0 }, line: 25 });
  const out = w.layer('Linear', 'score', [y], { line: 14, configuration: { in_features: 64, out_features: 1 }, parameters: { weight: [1, 64], bias: [1] } }, (parameters) => w.op('Gemm', [y, ...parameters], [1, 1]));
  return w.finish([out], { assumptions: [{ text: 'Both sequences have the same length.', location: at(21) }] });
}
