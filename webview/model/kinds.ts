/** What a layer is for: it chooses the colour of its mark and the noun that a screen reader hears. */
export type Kind = 'convolution' | 'dense' | 'sequence' | 'normalisation' | 'activation' | 'shape' | 'merge' | 'regularisation' | 'boundary' | 'container' | 'gap' | 'other';

/** First match wins; the names are those of Keras, PyTorch, Gluon and ONNX. */
const patterns: readonly (readonly [Kind, RegExp])[] = [
  ['gap', /^Unknown$/],
  ['boundary', /^(Input|InputLayer|Output)$/],
  ['convolution', /conv/i],
  ['sequence', /lstm|gru|rnn|attention|embedding|transformer|einsum/i],
  ['normalisation', /norm|rescaling/i],
  ['regularisation', /dropout|droppath|stochasticdepth|gaussiannoise|activityregular/i],
  ['shape', /pool|flatten|reshape|permute|transpose|squeeze|pad|crop|upsampl|resize|repeat|slice|gather|split|expand|identity|cast|shape|shuffle|tile|unfold|fold|interpolat|reduce|lambda|constant/i],
  ['dense', /^(linear|dense|gemm|matmul|bilinear|einsumdense|fullyconnected|lazylinear|noisylinear)$/i],
  ['activation', /relu|sigmoid|tanh|softmax|gelu|swish|silu|mish|elu|activation|softplus|softsign|clip|erf|glu$/i],
  ['merge', /^(add|concat|concatenate|multiply|mul|sub|subtract|average|maximum|minimum|dot|div|sum|max|min|stack|join|pow|where)$/i],
];

const known = new Map<string, Kind>();

/** The kind of a layer or operator of this type. */
export function kindOf(type: string): Kind {
  let kind = known.get(type);
  if (kind === undefined) {
    kind = patterns.find(([, pattern]) => pattern.test(type))?.[0] ?? 'other';
    known.set(type, kind);
  }
  return kind;
}
