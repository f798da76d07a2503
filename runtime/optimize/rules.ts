import { equals } from '../../graph/dimension.ts';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import type { Operator } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Draft } from './draft.ts';

/** Rewritings that change no result. Each looks at one operator and says whether it changed something. */
export interface Rule {
  readonly name: string;
  readonly types: readonly string[];
  apply(draft: Draft, operator: Operator): Promise<boolean> | boolean;
}

function sameShape(draft: Draft, left: number, right: number): boolean {
  const [a, b] = [draft.values[left].type.shape, draft.values[right].type.shape];
  return a !== undefined && b !== undefined && a.length === b.length && a.every((size, axis) => equals(size, b[axis]) === true);
}

/** Operators that pass their input on as it is. */
const idle: Rule = {
  name: 'remove an operator that changes nothing',
  types: ['Identity', 'Dropout', 'Cast', 'Reshape', 'Flatten', 'Transpose', 'Expand', 'Concat', 'Sum', 'Max', 'Min', 'Mul', 'Add', 'Sub', 'Div', 'Pad', 'Slice', 'Squeeze', 'Unsqueeze', 'Tile'],
  async apply(draft, operator) {
    const [x, second] = operator.inputs;
    const [y] = operator.outputs;
    if (x === undefined) return false;
    const constantIs = async (value: number | undefined, number: number) => {
      const tensor = await draft.elements(value);
      return tensor !== undefined && tensor.data.length > 0 && Array.from(tensor.data as ArrayLike<number | bigint>).every((element) => Number(element) === number);
    };
    switch (operator.type) {
      case 'Identity': return draft.bypass(operator, this.name);
      case 'Dropout': return operator.inputs[2] === undefined || await constantIs(operator.inputs[2], 0) ? draft.bypass(operator, this.name) : false;
      case 'Cast': return draft.values[x].type.dataType !== undefined && draft.values[x].type.dataType === draft.values[y].type.dataType && draft.bypass(operator, this.name);
      case 'Reshape': case 'Flatten': case 'Expand': case 'Squeeze': case 'Unsqueeze': case 'Tile': return sameShape(draft, x, y) && draft.bypass(operator, this.name);
      // an operator that keeps every element keeps them in place, for these two
      case 'Slice': return sameShape(draft, x, y) && (operator.inputs[4] === undefined || await constantIs(operator.inputs[4], 1)) && draft.bypass(operator, this.name);
      case 'Pad': return await constantIs(second, 0) && draft.bypass(operator, this.name);
      case 'Transpose': {
        const perm = draft.attributes(operator).perm;
        return Array.isArray(perm) && (perm as number[]).every((axis, index) => axis === index) && draft.bypass(operator, this.name);
      }
      case 'Concat': case 'Sum': case 'Max': case 'Min': return operator.inputs.length === 1 && draft.bypass(operator, this.name);
      case 'Mul': case 'Div': case 'Add': case 'Sub': {
        const neutral = operator.type === 'Mul' || operator.type === 'Div' ? 1 : 0;
        if (sameShape(draft, x, y) && await constantIs(second, neutral)) return draft.bypass(operator, this.name);
        const commutes = operator.type === 'Mul' || operator.type === 'Add';
        return commutes && second !== undefined && sameShape(draft, second, y) && await constantIs(x, neutral) ? draft.bypass(operator, this.name, second) : false;
      }
      default: return false;
    }
  },
};

