import { strToU8, unzipSync, zipSync } from 'fflate';
import { bomb, hostileArchive } from './archives.ts';
import { scrambled, text, truncated, type Hostile } from './damage.ts';

/** A Keras file whose configuration is what `change` makes of it; files by their names where it gives them. */
function withConfiguration(good: Uint8Array, configuration: string): Uint8Array {
  return zipSync({ ...unzipSync(good), 'config.json': strToU8(configuration) });
}

export function hostileKeras(good: Uint8Array): Hostile[] {
  const parts = unzipSync(good);
  const weights = parts['model.weights.h5'];
  const files: Record<string, Uint8Array> = {
    'no weights': zipSync({ 'config.json': parts['config.json'] }),
    'weights that are no HDF5': zipSync({ ...parts, 'model.weights.h5': text('hello') }),
    'weights that are cut off': zipSync({ ...parts, 'model.weights.h5': weights.subarray(0, weights.length / 2) }),
    'weights that are empty': zipSync({ ...parts, 'model.weights.h5': new Uint8Array(0) }),
    'weights that are a bomb': bomb('model.weights.h5', { 'config.json': parts['config.json'] }),
    'a configuration that is a bomb': bomb('config.json', { 'model.weights.h5': weights }),
    'a configuration that is no JSON': withConfiguration(good, '{"module": '),
    'a configuration, a hundred thousand brackets deep': withConfiguration(good, '['.repeat(100_000)),
  };
  return [...Object.entries(files).map(([what, bytes]) => ({ what, bytes })), ...hostileArchive(good, 13)];
}

/** Configurations that no model has; the weights are good. */
export const hostileConfigurations: Readonly<Record<string, unknown>> = {
  'a text': 'model', 'a list': [1, 2], 'null in place of arguments': { class_name: 'Functional', config: null }, 'no class': { config: { layers: [] } },
  'a class that is code': { class_name: '__import__("os").system("touch harm")', config: { layers: [] } },
  'a class of its own': { class_name: 'MyModel', config: { layers: [] } },
  'a layer that is null': { class_name: 'Sequential', config: { layers: [null] } },
  'a layer that is code': { class_name: 'Sequential', config: { layers: [{ class_name: 'Dense(1) or exec("x")', config: {} }] } },
  'a layer of its own': { class_name: 'Sequential', config: { layers: [{ module: 'evil', class_name: 'Layer', registered_name: 'evil>Layer', config: {} }] } },
  'a Lambda layer': { class_name: 'Sequential', config: { layers: [{ module: 'keras.layers', class_name: 'Lambda', config: { function: { class_name: '__lambda__', config: { code: '4wEAAAA=' } } } }] } },
  'layers that take one another': {
    class_name: 'Functional', config: {
      name: 'm', input_layers: [['i', 0, 0]], output_layers: [['a', 0, 0]],
      layers: [
        { class_name: 'InputLayer', name: 'i', config: { batch_shape: [null, 4], name: 'i' }, inbound_nodes: [] },
        { class_name: 'Add', name: 'a', config: { name: 'a' }, inbound_nodes: [[['i', 0, 0, {}], ['b', 0, 0, {}]]] }, { class_name: 'ReLU', name: 'b', config: { name: 'b' }, inbound_nodes: [[['a', 0, 0, {}]]] },
      ],
    },
  },
  'a layer that is not there': { class_name: 'Functional', config: { name: 'm', input_layers: [['i', 0, 0]], output_layers: [['z', 0, 0]], layers: [{ class_name: 'InputLayer', name: 'i', config: { batch_shape: [null, 4], name: 'i' }, inbound_nodes: [] }] } },
  'an input without a shape': { class_name: 'Functional', config: { name: 'm', input_layers: [], output_layers: [], layers: [{ class_name: 'InputLayer', name: 'i', config: { name: 'i' }, inbound_nodes: [] }] } },
};

export function hostileHdf5(good: Uint8Array, others: Readonly<Record<string, Uint8Array>>, seed: number): Hostile[] {
  // the superblock states where the file ends: what is cut off is missed
  // a configuration that is no JSON is no configuration; the weights are good
  return [...Object.entries(others).map(([what, bytes]) => ({ what, bytes, mayOpen: what.includes('no JSON') })), ...truncated(good), ...scrambled(good, seed, 30)];
}
