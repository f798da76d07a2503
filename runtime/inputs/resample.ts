import type { Interpolation } from '../../graph/preprocessing.ts';
import type { DecodedPicture } from './picture.ts';

export interface Resampling {
  readonly interpolation: Interpolation;
  /** Filters are widened where the picture shrinks, so that no pixel is passed over (PIL, torchvision). */
  readonly smooth: boolean;
  /** Results are rounded to whole numbers from 0 to 255 after each direction, as PIL does with bytes. */
  readonly bytes: boolean;
}

/** A resampling filter: how far it reaches on either side, and its weight at a distance. */
interface Filter {
  readonly reach: number;
  weight(distance: number): number;
}

const filters: Readonly<Record<Exclude<Interpolation, 'nearest'>, Filter>> = {
  box: { reach: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { reach: 1, weight: (x) => (x === 0 ? 1 : Math.abs(x) >= 1 ? 0 : (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.54 + 0.46 * Math.cos(Math.PI * x))) },
  bicubic: { reach: 2, weight: (signed) => cubic(Math.abs(signed)) },
  lanczos: { reach: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Keys' cubic with a = -0.5. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The picture at another size; pixels' centers lie at halves. */
export function resample(picture: DecodedPicture, width: number, height: number, { interpolation, smooth, bytes }: Resampling): DecodedPicture {
  const taps = (from: number, to: number): readonly Taps[] => (interpolation === 'nearest' ? nearest(from, to) : tapsOf(filters[interpolation], from, to, smooth));
  const finish = bytes && interpolation !== 'nearest' ? (value: number) => Math.min(255, Math.max(0, Math.floor(value + 0.5))) : (value: number) => value;
  const across = (given: DecodedPicture): DecodedPicture => (given.width === width ? given : widened(given, taps(given.width, width), finish));
  const down = (given: DecodedPicture): DecodedPicture => (given.height === height ? given : heightened(given, taps(given.height, height), finish));
  // where a pass clips, the order shows: Pillow 13 begins with rows where they shrink by more than twice what columns do (found by comparison)
  const rowsFirst = picture.height > height && picture.height - height > 2 * (picture.width - width);
  return rowsFirst ? across(down(picture)) : down(across(picture));
}

function widened({ width: wide, height, channels, values }: DecodedPicture, columns: readonly Taps[], finish: (value: number) => number): DecodedPicture {
  const width = columns.length;
  const made = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x];
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i] * values[(y * wide + first + i) * channels + c];
        made[(y * width + x) * channels + c] = finish(sum);
      }
    }
  }
  return { width, height, channels, values: made };
}

function heightened({ width, channels, values }: DecodedPicture, rows: readonly Taps[], finish: (value: number) => number): DecodedPicture {
  const height = rows.length;
  const row = width * channels;
  const made = new Float32Array(row * height);
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y];
    for (let i = 0; i < row; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * values[(first + k) * row + i];
      made[y * row + i] = finish(sum);
    }
  }
  return { width, height, channels, values: made };
}

/** The old places that a new place is made of: neighbours from the first on, with weights that sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

function tapsOf({ reach, weight }: Filter, from: number, to: number, smooth: boolean): readonly Taps[] {
  const scale = from / to;
  const widened = smooth ? Math.max(1, scale) : 1;
  const support = reach * widened;
  return Array.from({ length: to }, (_, index): Taps => {
    const center = (index + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - support + 0.5));
    const last = Math.min(from, Math.trunc(center + support + 0.5));
    const weights = Array.from({ length: Math.max(1, last - first) }, (__, i) => weight((first + i - center + 0.5) / widened));
    const sum = weights.reduce((total, one) => total + one, 0);
    return sum === 0 ? nearestTo(center, from) : { first, weights: weights.map((one) => one / sum) };
  });
}

function nearest(from: number, to: number): readonly Taps[] {
  return Array.from({ length: to }, (_, index) => nearestTo((index + 0.5) * (from / to), from));
}

function nearestTo(center: number, from: number): Taps {
  return { first: Math.min(from - 1, Math.max(0, Math.floor(center))), weights: [1] };
}
