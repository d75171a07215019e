import { decodePhoto } from '../decode-photo.ts';
import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { requireDecodable } from '../jpeg/decode-jpeg.ts';
import { readJpegHeader } from '../jpeg/markers/jpeg-header.ts';
import { isOnItsSide, turnUpright } from '../orientation/orientation.ts';
import { readOrientation } from '../orientation/read-orientation.ts';
import type { RgbPixels } from '../pixels/pixels.ts';
import { readFirstChunk, readPngChunks } from '../png/png-chunks.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { fromSignature } from '../sniff/from-signature.ts';
import { sniff } from '../sniff/sniff.ts';
import { decodeJpegByReference } from './decode-jpeg-by-reference.ts';
import { decodePngByReference } from './decode-png-by-reference.ts';

interface StoredPicture {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

/**
 * What {@link decodePhoto} does, by jpeg-js and pngjs in place of the project's own decoders; WebP is libwebp's either way.
 * Headers are read and limits held as ever, but always at full size.
 */
export const decodeByReference: typeof decodePhoto = async (bytes, options) => {
  const file = fromSignature(bytes);
  const format = sniff(file);
  if (format === 'webp') return decodePhoto(bytes, options);
  const stored = format === 'jpeg' ? readJpeg(file) : readPng(file, unwatched);
  requireSizeWithin(stored.width, stored.height, options.maximumPixels);
  const pixels: RgbPixels = format === 'jpeg' ? decodeJpegByReference(file) : decodePngByReference(file);
  const { orientation } = stored;
  const [width, height] = isOnItsSide(orientation) ? [stored.height, stored.width] : [stored.width, stored.height];
  return {
    pixels: turnUpright(pixels, orientation),
    photo: { format, width, height, orientation, decoder: 'reference' },
  };
};

function readJpeg(jpeg: Uint8Array): StoredPicture {
  const header = readJpegHeader(jpeg);
  requireDecodable(header);
  return { width: header.width, height: header.height, orientation: readOrientation(header) };
}

function readPng(png: Uint8Array, watch: DecodeWatch): StoredPicture {
  const header = readFirstChunk(png);
  return { ...header, orientation: readOrientation(readPngChunks(png, header, watch)) };
}
