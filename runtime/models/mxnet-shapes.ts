import { isKnown, multiply, type Dimension } from '../../graph/dimension.ts';
import type { Attributes } from '../../graph/graph.ts';
import type { Emitter } from './emitter.ts';
import { numberLike, type SymbolOperator } from './mxnet-layers.ts';

const farEnd = 2 ** 31 - 1;

/** MXNet's operators that move elements about; false where one is not known. */
export function rearranged(emitter: Emitter, node: SymbolOperator): boolean {
  const { op, inputs, outputs, parameters: p } = node;
  const [x, second] = inputs;
  const [y] = outputs;
  const rank = emitter.rankOf(x);
  const emit = (type: string, from: readonly string[], attributes: Attributes = {}): true => {
    emitter.emit(type, from, attributes, y);
    return true;
  };
  switch (op) {
    case 'Reshape': case 'reshape': return reshape(emitter, node);
    case 'reshape_like': return emit('Reshape', [x, emitter.emit('Shape', [second])]);
    case 'transpose': {
      const perm = p.numbers('axes') ?? [];
      return emit('Transpose', [x], perm.length > 0 ? { perm } : {});
    }
    case 'SwapAxis': case 'swapaxes': {
      if (rank === undefined) return false;
      const [a, b] = [p.number('dim1', 0), p.number('dim2', 0)].map((axis) => (axis + rank) % rank);
      return emit('Transpose', [x], { perm: Array.from({ length: rank }, (_, axis) => (axis === a ? b : axis === b ? a : axis)) });
    }
    case 'expand_dims': return emit('Unsqueeze', [x, emitter.integers(p.number('axis', 0))]);
    case 'squeeze': {
      const axes = p.numbers('axis');
      return emit('Squeeze', [x, ...(axes ? [emitter.integers(...axes)] : [])]);
    }
    case 'slice_axis': return emit('Slice', [x, emitter.integers(p.number('begin', 0)), emitter.integers(p.number('end', farEnd)), emitter.integers(p.number('axis', 0))]);
    case 'slice': case 'crop': {
      const [begin, end, step] = [p.list('begin') ?? [], p.list('end') ?? [], p.list('step') ?? []];
      const axes = begin.map((_, axis) => axis);
      const steps = axes.map((axis) => step[axis] ?? 1);
      return emit('Slice', [
        x, emitter.integers(...axes.map((axis) => begin[axis] ?? (steps[axis] < 0 ? farEnd : 0))), emitter.integers(...axes.map((axis) => end[axis] ?? (steps[axis] < 0 ? -farEnd : farEnd))),
        emitter.integers(...axes), emitter.integers(...steps),
      ]);
    }
    case 'slice_like': {
      const axes = p.numbers('axes') ?? [];
      const chosen = axes.length > 0 ? axes : rank === undefined ? undefined : Array.from({ length: rank }, (_, axis) => axis);
      if (!chosen) return false;
      const sizes = emitter.emit('Gather', [emitter.emit('Shape', [second]), emitter.integers(...chosen)], { axis: 0 });
      return emit('Slice', [x, emitter.integers(...chosen.map(() => 0)), sizes, emitter.integers(...chosen)]);
    }
    case 'SliceChannel': case 'split': return split(emitter, node);
    case 'stack': {
      const axis = p.number('axis', 0);
      return emit('Concat', inputs.map((input) => emitter.emit('Unsqueeze', [input, emitter.integers(axis)])), { axis });
    }
    case 'Pad': case 'pad': {
      const widths = p.numbers('pad_width') ?? [];
      const amounts = emitter.integers(...widths.filter((_, index) => index % 2 === 0), ...widths.filter((_, index) => index % 2 === 1));
      const mode = p.text('mode') ?? 'constant';
      if (mode !== 'constant') return emit('Pad', [x, amounts], { mode });
      return emit('Pad', [x, amounts, numberLike(emitter, x, p.number('constant_value', 0))]);
    }
    case 'tile': {
      const repeats = p.numbers('reps') ?? [];
      if (rank === undefined || repeats.length > rank) return false;
      return emit('Tile', [x, emitter.integers(...Array.from({ length: rank - repeats.length }, () => 1), ...repeats)]);
    }
    case 'broadcast_like': return p.numbers('lhs_axes') === undefined && emit('Expand', [x, emitter.emit('Shape', [second])]);
    case 'broadcast_to': return emit('Expand', [x, emitter.integers(...(p.numbers('shape') ?? []).map((size) => size || 1))]);
    case 'broadcast_axis': case 'broadcast_axes': {
      if (rank === undefined) return false;
      const [axes, sizes] = [p.numbers('axis') ?? [], p.numbers('size') ?? []];
      const target = Array.from({ length: rank }, () => 1);
      axes.forEach((axis, index) => { target[(axis + rank) % rank] = sizes[index] ?? 1; });
      return emit('Expand', [x, emitter.integers(...target)]);
    }
    case 'reverse': case 'flip': {
      const axes = p.numbers('axis') ?? [];
      return emit('Slice', [x, emitter.integers(...axes.map(() => farEnd)), emitter.integers(...axes.map(() => -farEnd)), emitter.integers(...axes), emitter.integers(...axes.map(() => -1))]);
    }
    case 'depth_to_space': case 'space_to_depth': return emit(op === 'depth_to_space' ? 'DepthToSpace' : 'SpaceToDepth', [x], { blocksize: p.number('block_size', 1) });
    case 'shape_array': return emit('Shape', [x]);
    default: return false;
  }
}

