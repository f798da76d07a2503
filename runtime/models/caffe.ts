import { existsSync, readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { FormatError, type ByteSource } from '../../graph/onnx/wire.ts';
import { symbol, type Dimension } from '../../graph/dimension.ts';
import { takeStated, type StatedShape } from '../../graph/inference.ts';
import { elementCount } from '../../graph/elements.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { CheckpointError, readExactly } from '../formats/file.ts';
import { decodeNet, netOfText, type CaffeLayer, type CaffeNet } from './caffe-messages.ts';
import { translate } from './caffe-operators.ts';
import { Emitter, type ModelFile } from './emitter.ts';
import { readTextFormat } from './text-format.ts';

const largestText = 1 << 26;

/** A net in text: what is computed, without weights. */
export function readPrototxt(source: ByteSource): CaffeNet {
  if (source.size > largestText) throw new CheckpointError(`${source.name} has ${source.size} bytes, more than any net in text takes`);
  const net = netOfText(readTextFormat(new TextDecoder().decode(readExactly(source, 0, source.size, 'the net')), source.name), source.name);
  return nonEmpty(net, source.name);
}

/** A net with its weights; the layers are those that were trained, so data and losses may stand in front and behind. */
export function readCaffemodel(source: ByteSource): CaffeNet {
  return nonEmpty(decodeNet(source), source.name);
}

function nonEmpty(net: CaffeNet, file: string): CaffeNet {
  if (net.layers.length === 0) throw new FormatError(`${file} is no net of Caffe's: it has no layers`);
  return net;
}

/** The weights that belong to a `.prototxt`: of the same name, or the only ones in its folder. */
export function weightsBeside(path: string): string | undefined {
  return beside(path, '.caffemodel', []);
}

/** The text that belongs to a `.caffemodel`: of the same name, `deploy.prototxt`, or the only one in its folder. */
export function prototxtBeside(path: string): string | undefined {
  return beside(path, '.prototxt', ['deploy.prototxt']);
}

function beside(path: string, extension: string, others: readonly string[]): string | undefined {
  const folder = dirname(path);
  const named = [path.slice(0, -extname(path).length) + extension, ...others.map((name) => join(folder, name))].find((one) => existsSync(one));
  if (named !== undefined) return named;
  const all = readdirSync(folder).filter((name) => name.toLowerCase().endsWith(extension));
  return all.length === 1 ? join(folder, all[0]) : undefined;
}

const data = new Set(['Data', 'ImageData', 'HDF5Data', 'MemoryData', 'DummyData', 'WindowData', 'Input', 'AnnotatedData']);
/** Layers that only measure: nothing comes out that the net is used for. */
const measures = new Set(['Accuracy', 'Silence', 'HDF5Output', 'EuclideanLoss', 'HingeLoss', 'InfogainLoss', 'MultinomialLogisticLoss', 'ContrastiveLoss']);
/** Losses with the function in front of them that makes the scores. */
const losses: Readonly<Record<string, string>> = { SoftmaxWithLoss: 'Softmax', SoftmaxLoss: 'Softmax', SigmoidCrossEntropyLoss: 'Sigmoid' };

/** The graph of a net, with the weights of `trained` by the names of layers. `source` is the file that is named in messages. */
export function readCaffe(net: CaffeNet, trained: CaffeNet | undefined, source: ByteSource, name: string, stated: readonly StatedShape[] = []): ModelFile {
  const emitter = new Emitter(source.name);
  const remarks: string[] = trained ? [] : ['There is no .caffemodel beside it: its weights are not known'];
  const blobs = new Map((trained?.layers ?? []).filter((layer) => layer.blobs.length > 0).map((layer) => [layer.name, layer.blobs]));
  /** Blobs by their names: layers may write over what they take. */
  const current = new Map<string, string>();
  const taken = new Set<string>();
  const made: string[] = [];
  const lacking: string[] = [];
  const open = [...stated];
  for (const { name: input, shape } of net.inputs) {
    emitter.assembler.input(input, { dataType: 'float32', shape: shape ?? takeStated(input, open) ?? openShape(input) });
    current.set(input, input);
  }
  for (const layer of net.layers) {
    if (data.has(layer.type)) {
      const shapes = (layer.fields.input_param?.[0] as { shape?: { dim: number[] }[] } | undefined)?.shape ?? [];
      for (const [index, top] of layer.tops.entries()) {
        if (layer.type !== 'Input' && index > 0) continue;
        emitter.assembler.input(top, { dataType: 'float32', shape: (shapes[index] ?? shapes[0])?.dim ?? takeStated(top, open) ?? openShape(top) });
        current.set(top, top);
      }
      continue;
    }
    if (measures.has(layer.type)) continue;
    const bottoms = (losses[layer.type] ? layer.bottoms.slice(0, 1) : layer.bottoms).map((bottom) => {
      const tensor = current.get(bottom);
      if (tensor === undefined) throw new FormatError(`${source.name}: the layer ${layer.name} takes ${bottom}, which nothing in front of it makes`);
      taken.add(tensor);
      return tensor;
    });
    if (layer.type === 'Split') {
      for (const top of layer.tops) current.set(top, bottoms[0]);
      continue;
    }
    emitter.at(layer.name);
    const tops = layer.tops.map((top) => (emitter.assembler.has(top) || made.includes(top) ? emitter.assembler.fresh(layer.name) : top));
    const stored = blobs.get(layer.name);
    const operator = {
      ...layer, type: losses[layer.type] ?? layer.type, bottoms, tops,
      weight: (index: number, part: string, shape?: readonly Dimension[]) => parameter(emitter, layer, stored, index, part, shape, lacking),
      blob: (index: number) => stored?.[index],
    };
    if (!translate(emitter, operator)) emitter.gap(layer.type, bottoms, tops, `the Caffe layer ${layer.name} of type ${layer.type} is not known, or not with these parameters`);
    layer.tops.forEach((top, index) => {
      current.set(top, tops[index]);
      made.push(tops[index]);
    });
  }
  if (trained && lacking.length > 0) remarks.push(`The weights have nothing for ${lacking.slice(0, 5).join(', ')}${lacking.length > 5 ? ` and ${lacking.length - 5} more` : ''}`);
  const outputs = made.filter((tensor) => !taken.has(tensor));
  if (outputs.length === 0) throw new FormatError(`${source.name}: every blob is taken by another layer, so no output can be told`);
  return emitter.finish(net.name || name, 'caffe', outputs, remarks);
}

function openShape(name: string): Dimension[] {
  return ['batch', `${name}_channels`, `${name}_height`, `${name}_width`].map((one) => symbol(one, { none: true }));
}

/** A weight of a layer, in a shape of as many elements where one is asked for. */
function parameter(emitter: Emitter, layer: CaffeLayer, blobs: readonly StoredTensor[] | undefined, index: number, part: string, shape: readonly Dimension[] | undefined, lacking: string[]): string {
  const name = `${layer.name}.${part}`;
  const blob = blobs?.[index];
  if (emitter.assembler.has(name)) return name;
  if (!blob) {
    lacking.push(name);
    emitter.assembler.parameter(name, { dataType: 'float32', shape });
    return name;
  }
  const sizes = shape?.every((size) => typeof size === 'number') ? shape as number[] : blob.shape;
  if (elementCount(sizes) !== elementCount(blob.shape)) throw new FormatError(`The weights of the layer ${layer.name} do not fit: its ${part} should have shape (${sizes.join(', ')}), but has (${blob.shape.join(', ')})`);
  emitter.tensor(name, { dataType: blob.dataType, shape: sizes, read: async () => ({ ...await blob.read(), shape: sizes }) });
  return name;
}
