import { isJfif, readAdobeTransform, readExif } from './application-segments.ts';
import { ByteReader } from './byte-reader.ts';
import type { FrameHeader } from './frame-header.ts';
import { readFrameHeader } from './frame-header.ts';
import { corrupt } from './jpeg-error.ts';
import { isRestart, isStartOfFrame, marker } from './markers.ts';
import type { Segment } from './next-segment.ts';
import { markerAt, nextSegment } from './next-segment.ts';

/** What the numbers of a pixel mean; `unknown` is a number of components that no convention covers. */
export type JpegColour = 'grey' | 'ycbcr' | 'rgb' | 'cmyk' | 'ycck' | 'unknown';

/** All that a JPEG says of itself before its first scan; nothing is decoded yet. */
export interface JpegHeader extends FrameHeader {
  readonly colour: JpegColour;
  /** Minimum coded units between restart markers at the first scan; 0 for none. */
  readonly restartInterval: number;
  /** Where the TIFF structure of the first Exif segment lies in the file. */
  readonly exif: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Reads a JPEG up to its first scan: size (from the DNL segment where the frame header leaves the height to it), coding
 * process, components, colour, Exif. Kinds that are not decoded are read too, so that a refusal can name them.
 *
 * @throws {JpegError} `corrupt` when the file is no JPEG, breaks off, or holds no frame or no scan
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== marker.soi) throw corrupt('The file does not begin as a JPEG does.');
  let frame: FrameHeader | undefined;
  let hasJfif = false;
  let adobeTransform: number | undefined;
  let exif: JpegHeader['exif'];
  let restartInterval = 0;
  let segment = nextSegment(bytes, 2);
  for (; segment.code !== marker.sos; segment = nextSegment(bytes, segment.end)) {
    const { code, start, end } = segment;
    if (code === marker.eoi) throw corrupt('The JPEG has headers but no picture in it.');
    else if (code === marker.dhp || isStartOfFrame(code)) {
      if (frame === undefined) frame = readFrameHeader(code, new ByteReader(bytes, start, end, 'frame header'));
      else if (frame.process !== 'hierarchical') throw corrupt('The JPEG has more than one frame header.');
    } else if (code === marker.dri) restartInterval = new ByteReader(bytes, start, end, 'restart interval').uint16();
    else if (code === marker.app0) hasJfif ||= isJfif(bytes, segment);
    else if (code === marker.app1) exif ??= readExif(bytes, segment);
    else if (code === marker.app14) adobeTransform = readAdobeTransform(bytes, segment) ?? adobeTransform;
  }
  if (frame === undefined) throw corrupt('The JPEG has a scan before its frame header.');
  const height = frame.height || heightAfterFirstScan(bytes, segment);
  return { ...frame, height, colour: colourOf(frame, hasJfif, adobeTransform), restartInterval, exif };
}

/** ITU-T T.81, B.2.5: a height of 0 is given by a DNL segment right behind the first scan. */
function heightAfterFirstScan(bytes: Uint8Array, scan: Segment): number {
  let at = markerAt(bytes, scan.end);
  while (at >= 0 && isRestart(bytes[at] as number)) at = markerAt(bytes, at + 1);
  if (at < 0 || bytes[at] !== marker.dnl) throw corrupt('The JPEG does not say how high it is.');
  const { start, end } = nextSegment(bytes, at - 1);
  const height = new ByteReader(bytes, start, end, 'number of lines').uint16();
  if (height === 0) throw corrupt('The JPEG claims to be 0 pixels high.');
  return height;
}

/** The rules of libjpeg, which the web follows: JFIF before Adobe before component ids. */
function colourOf({ components }: FrameHeader, hasJfif: boolean, adobeTransform: number | undefined): JpegColour {
  if (components.length === 1) return 'grey';
  if (components.length === 4) return adobeTransform === undefined || adobeTransform === 0 ? 'cmyk' : 'ycck';
  if (components.length !== 3) return 'unknown';
  if (hasJfif) return 'ycbcr';
  if (adobeTransform !== undefined) return adobeTransform === 0 ? 'rgb' : 'ycbcr';
  return String.fromCharCode(...components.map(({ id }) => id)) === 'RGB' ? 'rgb' : 'ycbcr';
}
