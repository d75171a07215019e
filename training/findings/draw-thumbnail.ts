import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { encodeJpeg } from './encode-smaller.ts';
import { shrinkPicture } from './shrink-picture.ts';

export const thumbnailSide = 112;
export const thumbnailQuality = 72;
const maximumPixels = 100_000_000;

/** A photo as a small JPEG in a data URL, upright and whole, its longer side of 112 pixels. */
export async function drawThumbnailOfBytes(bytes: Uint8Array, webpWasmFile: string): Promise<string> {
  const encoded = encodeJpeg(await shrinkBytes(bytes, webpWasmFile), thumbnailQuality);
  return `data:image/jpeg;base64,${Buffer.from(encoded).toString('base64')}`;
}

/** The same picture of a photo's file as pixels, for a sheet of many. */
export function shrinkToThumbnail(path: string, webpWasmFile: string): Promise<RgbPixels> {
  return shrinkBytes(readPlainFile(path, maximumPhotoFileSizeInBytes), webpWasmFile);
}

async function shrinkBytes(bytes: Uint8Array, webpWasmFile: string): Promise<RgbPixels> {
  const minimumSize = { width: thumbnailSide, height: thumbnailSide };
  const { pixels } = await decodePhoto(bytes, { maximumPixels, minimumSize, webpWasmFile });
  return shrinkPicture(pixels, thumbnailSide);
}