/** Two of a kind in a row that one can do. */
const chains: Rule = {
  name: 'join two operators of a kind',
  types: ['Reshape', 'Flatten', 'Transpose', 'Relu'],
  apply(draft, operator) {
    const before = draft.soleProducer(operator.inputs[0]);
    if (!before || before.domain !== '') return false;
    if (operator.type === 'Relu') return ['Relu', 'Sigmoid', 'Softmax', 'Exp', 'Abs', 'HardSigmoid'].includes(before.type) && draft.bypass(operator, this.name);
    if (operator.type === 'Transpose') {
      const [first, then] = [draft.attributes(before).perm, draft.attributes(operator).perm];
      if (before.type !== 'Transpose' || !Array.isArray(first) || !Array.isArray(then)) return false;
      draft.replace(operator, { inputs: [before.inputs[0]], attributes: { perm: (then as number[]).map((axis) => (first as number[])[axis]) } });
    } else {
      if (!['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'].includes(before.type)) return false;
      // a target that copies sizes from the input (0) or a flatten's axis means the shape in between
      if (operator.type === 'Flatten' ? draft.attributes(operator).axis !== 1 || !sameBatch(draft, before) : draft.values[operator.inputs[1]!].constant?.data.includes(0) !== false) return false;
      draft.replace(operator, { inputs: [before.inputs[0], ...operator.inputs.slice(1)] });
    }
    draft.remove(before);
    draft.note(this.name, before, operator);
    return true;
  },
};

function sameBatch(draft: Draft, operator: Operator): boolean {
  const [x, y] = [draft.values[operator.inputs[0]!].type.shape, draft.values[operator.outputs[0]].type.shape];
  return x !== undefined && y !== undefined && x.length > 0 && y.length > 0 && equals(x[0], y[0]) === true;
}

/** y = x * factor + offset for each output channel of a convolution or a matrix product goes into its weights. */
const batchNormalization: Rule = {
  name: 'fold batch normalisation into the layer before',
  types: ['BatchNormalization'],
  async apply(draft, operator) {
    const before = draft.soleProducer(operator.inputs[0]);
    if (!before || !['Conv', 'ConvTranspose', 'Gemm'].includes(before.type)) return false;
    const [scale, bias, mean, variance] = (await Promise.all(operator.inputs.slice(1, 5).map((input) => draft.elements(input)))).map(numbersOf);
    if (!scale || !bias || !mean || !variance) return false;
    const epsilon = Number(draft.attributes(operator).epsilon);
    const factor = scale.map((one, channel) => one / Math.sqrt(variance[channel] + epsilon));
    const offset = bias.map((one, channel) => one - mean[channel] * factor[channel]);
    return foldAffine(draft, before, operator, factor, offset, this.name);
  },
};

/** Multiplication by or addition of one constant for each channel. */
const affine: Rule = {
  name: 'fold a constant factor or offset into the layer before',
  types: ['Mul', 'Add', 'Sub', 'Div'],
  async apply(draft, operator) {
    const [x, constant] = operator.inputs;
    const swapped = draft.isFixed(x!) && (operator.type === 'Mul' || operator.type === 'Add');
    const before = draft.soleProducer(swapped ? constant : x);
    if (!before || !['Conv', 'ConvTranspose', 'Gemm'].includes(before.type)) return false;
    if (!sameShape(draft, before.outputs[0], operator.outputs[0])) return false;
    const tensor = await draft.elements(swapped ? x : constant);
    const numbers = numbersOf(tensor);
    if (!tensor || !numbers) return false;
    const channelAxis = before.type === 'Gemm' ? 1 : 1 - (draft.values[before.outputs[0]].type.shape?.length ?? 0);
    const channels = channelsOf(draft, before);
    // the constant may vary along the channels alone
    const axisFromEnd = before.type === 'Gemm' ? -1 : channelAxis;
    const perChannel = tensor.shape.every((size, axis) => size === 1 || axis - tensor.shape.length === axisFromEnd);
    if (channels === undefined || !perChannel || (numbers.length !== 1 && numbers.length !== channels)) return false;
    const each = Array.from({ length: channels }, (_, channel) => numbers[numbers.length === 1 ? 0 : channel]);
    const ones = each.map(() => 1);
    const zeros = each.map(() => 0);
    switch (operator.type) {
      case 'Mul': return foldAffine(draft, before, operator, each, zeros, this.name);
      case 'Div': return foldAffine(draft, before, operator, each.map((one) => 1 / one), zeros, this.name);
      case 'Add': return foldAffine(draft, before, operator, ones, each, this.name);
      default: return foldAffine(draft, before, operator, ones, each.map((one) => -one), this.name);
    }
  },
};

