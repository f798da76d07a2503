/** The face of the runtime: what other rooms use. */
export { bind, requireComplete, BindingError, type Binding, type Mismatch } from './bind.ts';
export { initialize, generator } from './initialize.ts';
export type { Checkpoint, CheckpointFormat, CheckpointLayer } from './formats/checkpoint.ts';
export { CheckpointError } from './formats/file.ts';
export { checkpointExtensions, findWeights, openCheckpoint, openOnnx } from './formats/open.ts';
export { createSession, tensorNamed, type RunOptions, type RunResult, type Session, type SessionOptions } from './session/session.ts';
export { RunError } from './session/errors.ts';
export type { Feeds } from './session/feeds.ts';
export { differentiableOperators, gradientGraph, GradientError, type GradientGraph } from './gradient/gradient.ts';
export { lossGradient, scoresBefore, type LossGradient } from './gradient/loss.ts';
export { classScores, type ClassScores } from './classes.ts';
export { encodeNpy } from './formats/write-numpy.ts';
export { statistics, type TensorStatistics } from './statistics.ts';
export { findInputs } from './inputs/find-inputs.ts';
export { imageLayout, type ImageLayout } from './inputs/image-layout.ts';
export { encodePicture, type DecodedPicture } from './inputs/picture.ts';
export { readInput, type InputSource, type ReadInput } from './inputs/read-input.ts';
export { pictureOfTensor } from './inputs/shaping.ts';
