import type { Location } from './location.ts';

/**
 * What a program does to a picture before its model sees it. The picture's values are those of its bytes, 0 to 255, until a step changes them:
 * PyTorch's `ToTensor` is the step that divides them by 255.
 */
export interface Preprocessing {
  /** Where the program says it. */
  readonly location?: Location;
  /** In the order in which they are done. */
  readonly steps: readonly PreprocessingStep[];
}

export type PreprocessingStep = PictureOperation & { readonly location?: Location };

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos' | 'box' | 'hamming';

export type PictureOperation =
  /**
   * To a height and width, or so that the shorter side has a length (the longer one at most `longest`). `smooth`: filters are widened where the picture
   * shrinks, as PIL and torchvision do and TensorFlow does not.
   */
  | { readonly kind: 'resize'; readonly size: number | readonly [height: number, width: number]; readonly longest?: number; readonly interpolation: Interpolation; readonly smooth: boolean }
  /** The middle; zeros around where the picture is smaller. */
  | { readonly kind: 'crop'; readonly height: number; readonly width: number }
  | { readonly kind: 'pad'; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number; readonly value: number }
  /** By luminance, in one channel or in three equal ones. */
  | { readonly kind: 'grey'; readonly channels: 1 | 3 }
  | { readonly kind: 'colour' }
  /** `value * factor + offset`: one of each, or one for each channel. */
  | { readonly kind: 'scale'; readonly factor: readonly number[]; readonly offset: readonly number[] }
  /** Red, green, blue become blue, green, red. */
  | { readonly kind: 'reverse' }
  /** What is not done, and why: it is random, or not followed. */
  | { readonly kind: 'skipped'; readonly what: string; readonly reason: 'random' | 'not followed' };

/** A step in words: `resized so that the shorter side is 256 (bilinear)`. */
export function describeStep(step: PictureOperation): string {
  switch (step.kind) {
    case 'resize': {
      const how = `${step.interpolation}${step.smooth || step.interpolation === 'nearest' ? '' : ', without smoothing'}`;
      return typeof step.size === 'number' ? `resized so that the shorter side is ${step.size}${step.longest === undefined ? '' : ` and the longer at most ${step.longest}`} (${how})`
        : `resized to ${step.size[1]}x${step.size[0]} (${how})`;
    }
    case 'crop': return `cropped to the middle ${step.width}x${step.height}`;
    case 'pad': return `padded by ${step.left}, ${step.top}, ${step.right}, ${step.bottom} (left, top, right, bottom) with ${step.value}`;
    case 'grey': return step.channels === 1 ? 'converted to grey' : 'converted to grey in three channels';
    case 'colour': return 'converted to three channels';
    case 'scale': return describeScale(step);
    case 'reverse': return 'channels reversed, from RGB to BGR';
    case 'skipped': return step.reason === 'random' ? `${step.what} is random and left out` : `${step.what} could not be followed and is left out`;
  }
}

function describeScale({ factor, offset }: Extract<PictureOperation, { kind: 'scale' }>): string {
  const same = (values: readonly number[], value: number): boolean => values.every((one) => one === value);
  if (same(factor, -1)) return `subtracted from ${list(offset)}`;
  const inverse = factor.map((value) => 1 / value);
  if (same(factor, 1)) return same(offset, 0) ? 'kept as they are' : added(offset);
  const scaled = factor.every((value) => Math.abs(value) < 1) || !same(offset, 0) ? `divided by ${list(inverse)}` : `multiplied by ${list(factor)}`;
  if (same(offset, 0)) return scaled;
  // first the mean, then the deviation, unless the other way about has clearly shorter numbers: that is how people wrote it then
  const [meanFirst, meanLast] = [`${added(offset.map((value, index) => value / at(factor, index)))}, ${scaled}`, `${scaled}, ${added(offset)}`];
  return meanLast.length + 3 < meanFirst.length ? meanLast : meanFirst;
}

function added(offset: readonly number[]): string {
  return offset.every((value) => value <= 0) ? `less ${list(offset.map((value) => -value))}` : `plus ${list(offset)}`;
}

function list(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? short(values[0]) : `(${values.map(short).join(', ')})`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** All steps in words, with their lines where they are known. */
export function describePreprocessing({ steps, location }: Preprocessing): string[] {
  if (steps.length === 0) return [`values are kept from 0 to 255${location ? ` (line ${location.line})` : ''}`];
  return steps.map((step) => `${describeStep(step)}${step.location ? ` (line ${step.location.line})` : ''}`);
}

/** The factor and offset of all steps on values together, for each of so many channels. */
export function scaleOf({ steps }: Preprocessing, channels: number): readonly { readonly factor: number; readonly offset: number }[] {
  let scales = Array.from({ length: channels }, () => ({ factor: 1, offset: 0 }));
  for (const step of steps) {
    if (step.kind === 'reverse') scales = scales.toReversed();
    if (step.kind !== 'scale') continue;
    scales = scales.map(({ factor, offset }, channel) => {
      const [times, plus] = [at(step.factor, channel), at(step.offset, channel)];
      return { factor: factor * times, offset: offset * times + plus };
    });
  }
  return scales;
}

/** Of one value for all channels, or of one for each. */
export function at(values: readonly number[], channel: number): number {
  return values.length === 1 ? values[0] : values[channel] ?? values[0];
}

/** Whether red and blue change places. */
export function isReversed({ steps }: Preprocessing): boolean {
  return steps.filter(({ kind }) => kind === 'reverse').length % 2 === 1;
}
