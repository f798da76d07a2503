/** The face of the graph room: what is done with a layer graph, whoever made it. */
export * from './graph.ts';
export * from './tensor.ts';
export { stored, type StoredTensor, type Weights } from './weights.ts';
export { elementCount, tensorOf } from './elements.ts';
export { batchSymbol, inputSymbols, instantiate, smallest } from './instantiate.ts';
export { ancestors } from './subgraph.ts';
export { compact } from './compact.ts';
export { cut, cutBetween, cutLayers } from './cut.ts';
export { readOnnx, type OnnxModel } from './onnx/read.ts';
export { NotExportable, writeOnnx, type WriteOptions } from './onnx/write.ts';
export { countParameters, listLayers, type ListedLayer } from './rendering/layers.ts';
export { modelJson, type ModelJson } from './rendering/json.ts';
export { summary } from './rendering/summary.ts';
export { dot } from './rendering/dot.ts';
export { describePreprocessing, describeStep, type Preprocessing, type PreprocessingStep } from './preprocessing.ts';
