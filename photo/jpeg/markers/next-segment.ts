import { corruptPhoto } from '../../photo-error.ts';
import { isPassedOver, isRestart, isStandalone, marker } from './markers.ts';

/** A marker and, unless it stands alone, the bytes `start` to `end` behind its length field. */
export interface Segment {
  readonly code: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The first marker at or after `position`. Bytes that belong to no segment are passed over, as every common decoder
 * does: cameras pad with them. A marker may be preceded by any number of 0xFF (ITU-T T.81, B.1.1.2).
 */
export function nextSegment(bytes: Uint8Array, position: number): Segment {
  const at = markerAt(bytes, position);
  if (at < 0) throw corruptPhoto('The JPEG is cut short: it ends before its picture does.');
  const code = bytes[at] as number;
  const start = at + 1;
  if (isStandalone(code)) return { code, start, end: start };
  const stated = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
  // libjpeg passes over a comment or application segment that claims less than its own length field.
  const length = isPassedOver(code) ? Math.max(stated, 2) : stated;
  if (length < 2 || start + length > bytes.length) {
    throw corruptPhoto(
      `The JPEG has a segment (marker 0xFF${code.toString(16).toUpperCase()}) that claims ${length} bytes.`,
    );
  }
  return { code, start: start + 2, end: start + length };
}

/** Where the second byte of the next marker is, or -1; 0xFF00 is a stuffed byte of entropy-coded data, not a marker. */
export function markerAt(bytes: Uint8Array, position: number): number {
  let at = bytes.indexOf(0xff, position);
  while (at >= 0) {
    at += 1;
    while (bytes[at] === 0xff) at += 1;
    if (at >= bytes.length) return -1;
    if (bytes[at] !== 0) return at;
    at = bytes.indexOf(0xff, at);
  }
  return -1;
}

/** Where the file goes on with a marker behind a scan's data, or its end. */
export function endOfScan(bytes: Uint8Array, start: number): number {
  let at = markerAt(bytes, start);
  while (at >= 0 && isRestart(bytes[at] as number)) at = markerAt(bytes, at + 1);
  return at < 0 ? bytes.length : at - 1;
}

export function hasEndOfImage(bytes: Uint8Array, position: number): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.of(0xff, marker.eoi), position);
}
