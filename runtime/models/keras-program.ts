import { CheckpointError } from '../formats/file.ts';
import { snakeCase } from '../bind.ts';

/**
 * Keras files hold a model as a configuration: classes and their arguments. This writes it as the program that makes
 * the model, which the language server reads like any other: what a layer computes stands there once.
 */

/** A serialised object: `{"module", "class_name", "config", ...}`. */
interface Serialised {
  readonly module?: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> | string;
  readonly registered_name?: string | null;
  readonly inbound_nodes?: readonly unknown[];
  readonly name?: string;
  readonly build_config?: { readonly input_shape?: unknown };
}

/** Layers of keras.applications that have classes of their own there. */
const ownLayers: Readonly<Record<string, string>> = {
  CustomScaleLayer: `
class CustomScaleLayer(layers.Layer):
    def __init__(self, scale=1.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, inputs):
        return inputs[0] + inputs[1] * self.scale
`,
  LayerScale: `
class LayerScale(layers.Layer):
    def __init__(self, init_values=1e-6, projection_dim=1, **kwargs):
        super().__init__(**kwargs)
        self.init_values = init_values
        self.projection_dim = projection_dim

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(self.projection_dim,), initializer='ones')

    def call(self, x):
        return x * self.gamma
`,
};

/** What only training needs, or earlier versions said of layers; the values of weights come from the file. */
const passedOver = /(_initializer|_regularizer|_constraint)$|^(seed|batch_input_shape|input_shape|ragged|sparse|optional|time_major|implementation|zero_output_for_mask|build_config|input_length|synchronized|renorm.*|fused|virtual_batch_size|adjustment|experimental_autocast|input_axes|output_axes|quantization_config)$/;

/** The program that makes the model of a configuration. Throws CheckpointError where it names code that the file does not hold. */
export function programOfConfiguration(configuration: unknown, file: string): string {
  const writer = new Writer(file);
  const model = writer.model(writer.serialised(configuration, 'the configuration'));
  return ['import keras', 'from keras import layers, ops', ...writer.classes, '', helpers, ...writer.lines, '', `model = ${model}`, ''].join('\n');
}

const helpers = `
def pick(made, index):
    if isinstance(made, dict):
        made = list(made.values())
    return made[index] if isinstance(made, (list, tuple)) else made
`;

