import { readOrientation } from '../orientation/read-orientation.ts';
import { corruptPhoto } from '../photo-error.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { type DecodeOptions, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { decodeJpeg, requireDecodable } from './decode-jpeg.ts';
import { type JpegHeader, readJpegHeader } from './markers/jpeg-header.ts';
import { marker } from './markers/markers.ts';

/**
 * Decodes a JPEG.
 * @throws PhotoError `unsupported` for a kind that is not decoded and `too-large`, both from the header alone; `corrupt` for
 *   any damage that shows
 */
export function decodeJpegPhoto(jpeg: Uint8Array, options: DecodeOptions): StoredPhoto {
  const header = readJpegHeader(jpeg);
  requireDecodable(header);
  requireSizeWithin(header.width, header.height, options.maximumPixels);
  requireEndOfImage(jpeg, header);
  const orientation = readOrientation(header);
  const minimumSize = storedMinimumSize(options, orientation);
  const { scale, ...decoded } = decodeJpeg(jpeg, { minimumSize }, header);
  const pixels = { width: decoded.width, height: decoded.height, data: decoded.data, isReduced: scale > 1 };
  return { pixels, storedWidth: header.width, storedHeight: header.height, orientation, decoder: 'own' };
}

/**
 * A file without its end-of-image marker has been cut, and a progressive one shows nowhere else that scans are missing.
 * Entropy-coded data can't hold the marker's two bytes, so that they need no further parsing behind the first scan.
 */
function requireEndOfImage(jpeg: Uint8Array, { firstScan }: JpegHeader): void {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (!bytes.includes(Buffer.of(0xff, marker.eoi), firstScan.end)) {
    throw corruptPhoto('The JPEG is cut short: it has no end-of-image marker.');
  }
}