function channelsOf(draft: Draft, operator: Operator): number | undefined {
  const size = draft.values[operator.outputs[0]].type.shape?.[1];
  return typeof size === 'number' ? size : undefined;
}

async function foldAffine(draft: Draft, before: Operator, operator: Operator, factor: readonly number[], offset: readonly number[], rule: string): Promise<boolean> {
  const weight = await draft.elements(before.inputs[1]);
  const numbers = numbersOf(weight);
  const old = before.inputs[2] === undefined ? undefined : numbersOf(await draft.elements(before.inputs[2]));
  const attributes = draft.attributes(before);
  if (!weight || !numbers || (before.inputs[2] !== undefined && !old) || (old && old.length !== 1 && old.length !== factor.length)) return false;
  if (before.type === 'Gemm' && (Number(attributes.alpha) !== 1 || Number(attributes.beta) !== 1)) return false;
  const inner = weight.shape.slice(2).reduce((product, size) => product * size, 1);
  const group = Number(attributes.group ?? 1);
  // which output channel an element of the weights belongs to
  const channelOf = before.type === 'Conv' ? (index: number) => Math.floor(index / (inner * weight.shape[1]))
    : before.type === 'ConvTranspose' ? (index: number) => (Math.floor(index / inner) % weight.shape[1]) + weight.shape[1] * Math.floor(Math.floor(index / (inner * weight.shape[1])) / (weight.shape[0] / group))
    : Number(attributes.transB) ? (index: number) => Math.floor(index / weight.shape[1]) : (index: number) => index % weight.shape[1];
  const { dataType } = weight;
  const layer = draft.values[before.inputs[1]!].parameter;
  const owner = layer === undefined ? 0 : draft.parameters[layer].layer;
  const name = draft.values[before.inputs[1]!].name;
  const folded = draft.addWeight(`${name}_folded`, tensorOf(dataType, weight.shape, numbers.map((one, index) => one * factor[channelOf(index)])), owner);
  const bias = draft.addWeight(`${name}_bias_folded`, tensorOf(dataType, [factor.length], factor.map((one, channel) => one * (old ? old[old.length === 1 ? 0 : channel] : 0) + offset[channel])), owner);
  draft.remove(operator);
  draft.replace(before, { inputs: [before.inputs[0], folded, bias], outputs: [operator.outputs[0]] });
  draft.note(rule, before, operator);
  return true;
}

/** A matrix product and the addition of a row become one Gemm. */
const gemm: Rule = {
  name: 'join a matrix product and its bias',
  types: ['Add'],
  apply(draft, operator) {
    for (const [product, bias] of [[0, 1], [1, 0]]) {
      const before = draft.soleProducer(operator.inputs[product]);
      const row = operator.inputs[bias];
      if (before?.type !== 'MatMul' || row === undefined || !draft.isFixed(row)) continue;
      const [a, b] = before.inputs.map((input) => draft.values[input!].type.shape);
      const shape = draft.values[row].type.shape;
      if (a?.length !== 2 || b?.length !== 2 || shape === undefined || shape.length > 2 || !sameShape(draft, before.outputs[0], operator.outputs[0])) continue;
      draft.remove(before);
      draft.replace(operator, { type: 'Gemm', inputs: [...before.inputs, row], attributes: {} });
      draft.note(this.name, before, operator);
      return true;
    }
    return false;
  },
};

