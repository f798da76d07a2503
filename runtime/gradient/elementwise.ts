import { input, number, rank, unbroadcast, where, type GradientRule, type Step } from './rule.ts';

/** The derivative of a function of one element, times the gradient behind it. */
type Derivative = (context: { step: Step; x: number; y: number; dy: number; op: (type: string, ...inputs: number[]) => number; value: (value: number) => number }) => number;

function unary(derivative: Derivative): GradientRule {
  return (step) => {
    const x = input(step, 0);
    const op = (type: string, ...inputs: number[]) => step.graph.apply(type, inputs);
    return [derivative({ step, x, y: step.outputs[0], dy: step.gradient, op, value: (value) => step.graph.scalar(value, x) })];
  };
}

const sqrtHalfPi = Math.sqrt(2 / Math.PI);

const unaries: Readonly<Record<string, Derivative>> = {
  Identity: ({ dy }) => dy,
  Neg: ({ dy, op }) => op('Neg', dy),
  Abs: ({ x, dy, op }) => op('Mul', dy, op('Sign', x)),
  Exp: ({ y, dy, op }) => op('Mul', dy, y),
  Log: ({ x, dy, op }) => op('Div', dy, x),
  Sqrt: ({ y, dy, op, value }) => op('Div', dy, op('Mul', value(2), y)),
  Reciprocal: ({ y, dy, op }) => op('Neg', op('Mul', dy, op('Mul', y, y))),
  Sin: ({ x, dy, op }) => op('Mul', dy, op('Cos', x)),
  Cos: ({ x, dy, op }) => op('Neg', op('Mul', dy, op('Sin', x))),
  Tan: ({ y, dy, op, value }) => op('Mul', dy, op('Add', value(1), op('Mul', y, y))),
  Asin: ({ x, dy, op, value }) => op('Div', dy, op('Sqrt', op('Sub', value(1), op('Mul', x, x)))),
  Acos: ({ x, dy, op, value }) => op('Neg', op('Div', dy, op('Sqrt', op('Sub', value(1), op('Mul', x, x))))),
  Atan: ({ x, dy, op, value }) => op('Div', dy, op('Add', value(1), op('Mul', x, x))),
  Sinh: ({ x, dy, op }) => op('Mul', dy, op('Cosh', x)),
  Cosh: ({ x, dy, op }) => op('Mul', dy, op('Sinh', x)),
  Asinh: ({ x, dy, op, value }) => op('Div', dy, op('Sqrt', op('Add', value(1), op('Mul', x, x)))),
  Acosh: ({ x, dy, op, value }) => op('Div', dy, op('Sqrt', op('Sub', op('Mul', x, x), value(1)))),
  Atanh: ({ x, dy, op, value }) => op('Div', dy, op('Sub', value(1), op('Mul', x, x))),
  Erf: ({ x, dy, op, value }) => op('Mul', dy, op('Mul', value(2 / Math.sqrt(Math.PI)), op('Exp', op('Neg', op('Mul', x, x))))),
  Relu: ({ step, x, dy, op, value }) => where(step, op('Greater', x, value(0)), dy),
  Sigmoid: ({ y, dy, op, value }) => op('Mul', dy, op('Mul', y, op('Sub', value(1), y))),
  Tanh: ({ y, dy, op, value }) => op('Mul', dy, op('Sub', value(1), op('Mul', y, y))),
  Softplus: ({ x, dy, op }) => op('Mul', dy, op('Sigmoid', x)),
  Softsign: ({ x, dy, op, value }) => {
    const base = op('Add', value(1), op('Abs', x));
    return op('Div', dy, op('Mul', base, base));
  },
  LeakyRelu: ({ step, x, dy, op, value }) => op('Where', op('Greater', x, value(0)), dy, op('Mul', dy, value(number(step, 'alpha')))),
  Elu: ({ step, x, y, dy, op, value }) => op('Where', op('Greater', x, value(0)), dy, op('Mul', dy, op('Add', y, value(number(step, 'alpha'))))),
  Selu: ({ step, x, y, dy, op, value }) => {
    const gamma = number(step, 'gamma');
    return op('Mul', dy, op('Where', op('Greater', x, value(0)), value(gamma), op('Add', y, value(number(step, 'alpha') * gamma))));
  },
  Celu: ({ step, x, dy, op, value }) => op('Where', op('Greater', x, value(0)), dy, op('Mul', dy, op('Exp', op('Div', x, value(number(step, 'alpha')))))),
  ThresholdedRelu: ({ step, x, dy, op, value }) => where(step, op('Greater', x, value(number(step, 'alpha'))), dy),
  Shrink: ({ step, x, dy, op, value }) => where(step, op('Greater', op('Abs', x), value(number(step, 'lambd'))), dy),
  HardSigmoid: ({ step, y, dy, op, value }) => {
    const inside = op('And', op('Greater', y, value(0)), op('Less', y, value(1)));
    return where(step, inside, op('Mul', dy, value(number(step, 'alpha'))));
  },
  HardSwish: ({ x, dy, op, value }) => {
    const slope = op('Add', op('Div', x, value(3)), value(0.5));
    return op('Mul', dy, op('Where', op('Greater', x, value(3)), value(1), op('Where', op('Less', x, value(-3)), value(0), slope)));
  },
  Gelu: ({ step, x, dy, op, value }) => {
    const square = op('Mul', x, x);
    if (step.attributes.approximate === 'tanh') {
      const inner = op('Mul', value(sqrtHalfPi), op('Add', x, op('Mul', value(0.044715), op('Mul', square, x))));
      const tanh = op('Tanh', inner);
      const inside = op('Mul', value(sqrtHalfPi), op('Add', value(1), op('Mul', value(3 * 0.044715), square)));
      const left = op('Mul', value(0.5), op('Add', value(1), tanh));
      const right = op('Mul', op('Mul', value(0.5), x), op('Mul', op('Sub', value(1), op('Mul', tanh, tanh)), inside));
      return op('Mul', dy, op('Add', left, right));
    }
    const distribution = op('Mul', value(0.5), op('Add', value(1), op('Erf', op('Mul', x, value(Math.SQRT1_2)))));
    const density = op('Mul', value(1 / Math.sqrt(2 * Math.PI)), op('Exp', op('Mul', value(-0.5), square)));
    return op('Mul', dy, op('Add', distribution, op('Mul', x, density)));
  },
  Mish: ({ x, dy, op, value }) => {
    const tanh = op('Tanh', op('Softplus', x));
    return op('Mul', dy, op('Add', tanh, op('Mul', op('Mul', x, op('Sigmoid', x)), op('Sub', value(1), op('Mul', tanh, tanh)))));
  },
  Swish: ({ step, x, y, dy, op, value }) => {
    const alpha = value(Number(step.attributes.alpha ?? 1));
    const gate = op('Sigmoid', op('Mul', alpha, x));
    return op('Mul', dy, op('Add', gate, op('Mul', op('Mul', alpha, y), op('Sub', value(1), gate))));
  },
};

