import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { CheckpointError } from '../formats/file.ts';

/** A decoded picture: row-major, channels last, values from 0 to 1. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: Float32Array;
}

/** Pictures beyond this are refused before they are decoded. */
const MOST_PIXELS = 64e6;

/** Decodes a PNG or JPEG. Transparent pixels lie on black. */
export function decodePicture(name: string, bytes: Uint8Array): DecodedPicture {
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isPng && !isJpeg) throw new CheckpointError(`${name} is neither a PNG nor a JPEG picture`);
  try {
    if (isJpeg) {
      const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true, maxResolutionInMP: MOST_PIXELS / 1e6 });
      return fromRgba(width, height, data);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(16) * view.getUint32(20) > MOST_PIXELS) throw new Error('it has too many pixels');
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    return fromRgba(width, height, data);
  } catch (error) {
    throw new CheckpointError(`${name} is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fromRgba(width: number, height: number, data: Uint8Array): DecodedPicture {
  const pixels = width * height;
  let grey = true;
  for (let i = 0; i < pixels && grey; i++) grey = data[4 * i] === data[4 * i + 1] && data[4 * i] === data[4 * i + 2];
  const channels = grey ? 1 : 3;
  const values = new Float32Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    const alpha = data[4 * i + 3] / 255;
    for (let c = 0; c < channels; c++) values[i * channels + c] = (data[4 * i + c] / 255) * alpha;
  }
  return { width, height, channels, values };
}

/** The picture in one channel (by luminance, ITU-R BT.601) or in three. */
export function withChannels(picture: DecodedPicture, channels: 1 | 3): DecodedPicture {
  if (picture.channels === channels) return picture;
  const pixels = picture.width * picture.height;
  const values = new Float32Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    if (channels === 3) values.fill(picture.values[i], 3 * i, 3 * i + 3);
    else values[i] = 0.299 * picture.values[3 * i] + 0.587 * picture.values[3 * i + 1] + 0.114 * picture.values[3 * i + 2];
  }
  return { ...picture, channels, values };
}

/** Bilinear, with the triangle widened where it shrinks, so that no pixel is passed over. */
export function resized(picture: DecodedPicture, width: number, height: number): DecodedPicture {
  if (picture.width === width && picture.height === height) return picture;
  const { channels } = picture;
  const columns = weights(picture.width, width);
  const rows = weights(picture.height, height);
  const wide = new Float32Array(width * picture.height * channels);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < width; x++) {
      for (const [from, weight] of columns[x]) {
        for (let c = 0; c < channels; c++) wide[(y * width + x) * channels + c] += weight * picture.values[(y * picture.width + from) * channels + c];
      }
    }
  }
  const values = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (const [from, weight] of rows[y]) {
      for (let i = 0; i < width * channels; i++) values[y * width * channels + i] += weight * wide[from * width * channels + i];
    }
  }
  return { width, height, channels, values };
}

/** For each new place, the old places that it is made of, with weights that sum to 1. */
function weights(from: number, to: number): [place: number, weight: number][][] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, index) => {
    const center = (index + 0.5) * scale - 0.5;
    const found: [number, number][] = [];
    let sum = 0;
    for (let place = Math.max(0, Math.ceil(center - reach)); place <= Math.min(from - 1, Math.floor(center + reach)); place++) {
      const weight = 1 - Math.abs(place - center) / reach;
      if (weight <= 0) continue;
      found.push([place, weight]);
      sum += weight;
    }
    return found.map(([place, weight]) => [place, weight / sum]);
  });
}

/** 8-bit PNG of values from 0 to 1, clipped. */
export function encodePicture({ width, height, channels, values }: DecodedPicture): Uint8Array {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) png.data[4 * i + c] = Math.round(255 * Math.min(1, Math.max(0, values[channels === 1 ? i : 3 * i + c])));
    png.data[4 * i + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: channels === 1 ? 0 : 2 });
}