function split(emitter: Emitter, { inputs: [x], outputs, parameters: p }: SymbolOperator): boolean {
  const axis = p.number('axis', 1);
  const squeezed = p.flag('squeeze_axis');
  const parts = squeezed ? outputs.map((output) => emitter.assembler.fresh(`${output}_part`)) : outputs;
  emitter.emitMany('Split', [x], parts, { axis, num_outputs: outputs.length });
  if (squeezed) parts.forEach((part, index) => emitter.emit('Squeeze', [part, emitter.integers(axis)], {}, outputs[index]));
  return true;
}

/**
 * MXNet's codes in a target shape: 0 keeps a size, -1 is what is left, -2 keeps all that follow, -3 joins two,
 * -4 splits one into the two that follow.
 */
function reshape(emitter: Emitter, { inputs: [x], outputs: [y], parameters: p }: SymbolOperator): boolean {
  const codes = p.numbers('shape') ?? p.numbers('target_shape') ?? [];
  if (p.flag('reverse')) return false;
  if (codes.every((code) => code >= -1)) {
    emitter.emit('Reshape', [x, emitter.integers(...codes)], {}, y);
    return true;
  }
  const shape = emitter.typeOf(x)?.shape;
  if (!shape) return false;
  const target: Dimension[] = [];
  let from = 0;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code > 0 || code === -1) {
      target.push(code);
      from++;
    } else if (code === 0) target.push(shape[from++]);
    else if (code === -2) {
      while (from < shape.length) target.push(shape[from++]);
    } else if (code === -3) {
      target.push(multiply(shape[from], shape[from + 1] ?? 1));
      from += 2;
    } else if (code === -4) {
      const [first, second] = [codes[++at], codes[++at]];
      const whole = shape[from++];
      if (first === -1 || second === -1) {
        const stated = first === -1 ? second : first;
        const rest = isKnown(whole) && stated > 0 ? whole / stated : -1;
        target.push(...(first === -1 ? [rest, stated] : [stated, rest]));
      } else target.push(first, second);
    } else return false;
  }
  // one size may stay open, and ONNX finds it
  const sizes = target.map((size) => (isKnown(size) ? size : -1));
  if (sizes.filter((size) => size === -1).length > 1) return false;
  emitter.emit('Reshape', [x, emitter.integers(...sizes)], {}, y);
  return true;
}
