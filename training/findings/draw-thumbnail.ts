import jpeg from 'jpeg-js';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { CardInput } from '../../model/card/card.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';

const side = 112;
const quality = 72;
const maximumPixels = 100_000_000;
const input: Omit<CardInput, 'width' | 'height'> = {
  channels: 'rgb',
  resize: 'bilinear-antialias',
  fit: 'stretch',
  scale: 1,
  offset: 0,
};

/** A photo's file as a small JPEG in a data URL, upright and whole, its longer side of 112 pixels. */
export function drawThumbnail(path: string, webpWasmFile: string): Promise<string> {
  return drawThumbnailOfBytes(readPlainFile(path, maximumPhotoFileSizeInBytes), webpWasmFile);
}

/** The same of a photo's bytes. */
export async function drawThumbnailOfBytes(bytes: Uint8Array, webpWasmFile: string): Promise<string> {
  const minimumSize = { width: side, height: side };
  const { pixels } = await decodePhoto(bytes, { maximumPixels, minimumSize, webpWasmFile });
  const scale = side / Math.max(pixels.width, pixels.height);
  const [width, height] = [pixels.width, pixels.height].map((size) => Math.max(1, Math.round(size * scale))) as [
    number,
    number,
  ];
  const values = fitPhoto(pixels, { ...input, width, height });
  const data = Buffer.alloc(4 * width * height, 255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[4 * pixel + channel] = Math.round(values[3 * pixel + channel] as number);
    }
  }
  const encoded = jpeg.encode({ data, width, height }, quality).data;
  return `data:image/jpeg;base64,${Buffer.from(encoded).toString('base64')}`;
}
