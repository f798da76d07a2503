import type { ConfigurationValue, Framework } from '../../graph/graph.ts';
import type { Interpreter } from '../python/interpreter-api.ts';
import { PyDict, PyObject, PyInstance } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { configurationFrom, tensorOf } from '../tracing/conversion.ts';
import type { Describe, LayerDescription, NamedParameter } from './description.ts';

const frameworks: ReadonlySet<string> = new Set(['keras', 'torch', 'mxnet', 'tensorflow', 'numpy', 'onnx', 'tflite', 'caffe'] satisfies Framework[]);

/** Whether an object says what it is as a layer. */
export function isLayer(value: Value): value is PyInstance {
  return value instanceof PyInstance && value.cls.mro.some((cls) => cls.attributes.has('__layerscope__'));
}

/** Asks layers by their `__layerscope__`, each once. */
export function describer(interpreter: Interpreter): Describe {
  const known = new Map<object, LayerDescription>();
  return (layer) => {
    let description = known.get(layer);
    if (!description) {
      description = describe(interpreter, layer as PyInstance);
      known.set(layer, description);
    }
    return description;
  };
}

function describe(interpreter: Interpreter, layer: PyInstance): LayerDescription {
  const answer = isLayer(layer) ? interpreter.callMethod(layer, '__layerscope__') : null;
  const given = answer instanceof PyDict ? answer : new PyDict();
  const text = (key: string): string | undefined => {
    const value = given.getText(key);
    return typeof value === 'string' ? value : undefined;
  };
  const framework = text('framework');
  return {
    name: text('name') ?? '',
    type: text('type') ?? layer.cls.name,
    framework: framework !== undefined && frameworks.has(framework) ? framework as Framework : 'torch',
    configuration: Object.fromEntries(entriesOf(given.getText('configuration')).map(([key, value]): [string, ConfigurationValue] => [key, configurationFrom(value)])),
    parameters: parametersOf(given.getText('parameters')),
    buffers: parametersOf(given.getText('buffers')),
    children: entriesOf(given.getText('children')).flatMap(([name, child]) => (child instanceof PyObject && isLayer(child) ? [{ name, layer: child }] : [])),
    listed: given.getText('listed') !== false,
    order: text('order') === 'children' ? 'children' : 'calls',
    separator: text('separator') ?? '.',
    place: layer.place,
  };
}

function parametersOf(value: Value | undefined): NamedParameter[] {
  return entriesOf(value).flatMap(([name, parameter]) => {
    const tensor = tensorOf(parameter);
    return tensor ? [{ name, value: tensor }] : [];
  });
}

function entriesOf(value: Value | undefined): [string, Value][] {
  if (!(value instanceof PyDict)) return [];
  return [...value.entries.values()].flatMap(({ key, value: entry }): [string, Value][] => (typeof key === 'string' ? [[key, entry]] : []));
}
