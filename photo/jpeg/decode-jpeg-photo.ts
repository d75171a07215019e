import { type OrientationSources, readOrientation } from '../orientation/read-orientation.ts';
import { corruptPhoto, requireSizeWithin, unsupportedFormat } from '../photo-errors.ts';
import { type DecodeOptions, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import { JpegError } from './markers/jpeg-error.ts';
import { type JpegHeader, readJpegHeader } from './markers/jpeg-header.ts';
import { marker } from './markers/markers.ts';
import { nextSegment } from './markers/next-segment.ts';
import { unsupportedReason } from './markers/unsupported-reason.ts';

const xmpName = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const ordinaryJpegHint = 'Send it as an ordinary JPEG: baseline or progressive, 8 bits a sample.';

/**
 * Decodes a JPEG, and says in the service's words why not.
 * @throws ServiceError `unsupported_format` for a kind that is not decoded and `photo_too_large`, both from the header
 *   alone; `corrupt_photo` for any damage that shows
 */
export function decodeJpegPhoto(jpeg: Uint8Array, options: DecodeOptions): StoredPhoto {
  try {
    const header = readJpegHeader(jpeg);
    const reason = unsupportedReason(header);
    if (reason !== undefined) throw unsupportedFormat(`This is ${reason}, which is not decoded.`, ordinaryJpegHint);
    requireSizeWithin(header.width, header.height, options.maximumPixels);
    requireEndOfImage(jpeg);
    const orientation = readOrientation(findOrientationSources(jpeg, header));
    const minimumSize = storedMinimumSize(options, orientation);
    const { scale, ...decoded } = decodeJpeg(jpeg, minimumSize === undefined ? {} : { minimumSize });
    const pixels = { width: decoded.width, height: decoded.height, data: decoded.data, isReduced: scale > 1 };
    return { pixels, storedWidth: header.width, storedHeight: header.height, orientation, decoder: 'own' };
  } catch (error) {
    if (!(error instanceof JpegError)) throw error;
    throw error.kind === 'corrupt'
      ? corruptPhoto(error.message, error)
      : unsupportedFormat(error.message, ordinaryJpegHint);
  }
}

/**
 * A file without its end-of-image marker has been cut, and a progressive one shows nowhere else that scans are missing.
 * Entropy-coded data can't hold the marker's two bytes, so that they need no further parsing behind the first scan.
 */
function requireEndOfImage(jpeg: Uint8Array): void {
  let scan = nextSegment(jpeg, 2);
  while (scan.code !== marker.sos) scan = nextSegment(jpeg, scan.end);
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (!bytes.includes(Buffer.of(0xff, marker.eoi), scan.end)) {
    throw corruptPhoto('The JPEG is cut short: it has no end-of-image marker.');
  }
}

/** EXIF's segment is known from the header; XMP's is another of the same marker, told by the name at its beginning. */
function findOrientationSources(jpeg: Uint8Array, header: JpegHeader): OrientationSources {
  const exif = header.exif && jpeg.subarray(header.exif.start, header.exif.end);
  let segment = nextSegment(jpeg, 2);
  for (; segment.code !== marker.sos; segment = nextSegment(jpeg, segment.end)) {
    const data = jpeg.subarray(segment.start, segment.end);
    if (segment.code === marker.app1 && xmpName.equals(data.subarray(0, xmpName.length))) {
      return { exif, xmp: data.subarray(xmpName.length) };
    }
  }
  return { exif, xmp: undefined };
}
