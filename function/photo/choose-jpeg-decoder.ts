import { decodeWithJpegJs } from './decode-with-jpeg-js.ts';
import { readExifOrientation } from './exif.ts';
import { JpegError } from './jpeg/jpeg-error.ts';
import { type JpegHeader, readJpegHeader } from './jpeg/jpeg-header.ts';
import { unsupportedReason } from './jpeg/unsupported-reason.ts';
import { corruptPhoto, requireSizeWithin, unsupportedFormat } from './photo-errors.ts';
import type { DecodeOptions, StoredPhoto } from './stored-photo.ts';

/**
 * Decodes a JPEG, and is the one place that says by which decoder.
 * @throws ServiceError `photo_too_large` from the header alone, `unsupported_format` for a kind that is not decoded,
 *   `corrupt_photo` for any damage that shows
 */
export function decodeJpegPhoto(jpeg: Uint8Array, options: DecodeOptions): StoredPhoto {
  try {
    const header = readJpegHeader(jpeg);
    requireDecodedKind(header);
    requireSizeWithin(header.width, header.height, options.maximumPixels);
    const orientation = header.exif ? readExifOrientation(jpeg.subarray(header.exif.start, header.exif.end)) : 1;
    const pixels = decodeWithJpegJs(jpeg, header);
    return { pixels, storedWidth: header.width, storedHeight: header.height, orientation, decoder: 'jpeg-js' };
  } catch (error) {
    if (!(error instanceof JpegError)) throw error;
    throw error.kind === 'corrupt' ? corruptPhoto(error.message, error) : unsupportedFormat(error.message);
  }
}

function requireDecodedKind(header: JpegHeader): void {
  const reason = unsupportedReason(header);
  if (reason !== undefined) {
    throw unsupportedFormat(
      `This is ${reason}, which is not decoded.`,
      'Send it as an ordinary JPEG of 8 bits a sample.',
    );
  }
}
