import type { DecodeWatch } from '../decode-watch.ts';
import { readOrientation } from '../orientation/read-orientation.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { type DecodeOptions, mostPixels, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { decodeJpeg, requireDecodable } from './decode-jpeg.ts';
import { readJpegHeader } from './markers/jpeg-header.ts';

/**
 * Decodes a JPEG.
 * @throws PhotoError `unsupported` for a kind that is not decoded and `too-large`, both from the header alone; `corrupt` for
 *   any damage that shows
 */
export function decodeJpegPhoto(jpeg: Uint8Array, options: DecodeOptions, watch: DecodeWatch): StoredPhoto {
  const header = readJpegHeader(jpeg);
  requireDecodable(header);
  requireSizeWithin(header.width, header.height, mostPixels(options, true));
  const orientation = readOrientation(header);
  const minimumSize = storedMinimumSize(options, orientation);
  const { scale, width, height, data, release } = decodeJpeg(jpeg, { ...options, minimumSize }, header, watch);
  const pixels = { width, height, data, isReduced: scale > 1, ...(release && { release }) };
  return { pixels, storedWidth: header.width, storedHeight: header.height, orientation, decoder: 'own' };
}
