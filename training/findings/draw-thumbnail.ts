import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { encodeSmaller } from './encode-smaller.ts';

const side = 112;
const quality = 72;
const maximumPixels = 100_000_000;

/** A photo's file as a small JPEG in a data URL, upright and whole, its longer side of 112 pixels. */
export function drawThumbnail(path: string, webpWasmFile: string): Promise<string> {
  return drawThumbnailOfBytes(readPlainFile(path, maximumPhotoFileSizeInBytes), webpWasmFile);
}

/** The same of a photo's bytes. */
export async function drawThumbnailOfBytes(bytes: Uint8Array, webpWasmFile: string): Promise<string> {
  const minimumSize = { width: side, height: side };
  const { pixels } = await decodePhoto(bytes, { maximumPixels, minimumSize, webpWasmFile });
  const encoded = encodeSmaller(pixels, { longerSide: side, quality });
  return `data:image/jpeg;base64,${Buffer.from(encoded).toString('base64')}`;
}
