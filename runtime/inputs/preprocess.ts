import { at, describeStep, type PictureOperation, type Preprocessing } from '../../graph/preprocessing.ts';
import { CheckpointError } from '../formats/file.ts';
import type { ImageLayout } from './image-layout.ts';
import { withChannels, type DecodedPicture } from './picture.ts';
import { resample } from './resample.ts';

/** No step makes more than this of a picture. */
const mostPixels = 64e6;

export interface Preprocessed {
  /** Of the layout's size and channels, its values as the model takes them. */
  readonly picture: DecodedPicture;
  /** What was done, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Does to a picture (values from 0 to 255) what the program does before its model sees it. What the program leaves open because its own pictures
 * have the right size and channels is done first; what still does not fit then, last: both are said.
 * `fitted`: the picture was made at the model's size, so that only its values change.
 * @throws CheckpointError where a step would make too large a picture
 */
export function preprocess(given: DecodedPicture, { steps }: Preprocessing, layout: ImageLayout, fitted = false): Preprocessed {
  const remarks: string[] = [];
  const done = fitted ? steps.filter(({ kind }) => kind !== 'resize' && kind !== 'crop' && kind !== 'pad') : steps;
  let picture = given;
  if (!done.some(({ kind }) => kind === 'resize' || kind === 'crop')) {
    picture = sized(picture, layout, true, remarks, 'the size of the model\'s input');
  }
  if (!done.some(({ kind }) => kind === 'grey' || kind === 'colour')) picture = inChannels(picture, layout, remarks);
  // values are bytes until a step scales them; PIL rounds them after each step
  let bytes = true;
  for (const step of done) {
    picture = apply(step, picture, bytes);
    if (step.kind === 'scale' || (step.kind === 'resize' && !step.smooth && step.interpolation !== 'nearest')) bytes = false;
    remarks.push(`${describeStep(step)}${step.location ? ` (line ${step.location.line})` : ''}`);
  }
  if (done.length === 0) remarks.push('values kept from 0 to 255');
  picture = inChannels(picture, layout, remarks);
  picture = sized(picture, layout, bytes, remarks, 'which the model takes');
  return { picture, remarks };
}

function apply(step: PictureOperation, picture: DecodedPicture, bytes: boolean): DecodedPicture {
  switch (step.kind) {
    case 'resize': {
      const { width, height } = sizeAfter(step, picture);
      checkSize(width, height);
      return resample(picture, width, height, { interpolation: step.interpolation, smooth: step.smooth, bytes: bytes && step.smooth });
    }
    case 'crop': return cropped(picture, step.width, step.height);
    case 'pad': {
      const [width, height] = [picture.width + step.left + step.right, picture.height + step.top + step.bottom];
      checkSize(width, height);
      return framed(picture, width, height, -step.left, -step.top, step.value);
    }
    case 'grey': {
      const grey = { ...withChannels(picture, 1) };
      const values = bytes && picture.channels === 3 ? grey.values.map((value) => Math.floor(value + 0.5)) : grey.values;
      return withChannels({ ...grey, values }, step.channels);
    }
    case 'colour': return withChannels(picture, 3);
    case 'scale': {
      const { channels } = picture;
      return { ...picture, values: picture.values.map((value, index) => value * at(step.factor, index % channels) + at(step.offset, index % channels)) };
    }
    case 'reverse': {
      if (picture.channels === 1) return picture;
      return { ...picture, values: picture.values.map((_, index, all) => all[index - (index % 3) + 2 - (index % 3)]) };
    }
    case 'skipped': return picture;
  }
}

function sizeAfter({ size, longest }: Extract<PictureOperation, { kind: 'resize' }>, { width, height }: DecodedPicture): { width: number; height: number } {
  if (typeof size !== 'number') return { height: size[0], width: size[1] };
  let short = size;
  let long = Math.trunc((size * Math.max(width, height)) / Math.min(width, height));
  if (longest !== undefined && long > longest) [short, long] = [Math.trunc((longest * short) / long), longest];
  return width <= height ? { width: short, height: long } : { width: long, height: short };
}

/** The middle, on black where the picture is smaller: torchvision's `center_crop`. */
function cropped(picture: DecodedPicture, width: number, height: number): DecodedPicture {
  checkSize(Math.max(width, picture.width), Math.max(height, picture.height));
  const [padLeft, padTop] = [Math.max(0, Math.floor((width - picture.width) / 2)), Math.max(0, Math.floor((height - picture.height) / 2))];
  const left = width > picture.width ? -padLeft : halfToEven((picture.width - width) / 2);
  const top = height > picture.height ? -padTop : halfToEven((picture.height - height) / 2);
  return framed(picture, width, height, left, top, 0);
}

/** Python's `round`. */
function halfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** What a frame of this size shows whose corner lies at a place of the picture. */
function framed({ channels, width: wide, height: high, values }: DecodedPicture, width: number, height: number, left: number, top: number, around: number): DecodedPicture {
  if (width <= 0 || height <= 0) throw new CheckpointError(`The code's preprocessing leaves a picture of ${width}x${height}`);
  const framedValues = new Float32Array(width * height * channels).fill(around);
  const [from, to] = [Math.max(0, left), Math.min(wide, left + width)];
  for (let y = Math.max(0, -top); y < height && y + top < high; y++) {
    if (to > from) framedValues.set(values.subarray(((y + top) * wide + from) * channels, ((y + top) * wide + to) * channels), (y * width + from - left) * channels);
  }
  return { width, height, channels, values: framedValues };
}

function sized(picture: DecodedPicture, layout: ImageLayout, bytes: boolean, remarks: string[], why: string): DecodedPicture {
  const [width, height] = [layout.width ?? picture.width, layout.height ?? picture.height];
  if (picture.width === width && picture.height === height) return picture;
  remarks.push(`resized from ${picture.width}x${picture.height} to ${width}x${height} (bilinear), ${why}`);
  return resample(picture, width, height, { interpolation: 'bilinear', smooth: true, bytes });
}

function inChannels(picture: DecodedPicture, { channels }: ImageLayout, remarks: string[]): DecodedPicture {
  if (picture.channels === 3 && channels === 1) remarks.push('converted from colour to grey');
  return withChannels(picture, channels);
}

function checkSize(width: number, height: number): void {
  if (!(width * height <= mostPixels) || width < 1 || height < 1) throw new CheckpointError(`The code's preprocessing makes a picture of ${width}x${height} pixels, which is refused`);
}
