import type { LayerGraph } from '../../graph/graph.ts';
import type { AttackResult, FinishedMessage, NeuronOptions, NeuronResult, PartialMessage, Picture, PreparedMessage, Scores, WindowMessage, WindowRequest } from '../../webview/messages.ts';

/** A blurred ring with a notch: something like a written digit, of any size. */
export function digitPicture(size = 8, shift = 0): Picture {
  const values = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [dx, dy] = [(x - (size - 1) / 2) / size, (y - (size - 1) / 2) / size];
      const ring = Math.exp(-(((Math.hypot(dx, dy * 0.8) - 0.28) / 0.08) ** 2));
      values[y * size + x] = 16 * Math.max(0, Math.min(1, ring * (dx > 0 && dy < 0 ? 0.4 : 1) + shift * Math.sin(3 * x + 5 * y)));
    }
  }
  return { width: size, height: size, channels: 1, range: [0, 16], values };
}

export function scores(top: number): Scores {
  const raw = Array.from({ length: 10 }, (_, index) => Math.exp(index === top ? 5 : 2 * Math.sin(index * 7 + top)));
  const sum = raw.reduce((a, b) => a + b);
  return { top, kind: 'probabilities', values: raw.map((value) => value / sum) };
}

export function prepared(version = 1): PreparedMessage {
  return {
    type: 'prepared', version, model: 0,
    weights: { candidates: [{ id: 'a', label: 'digits.keras', detail: '38,410 parameters' }, { id: 'b', label: 'Freshly initialised' }], chosen: 'a', report: [{ severity: 'information', message: 'All 12 parameters match.' }] },
    inputs: [{
      name: 'image', dataType: 'float32', shape: [null, 8, 8, 1], image: { width: 8, height: 8, channels: 1, range: [0, 16] },
      samples: [{ id: 's3', label: 'digit_3.png' }, { id: 's7', label: 'digit_7.png' }], chosen: { label: 'digit_3.png', picture: digitPicture() }, remarks: [],
    }],
  };
}

export function runFinished(job: number, graph: LayerGraph): FinishedMessage<'run'> {
  return {
    type: 'finished', kind: 'run', job,
    result: {
      seconds: 0.0123, remarks: [],
      outputs: [{ value: graph.outputs[0], shape: [1, 10], scores: scores(3) }],
      executed: graph.operators.map(({ id }) => id),
      available: graph.operators.flatMap(({ outputs }) => outputs).map((value) => ({ value, dataType: 'float32' as const, shape: (graph.values[value].type.shape ?? []).map((size) => typeof size === 'number' ? size : 1) })),
    },
  };
}

/** Smooth waves, each channel its own, so that a wrong layout of the window shows. */
export function windowAnswer({ request, start, size, statistics }: WindowRequest): WindowMessage {
  const total = size.reduce((a, b) => a * b, 1);
  const values = new Float32Array(total);
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    const index = size.map(() => 0);
    for (let axis = size.length - 1; axis >= 0; axis--) {
      index[axis] = start[axis] + (rest % size[axis]);
      rest = Math.floor(rest / size[axis]);
    }
    const [, a = 0, b = 0, c = 0] = index;
    values[flat] = Math.max(-0.3, Math.sin(a * (0.4 + 0.1 * c) + c) * Math.cos(b * (0.5 + 0.05 * c)));
  }
  return {
    type: 'window', request, values,
    statistics: statistics ? { count: total, minimum: -0.3, maximum: 1, mean: 0.21, deviation: 0.4, zeros: Math.floor(total / 5), notANumber: 0, infinite: 0, histogram: Array.from({ length: 32 }, (_, bin) => Math.round(1000 * Math.exp(-(((bin - 10) / 6) ** 2)))) } : undefined,
  };
}

export function attackFinished(job: number, verdict: AttackResult['verdict']): FinishedMessage<'attack'> {
  return {
    type: 'finished', kind: 'attack', job,
    result: {
      verdict, method: verdict === 'robust' ? 'linear bounds' : 'projected gradient descent', seconds: 0.84, cancelled: false,
      original: { scores: scores(3), picture: digitPicture() },
      ...(verdict === 'adversarial' && { adversarial: { scores: scores(8), distance: 1.21, picture: digitPicture(8, 0.1) } }),
      ...(verdict === 'robust' && { bound: 0.37 }), ...(verdict === 'undecided' && { bound: -0.12 }),
    },
  };
}

/** An explained neuron: `partial` has its form alone, `finished` the region, the bounds and the conditions too. */
export function neuronPart(job: number, options: NeuronOptions, type: 'partial' | 'finished'): PartialMessage<'neuron'> | FinishedMessage<'neuron'> {
  const map = { ...digitPicture(8, 0.2), range: [-16, 16] as const };
  const form: NeuronResult = {
    options, name: 'conv2d[0,0,0]', channel: false, shape: [8, 8, 16], value: 1.25, linear: true, constant: 0.1, maps: { coefficient: map, contribution: map }, input: digitPicture(),
    elements: [{ name: '[0, 1, 0]', input: 0.5, coefficient: -2, contribution: -1 }], phases: { active: 3, inactive: 5 },
  };
  if (type === 'partial') return { type, job, kind: 'neuron', result: form };
  return {
    type, job, kind: 'neuron',
    result: {
      ...form, reach: { radius: 0.01, along: [-0.5, Infinity] }, bounds: { lower: -0.5, upper: 2 }, bounding: { settled: 1, unsettled: 0 },
      conditions: [{ layer: 'conv2d', operator: 'Relu', index: [0, 0, 0], active: true, before: 1.25, distance: 0.01 }, { layer: 'max_pooling2d', operator: 'MaxPool', index: [4], active: false, before: -2, distance: 3 }],
    },
  };
}
