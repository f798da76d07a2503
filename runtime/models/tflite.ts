import type { ByteSource } from '../../graph/onnx/wire.ts';
import { FormatError } from '../../graph/onnx/wire.ts';
import { symbol } from '../../graph/dimension.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType, TensorType } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { Emitter, type ModelFile } from './emitter.ts';
import { Table } from './flatbuffer.ts';
import { operatorNames, tensorTypes, translate, type LiteOperator } from './tflite-operators.ts';

interface LiteTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly dataType: DataType | undefined;
  readonly shape: readonly number[];
  readonly buffer: Table | undefined;
  /** For integers that stand for real numbers: real = scale * (integer - zero). */
  readonly quantization?: { readonly scales: readonly number[]; readonly zeros: readonly number[]; readonly axis: number };
}

/** A TensorFlow Lite model. Quantised models compute with the integers' real values, rounded after each operator as the file says. */
export function readTflite(source: ByteSource, name: string): ModelFile {
  const model = Table.root(source, 'TFL3');
  const codes = model.tables(1).map((code) => Math.max(code.int8(0) ?? 0, code.int32(3) ?? 0));
  const customs = model.tables(1).map((code) => code.text(1));
  const buffers = model.tables(4);
  const subgraphs = model.tables(2);
  const [graph] = subgraphs;
  if (!graph) throw new FormatError(`${source.name} holds no graph`);
  const tensors = readTensors(graph, buffers, source);
  const emitter = new Emitter(source.name);
  const remarks: string[] = [];
  if (subgraphs.length > 1) remarks.push(`The file holds ${subgraphs.length} graphs; the first one is read`);

  const at = (index: number): LiteTensor => {
    const tensor = tensors[index];
    if (!tensor) throw new FormatError(`${source.name}: an operator takes tensor ${index}, but there are only ${tensors.length}`);
    return tensor;
  };
  const inputs = graph.int32s(1) ?? [];
  const outputs = graph.int32s(2) ?? [];
  for (const index of inputs) emitter.assembler.input(at(index).name, at(index).type);
  for (const tensor of tensors) {
    if (emitter.assembler.has(tensor.name)) continue;
    const bytes = tensor.buffer?.bytes(0);
    if (bytes && bytes.length > 0 && tensor.dataType) emitter.tensor(tensor.name, storedBytes(source, tensor, bytes));
    else emitter.assembler.declared.set(tensor.name, tensor.quantization ? { ...tensor.type } : tensor.type);
  }

  /** An integer tensor's real numbers. */
  const reals = new Map<string, string>();
  const real = (tensor: LiteTensor): string => {
    const { quantization } = tensor;
    if (!quantization || tensor.dataType === 'float32') return tensor.name;
    let known = reals.get(tensor.name);
    if (!known) {
      const { scale, zero } = quantizer(emitter, tensor, quantization);
      const whole = emitter.emit('Cast', [tensor.name], { to: 'float32' });
      known = emitter.emit('Mul', [zero === undefined ? whole : emitter.emit('Sub', [whole, zero]), scale]);
      reals.set(tensor.name, known);
    }
    return known;
  };

  for (const [index, operator] of graph.tables(3).entries()) {
    const code = codes[operator.uint32(0) ?? 0];
    const type = operatorNames[code] ?? `operator ${code}`;
    const ins = (operator.int32s(1) ?? []).map((id) => (id < 0 ? undefined : at(id)));
    const outs = (operator.int32s(2) ?? []).map(at);
    emitter.at(placeOf(outs[0]?.name ?? `${type}_${index}`));
    const passes = type === 'QUANTIZE' || type === 'DEQUANTIZE';
    const names = outs.map((tensor) => (tensor.quantization && tensor.dataType !== 'float32' ? emitter.assembler.fresh(`${tensor.name}_real`) : tensor.name));
    const lite: LiteOperator = {
      type, options: operator.table(4), inputs: ins.map((tensor) => (tensor ? real(tensor) : '')), outputs: names,
      shapes: ins.map((tensor) => tensor?.shape), outputShapes: outs.map(({ shape }) => shape), types: outs.map(({ dataType }) => dataType),
    };
    // halves are weights that are kept small
    if (passes && ins[0]?.dataType === 'float16' && outs[0]?.dataType === 'float32') emitter.emit('Cast', [lite.inputs[0]], { to: 'float32' }, names[0]);
    else if (passes) emitter.emit('Identity', [lite.inputs[0]], {}, names[0]);
    else if (!translate(emitter, lite)) {
      const label = type === 'CUSTOM' ? `the custom operator ${customs[operator.uint32(0) ?? 0] ?? ''}` : `the TFLite operator ${type}`;
      emitter.gap(type, lite.inputs.filter((input) => input !== ''), names, `${label} is not known`);
    }
    outs.forEach((tensor, place) => {
      if (names[place] === tensor.name) return;
      const { scale, zero } = quantizer(emitter, tensor, tensor.quantization!);
      const rounded = emitter.emit('Round', [emitter.emit('Div', [names[place], scale])]);
      const [low, high] = tensor.dataType === 'uint8' ? [0, 255] : tensor.dataType === 'int16' ? [-32768, 32767] : tensor.dataType === 'int32' ? [-(2 ** 31), 2 ** 31 - 1] : [-128, 127];
      const clipped = emitter.emit('Clip', [zero === undefined ? rounded : emitter.emit('Add', [rounded, zero]), emitter.scalar(low), emitter.scalar(high)]);
      emitter.emit('Cast', [clipped], { to: tensor.dataType! }, tensor.name);
    });
  }
  return emitter.finish(graph.text(4) && graph.text(4) !== 'main' ? graph.text(4)! : name, 'tflite', outputs.map((index) => at(index).name), remarks);
}

