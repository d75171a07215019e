import type { Segment } from './next-segment.ts';

/** Position of the transform byte in Adobe's segment, behind the name, a version and two words of flags. */
const ADOBE_TRANSFORM_OFFSET = 11;

const xmpName = 'http://ns.adobe.com/xap/1.0/\0';

export function isJfif(bytes: Uint8Array, segment: Segment): boolean {
  return beginsWith(bytes, segment, 'JFIF\0');
}

/** The bytes of an Exif segment from its TIFF header on; undefined for another kind of APP1, such as XMP. */
export function readExif(bytes: Uint8Array, segment: Segment): Uint8Array | undefined {
  if (!beginsWith(bytes, segment, 'Exif\0')) return undefined;
  // Two bytes of padding, meant to be zero; some writers put another value there.
  return bytes.subarray(Math.min(segment.start + 6, segment.end), segment.end);
}

/** The packet of an XMP segment; undefined for another kind of APP1. */
export function readXmp(bytes: Uint8Array, segment: Segment): Uint8Array | undefined {
  if (!beginsWith(bytes, segment, xmpName)) return undefined;
  return bytes.subarray(segment.start + xmpName.length, segment.end);
}

export function readAdobeTransform(bytes: Uint8Array, segment: Segment): number | undefined {
  if (!beginsWith(bytes, segment, 'Adobe') || segment.end - segment.start <= ADOBE_TRANSFORM_OFFSET) return undefined;
  return bytes[segment.start + ADOBE_TRANSFORM_OFFSET];
}

function beginsWith(bytes: Uint8Array, { start, end }: Segment, text: string): boolean {
  if (end - start < text.length) return false;
  for (let index = 0; index < text.length; index++) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