/** Zeros around a convolution's input become its padding. */
const padding: Rule = {
  name: 'fold padding into the convolution behind it',
  types: ['Conv'],
  async apply(draft, operator) {
    const before = draft.soleProducer(operator.inputs[0]);
    const attributes = draft.attributes(operator);
    if (before?.type !== 'Pad' || (draft.attributes(before).mode ?? 'constant') !== 'constant' || before.inputs[3] !== undefined || (attributes.auto_pad ?? 'NOTSET') !== 'NOTSET') return false;
    const pads = numbersOf(await draft.elements(before.inputs[1]));
    const fill = before.inputs[2] === undefined ? [0] : numbersOf(await draft.elements(before.inputs[2]));
    const rank = draft.values[operator.inputs[0]!].type.shape?.length;
    if (!pads || !fill || fill[0] !== 0 || !rank || pads.length !== 2 * rank || pads.some((pad) => pad < 0)) return false;
    if ([0, 1, rank, rank + 1].some((axis) => pads[axis] !== 0)) return false;
    const spatial = rank - 2;
    const own = (attributes.pads as readonly number[] | undefined) ?? new Array<number>(2 * spatial).fill(0);
    const total = own.map((pad, index) => pad + pads[index < spatial ? index + 2 : index - spatial + rank + 2]);
    draft.remove(before);
    draft.replace(operator, { inputs: [before.inputs[0], ...operator.inputs.slice(1)], attributes: { ...operator.attributes, pads: total } });
    draft.note(this.name, before, operator);
    return true;
  },
};

const elementwiseTypes = ['Relu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'Softplus', 'Softsign', 'HardSigmoid', 'HardSwish', 'Mish', 'Swish', 'Exp', 'Log', 'Sqrt', 'Neg', 'Abs', 'Erf', 'Clip', 'Cast', 'Reciprocal', 'Floor', 'Ceil', 'Round', 'Sign', 'Identity', 'Dropout'];

/** Keras's layouts put a transposition before and behind each convolution: moved behind what lies between, they meet and cancel. */
const transposition: Rule = {
  name: 'move a transposition behind an operator that does not care',
  types: [...elementwiseTypes, 'Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Sum', 'Concat'],
  apply(draft, operator) {
    const count = elementwiseTypes.includes(operator.type) ? 1 : operator.inputs.length;
    const before = operator.inputs.slice(0, count).map((input) => draft.soleProducer(input));
    const perm = before[0] && draft.attributes(before[0]).perm;
    if (!Array.isArray(perm) || !before.every((one) => one?.type === 'Transpose' && JSON.stringify(draft.attributes(one).perm) === JSON.stringify(perm))) return false;
    if (new Set(before).size < count || operator.outputs.length !== 1) return false;
    const axes = perm as number[];
    const inner = before.map((one) => one!.inputs[0]!);
    if (!inner.every((input) => draft.values[input].type.shape?.length === axes.length)) return false;
    // the operator moves forward to the last transposition: what else it takes must be there by then
    const last = before.reduce((latest, one) => (one!.id > latest!.id ? one : latest))!;
    if (operator.inputs.slice(count).some((input) => input !== undefined && (draft.values[input].producer ?? -1) > last.id)) return false;
    const attributes = { ...operator.attributes };
    if (operator.type === 'Concat') {
      const axis = Number(attributes.axis);
      attributes.axis = axes[axis < 0 ? axis + axes.length : axis];
    }
    const [output] = operator.outputs;
    const { shape } = draft.values[output].type;
    const unturned = shape && axes.map((_, axis) => shape[axes.indexOf(axis)]);
    // the first transposition's place, which is before this one, is taken by the operator, and the operator's by it
    const between = draft.addValue(`${draft.values[output].name}_before`, { dataType: draft.values[output].type.dataType, shape: unturned });
    for (const one of before) draft.remove(one!);
    draft.replace({ ...operator, id: last.id }, { inputs: [...inner, ...operator.inputs.slice(count)], outputs: [between], attributes });
    draft.replace({ ...last, id: operator.id }, { inputs: [between], outputs: [output], attributes: { perm: axes } });
    draft.note(this.name, operator);
    return true;
  },
};

/** Numbers of a floating tensor. */
function numbersOf(tensor: Tensor | undefined): number[] | undefined {
  return tensor && !Array.isArray(tensor.data) && tensor.data.length === elementCount(tensor.shape) ? Array.from(tensor.data as ArrayLike<number | bigint>, Number) : undefined;
}

export const rules: readonly Rule[] = [idle, chains, batchNormalization, gemm, affine, padding, transposition];