/** TensorFlow's names carry the path of the layer in front of the last slash, and several joined by semicolons. */
function placeOf(name: string): string {
  return name.split(';')[0].replace(/:\d+$/, '');
}

/**
 * Scales and zero points in the shape in which they are broadcast over the tensor. ONNX's own operators for this are
 * passed by: ONNX Runtime rewrites pairs of them for unsigned bytes and then refuses its own result.
 */
function quantizer(emitter: Emitter, { shape }: LiteTensor, { scales, zeros, axis }: NonNullable<LiteTensor['quantization']>): { scale: string; zero: string | undefined } {
  const broadcast = scales.length === 1 ? [] : shape.map((_, index) => (index === axis ? scales.length : 1));
  const each = scales.map((_, index) => zeros[zeros.length === 1 ? 0 : index] ?? 0);
  return { scale: emitter.constant('float32', broadcast, scales), zero: each.every((zero) => zero === 0) ? undefined : emitter.constant('float32', broadcast, each) };
}

function readTensors(graph: Table, buffers: readonly Table[], source: ByteSource): LiteTensor[] {
  const names = new Set<string>();
  return graph.tables(0).map((tensor, index) => {
    const shape = tensor.int32s(0) ?? [];
    const signature = tensor.int32s(7);
    const dataType = tensorTypes[tensor.int8(1) ?? 0];
    let name = tensor.text(3) || `tensor_${index}`;
    // names need not be unique in the file
    while (names.has(name)) name = `${name}_${index}`;
    names.add(name);
    if (shape.some((size) => size < 0)) throw new FormatError(`${source.name}: the tensor ${name} has the impossible shape (${shape.join(', ')})`);
    const quantization = tensor.table(4);
    const scales = quantization?.floats(2) ?? [];
    const dimensions = shape.map((size, axis) => (signature && signature[axis] === -1 ? symbol(axis === 0 ? 'batch' : `${name}_${axis}`, { none: true }) : size));
    return {
      name, dataType, shape, type: { dataType, shape: dimensions }, buffer: buffers[tensor.uint32(2) ?? 0],
      ...(scales.length > 0 ? { quantization: { scales, zeros: quantization?.int64s(3) ?? [0], axis: quantization?.int32(6) ?? 0 } } : {}),
    };
  });
}

function storedBytes(source: ByteSource, { name, dataType, shape }: LiteTensor, bytes: { offset: number; length: number }): StoredTensor & { readNow(): ReturnType<typeof tensorFromBytes> } {
  const needed = elementCount(shape) * elementSize(dataType!);
  if (bytes.length !== needed) throw new FormatError(`${source.name}: the tensor ${name} of shape (${shape.join(', ')}) and type ${dataType} needs ${needed} bytes, but the file holds ${bytes.length}`);
  const readNow = () => tensorFromBytes(dataType!, shape, source.read(bytes.offset, bytes.length));
  return { dataType: dataType!, shape, readNow, read: async () => readNow() };
}