class Writer {
  readonly lines: string[] = [];
  readonly #file: string;
  readonly #classes = new Map<string, string>();
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get classes(): string[] {
    return [...this.#classes.values()];
  }

  serialised(value: unknown, what: string): Serialised {
    const { class_name: className, config } = (value ?? {}) as Partial<Serialised>;
    if (typeof className !== 'string' || !/^\w+$/.test(className) || config === undefined || config === null) return this.#fail(`${what} names no class or has no arguments`);
    // Keras 1 wrote the layers of a Sequential alone
    return Array.isArray(config) ? { class_name: className, config: { layers: config } } : value as Serialised;
  }

  /** An expression for a whole model: the name of a variable, once its lines are written. */
  model(model: Serialised): string {
    const { class_name: kind, config } = model;
    if (typeof config === 'string') return this.#fail(`${kind} has no arguments`);
    if (kind === 'Sequential') return this.#sequential(model, config);
    if (['Functional', 'Model'].includes(kind) && Array.isArray(config.layers)) return this.#functional(config);
    return this.#fail(`the model is made by a class of its own, ${kind}, whose code the file does not hold: its tensors can be listed, its graph cannot`);
  }

  #sequential(model: Serialised, config: Readonly<Record<string, unknown>>): string {
    const given = (config.layers as unknown[] | undefined) ?? [];
    const layers = given.map((layer, index) => this.serialised(layer, `layer ${index}`));
    const entries = layers.map((layer) => (layer.class_name === 'InputLayer' ? this.#input(layer) : this.#layer(layer)));
    const [first] = layers;
    const shape = first && (this.#config(first).batch_input_shape ?? config.build_input_shape ?? model.build_config?.input_shape);
    if (first && first.class_name !== 'InputLayer' && Array.isArray(shape)) entries.unshift(`keras.Input(batch_shape=${literal(shape)})`);
    return this.#variable(`keras.Sequential([${entries.join(', ')}]${nameOf(config)})`);
  }

  #functional(config: Readonly<Record<string, unknown>>): string {
    /** Variables by layer and call. */
    const made = new Map<string, string[]>();
    const layers = (config.layers as unknown[]).map((layer, index) => {
      const serialised = this.serialised(layer, `layer ${index}`);
      const name = serialised.name ?? String(this.#config(serialised).name ?? index);
      return { serialised, name, variable: undefined as string | undefined, calls: serialised.inbound_nodes ?? [] };
    });
    for (const { serialised, name } of layers) if (serialised.class_name === 'InputLayer') made.set(name, [this.#variable(this.#input(serialised))]);
    // a shared layer's later calls may take what stands behind its first one
    let open = layers.filter(({ serialised }) => serialised.class_name !== 'InputLayer');
    while (open.length > 0) {
      const before = open.map(({ name }) => made.get(name)?.length ?? 0);
      for (const layer of open) {
        const done = made.get(layer.name) ?? [];
        made.set(layer.name, done);
        while (done.length < layer.calls.length) {
          const call = this.#call(layer.calls[done.length], made);
          if (call === undefined) break;
          done.push(this.#variable(this.#applied(layer, call)));
        }
      }
      const left = open.filter(({ name, calls }) => (made.get(name)?.length ?? 0) < calls.length);
      if (left.length === open.length && left.every(({ name }, index) => made.get(name)!.length === before[index])) this.#fail(`the layer ${left[0].name} takes what no layer in front of it makes`);
      open = left;
    }
    const [inputs, outputs] = [config.input_layers, config.output_layers].map((part) => this.#structure(part, made));
    return this.#variable(`keras.Model(inputs=${inputs}, outputs=${outputs}${nameOf(config)})`);
  }

  /** A call of a layer, or of an operation, which is a function. */
  #applied(layer: { serialised: Serialised; variable: string | undefined }, call: string): string {
    const { serialised } = layer;
    const { class_name: kind, module = '' } = serialised;
    if (/\bops\b/.test(module)) return this.#operation(kind, this.#config(serialised), call);
    if (kind === 'TFOpLambda') return this.#tensorflow(this.#config(serialised), call);
    layer.variable ??= this.#variable(this.#layer(serialised));
    return `${layer.variable}(${call})`;
  }

  #operation(kind: string, config: Readonly<Record<string, unknown>>, call: string): string {
    if (kind === 'GetItem') return `(lambda x, key: x[key])(${call})`;
    const own = Object.entries(config).filter(([key, value]) => /^\w+$/.test(key) && !['name', 'trainable', 'dtype'].includes(key) && value !== null);
    return `ops.${snakeCase(kind)}(${[call, ...own.map(([key, value]) => `${key}=${literal(value)}`)].join(', ')})`;
  }

  #tensorflow(config: Readonly<Record<string, unknown>>, call: string): string {
    const name = String(config.function ?? '').replace(/^_+/, '').replace(/^operators?\./, '');
    if (!/^[a-z_][\w.]*$/i.test(name)) this.#fail(`an operation of TensorFlow has no name`);
    this.#classes.set('tensorflow', '\nimport tensorflow as tf');
    return `tf.${name}(${call})`;
  }

  #input(layer: Serialised): string {
    const config = this.#config(layer);
    const shape = config.batch_shape ?? config.batch_input_shape;
    if (!Array.isArray(shape)) return this.#fail('an input has no shape');
    return `keras.Input(batch_shape=${literal(shape)}, dtype=${literal(dtypeOf(config.dtype) ?? 'float32')}${nameOf(config)})`;
  }

  /** The constructor's call. */
  #layer(layer: Serialised): string {
    const { class_name: kind, module, registered_name: registered } = layer;
    if (['Functional', 'Model', 'Sequential'].includes(kind)) return this.model(layer);
    if (kind === 'Lambda') return this.#fail('a Lambda layer holds code, which is not read from files');
    const own = ownLayers[kind];
    if (own) this.#classes.set(kind, own);
    else if ((registered ?? '').includes('>') && !(registered ?? '').startsWith('keras')) return this.#fail(`the layer ${kind} has a class of its own (${registered}), whose code the file does not hold`);
    else if (typeof module === 'string' && !/^(tf_)?keras(\.|$)/.test(module)) return this.#fail(`the layer ${kind} has a class of its own (${module}.${kind}), whose code the file does not hold`);
    const config = this.#config(layer);
    const written = Object.entries(config).flatMap(([key, value]) => {
      if (value === null || !/^\w+$/.test(key) || passedOver.test(key)) return [];
      return [`${key}=${key === 'dtype' ? literal(dtypeOf(value) ?? 'float32') : this.#argument(kind, key, value)}`];
    });
    return `${own ? '' : 'layers.'}${kind}(${written.join(', ')})`;
  }

  #argument(kind: string, key: string, value: unknown): string {
    // Keras 2 wrote the one axis as a list
    if (kind === 'BatchNormalization' && key === 'axis' && Array.isArray(value) && value.length === 1) return literal(value[0]);
    if (Array.isArray(value)) return value.some((one) => isSerialised(one)) ? `[${value.map((one) => this.#argument(kind, key, one)).join(', ')}]` : literal(value);
    if (!isSerialised(value)) return literal(value);
    // a function by its name
    if (typeof value.config === 'string') return literal(value.config);
    if (value.class_name === '__tuple__') return literal((value as unknown as { items?: unknown[] }).items ?? []);
    return this.#layer(this.serialised(value, `${key} of ${kind}`));
  }

  /** The arguments of a call; undefined where one of them is not made yet. */
  #call(node: unknown, made: ReadonlyMap<string, readonly string[]>): string | undefined {
    try {
      if (Array.isArray(node)) return this.#legacyCall(node, made);
      const { args = [], kwargs = {} } = (node ?? {}) as { args?: unknown[]; kwargs?: Record<string, unknown> };
      const named = Object.entries(kwargs).filter(([key, value]) => value !== null && /^\w+$/.test(key) && key !== 'mask').map(([key, value]) => `${key}=${this.#value(value, made)}`);
      return [...args.map((one) => this.#value(one, made)), ...named].join(', ');
    } catch (error) {
      if (error instanceof NotMadeYet) return undefined;
      throw error;
    }
  }

  /** Keras 2: `[[layer, call, index, {arguments}], ...]`. */
  #legacyCall(node: readonly unknown[], made: ReadonlyMap<string, readonly string[]>): string {
    const parts = typeof node[0] === 'string' ? [node] : node as readonly (readonly unknown[])[];
    const tensors = parts.map((part) => this.#tensor(part, made));
    const options = (parts[0]?.[3] ?? {}) as Record<string, unknown>;
    const named = Object.entries(options).filter(([key, value]) => value !== null && /^\w+$/.test(key) && key !== 'name' && key !== 'mask')
      .map(([key, value]) => `${key}=${isReference(value, made) ? this.#tensor(value, made) : literal(value)}`);
    return [tensors.length === 1 ? tensors[0] : `[${tensors.join(', ')}]`, ...named].join(', ');
  }

  #value(value: unknown, made: ReadonlyMap<string, readonly string[]>): string {
    if (Array.isArray(value)) return `[${value.map((one) => this.#value(one, made)).join(', ')}]`;
    if (!isSerialised(value)) {
      if (value === null || typeof value !== 'object') return literal(value);
      return `{${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${this.#value(one, made)}`).join(', ')}}`;
    }
    const config = typeof value.config === 'string' ? {} : value.config;
    if (value.class_name === '__keras_tensor__') return this.#tensor(config.keras_history, made);
    if (value.class_name === '__tuple__') return `(${((value as unknown as { items?: unknown[] }).items ?? []).map((one) => `${this.#value(one, made)}, `).join('')})`;
    if (value.class_name === '__slice__' || value.class_name === 'slice') return `slice(${literal(config.start ?? null)}, ${literal(config.stop ?? null)}, ${literal(config.step ?? null)})`;
    if (value.class_name === '__ellipsis__') return '...';
    return this.#fail(`a call takes a ${value.class_name}, which is not read`);
  }

  #tensor(reference: unknown, made: ReadonlyMap<string, readonly string[]>): string {
    const [layer, call, index] = Array.isArray(reference) ? reference as unknown[] : [];
    if (typeof layer !== 'string' || typeof call !== 'number' || typeof index !== 'number') return this.#fail('a call takes something that is no output of a layer');
    const calls = made.get(layer);
    if (!calls) throw new NotMadeYet();
    const variable = calls[call];
    if (variable === undefined) throw new NotMadeYet();
    return `pick(${variable}, ${index})`;
  }

  /** The model's inputs or outputs: one reference, or lists and dictionaries of them. */
  #structure(part: unknown, made: ReadonlyMap<string, readonly string[]>): string {
    if (isReference(part, made)) return this.#tensor(part, made);
    if (Array.isArray(part)) {
      const parts = part.map((one) => this.#structure(one, made));
      return parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`;
    }
    if (part !== null && typeof part === 'object') return `{${Object.entries(part).map(([key, one]) => `${JSON.stringify(key)}: ${this.#structure(one, made)}`).join(', ')}}`;
    return this.#fail('the model\'s inputs or outputs are not named');
  }

  #config(layer: Serialised): Readonly<Record<string, unknown>> {
    return typeof layer.config === 'string' ? {} : layer.config;
  }

  #variable(expression: string): string {
    const name = `v${++this.#count}`;
    this.lines.push(`${name} = ${expression}`);
    return name;
  }

  #fail(what: string): never {
    throw new CheckpointError(`${this.#file}: ${what}`);
  }
}

class NotMadeYet extends Error {}

function isSerialised(value: unknown): value is Serialised {
  return value !== null && typeof value === 'object' && 'class_name' in value && typeof value.class_name === 'string';
}

function isReference(value: unknown, made: ReadonlyMap<string, unknown>): boolean {
  return Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && made.has(value[0]) && typeof value[1] === 'number';
}

function nameOf(config: Readonly<Record<string, unknown>>): string {
  return typeof config.name === 'string' ? `, name=${literal(config.name)}` : '';
}

/** A policy's name, or the name of an element type. */
function dtypeOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isSerialised(value) || typeof value.config === 'string') return undefined;
  return typeof value.config.name === 'string' ? value.config.name : undefined;
}

/** A value of JSON as Python writes it. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `(${value.map((one) => `${literal(one)}, `).join('')})`;
  return `{${Object.entries(value as object).map(([key, one]) => `${JSON.stringify(key)}: ${literal(one)}`).join(', ')}}`;
}