/** Gradients of functions of two tensors that are broadcast against each other. */
function binary(left: (step: Step, a: number, b: number, op: (type: string, ...inputs: number[]) => number) => number,
  right: (step: Step, a: number, b: number, op: (type: string, ...inputs: number[]) => number) => number): GradientRule {
  return (step) => {
    const [a, b] = [input(step, 0), input(step, 1)];
    const op = (type: string, ...inputs: number[]) => step.graph.apply(type, inputs);
    return [
      step.wanted[0] ? unbroadcast(step, left(step, a, b, op), a) : undefined,
      step.wanted[1] ? unbroadcast(step, right(step, a, b, op), b) : undefined,
    ];
  };
}

/** The largest or smallest: the gradient goes to those that equal the result, in equal shares. */
const extreme: GradientRule = (step) => {
  const { graph, gradient, outputs } = step;
  const masks = step.inputs.map((_, index) => graph.apply('Cast', [graph.apply('Equal', [input(step, index), outputs[0]])], { to: graph.type(gradient).dataType ?? 'float32' }));
  const share = graph.apply('Div', [gradient, graph.apply('Sum', masks)]);
  return masks.map((mask, index) => unbroadcast(step, graph.apply('Mul', [share, mask]), input(step, index)));
};

export const elementwise: ReadonlyMap<string, GradientRule> = new Map([
  ...Object.entries(unaries).map(([type, derivative]) => [type, unary(derivative)] as const),
  ['Dropout', (step) => [step.gradient]],
  ['Cast', (step) => {
    const dataType = step.graph.type(input(step, 0)).dataType ?? 'float32';
    return dataType === 'float32' || dataType === 'float64' || dataType === 'float16' ? [step.graph.apply('Cast', [step.gradient], { to: dataType })] : [undefined];
  }],
  ['Add', binary(({ gradient }) => gradient, ({ gradient }) => gradient)],
  ['Sub', binary(({ gradient }) => gradient, ({ gradient }, _a, _b, op) => op('Neg', gradient))],
  ['Mul', binary(({ gradient }, _a, b, op) => op('Mul', gradient, b), ({ gradient }, a, _b, op) => op('Mul', gradient, a))],
  ['Div', binary(({ gradient }, _a, b, op) => op('Div', gradient, b), ({ gradient, outputs }, _a, b, op) => op('Neg', op('Div', op('Mul', gradient, outputs[0]), b)))],
  ['Pow', binary(
    ({ graph, gradient }, a, b, op) => op('Mul', gradient, op('Mul', graph.apply('Cast', [b], { to: graph.type(a).dataType ?? 'float32' }), op('Pow', a, op('Sub', b, graph.scalar(1, b))))),
    ({ graph, gradient, outputs }, a, _b, op) => op('Mul', gradient, op('Mul', outputs[0], op('Log', op('Where', op('Greater', a, graph.scalar(0, a)), a, graph.scalar(1, a))))),
  )],
  ['PRelu', binary(
    ({ graph, gradient }, a, b, op) => op('Where', op('Greater', a, graph.scalar(0, a)), gradient, op('Mul', gradient, b)),
    ({ graph, gradient }, a, _b, op) => op('Mul', gradient, op('Min', a, graph.scalar(0, a))),
  )],
  ['Max', extreme],
  ['Min', extreme],
  ['Sum', (step) => step.inputs.map((_, index) => unbroadcast(step, step.gradient, input(step, index)))],
  ['Mean', (step) => {
    const share = step.graph.apply('Div', [step.gradient, step.graph.scalar(step.inputs.length, step.gradient)]);
    return step.inputs.map((_, index) => unbroadcast(step, share, input(step, index)));
  }],
  ['Where', (step) => {
    const { graph, gradient } = step;
    const condition = input(step, 0);
    const zero = graph.scalar(0, gradient);
    return [undefined,
      step.wanted[1] ? unbroadcast(step, graph.apply('Where', [condition, gradient, zero]), input(step, 1)) : undefined,
      step.wanted[2] ? unbroadcast(step, graph.apply('Where', [condition, zero, gradient]), input(step, 2)) : undefined];
  }],
  ['Clip', (step) => {
    const { graph, gradient, inputs } = step;
    const x = input(step, 0);
    let result = gradient;
    if (inputs[1] !== undefined) result = where(step, graph.apply('GreaterOrEqual', [x, inputs[1]]), result);
    if (inputs[2] !== undefined) result = where(step, graph.apply('LessOrEqual', [x, inputs[2]]), result);
    return [result];
  }],
  ['CumSum', (step) => [step.graph.apply('CumSum', [step.gradient, input(step, 1)], { exclusive: number(step, 'exclusive'), reverse: 1 - number(step, 'reverse') })]],
  ['Softmax', (step) => {
    const { graph, gradient, outputs: [y] } = step;
    const axis = graph.integers(softmaxAxis(step));
    const sum = graph.apply('ReduceSum', [graph.apply('Mul', [gradient, y]), axis], { keepdims: 1 });
    return [graph.apply('Mul', [y, graph.apply('Sub', [gradient, sum])])];
  }],
  ['LogSoftmax', (step) => {
    const { graph, gradient, outputs: [y] } = step;
    const sum = graph.apply('ReduceSum', [gradient, graph.integers(softmaxAxis(step))], { keepdims: 1 });
    return [graph.apply('Sub', [gradient, graph.apply('Mul', [graph.apply('Exp', [y]), sum])])];
  }],
]);

function softmaxAxis(step: Step): number {
  const axis = Number(step.attributes.axis ?? -1);
  return axis < 0 ? axis + rank(step, step.outputs[0]) : axis;
}
