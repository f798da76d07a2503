import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { CheckpointError } from '../formats/file.ts';

/** A picture: row-major, channels last; values from 0 to 1 where nothing else is said. */
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

/** 8-bit PNG of values from 0 to 1, clipped. */
export function encodePicture({ width, height, channels, values }: DecodedPicture): Uint8Array {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) png.data[4 * i + c] = Math.round(255 * Math.min(1, Math.max(0, values[channels === 1 ? i : 3 * i + c])));
    png.data[4 * i + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: channels === 1 ? 0 : 2 });
}
