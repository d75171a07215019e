import { corruptPhoto } from '../../photo-error.ts';
import { isJfif, readAdobeTransform, readExif, readXmp } from './application-segments.ts';
import { ByteReader } from './byte-reader.ts';
import type { FrameHeader } from './frame-header.ts';
import { readFrameHeader } from './frame-header.ts';
import { isRestart, isStartOfFrame, marker } from './markers.ts';
import type { Segment } from './next-segment.ts';
import { markerAt, nextSegment } from './next-segment.ts';
import { SegmentAllowance } from './segment-allowance.ts';

/** What the numbers of a pixel mean; `unknown` is a number of components that no convention covers. */
export type JpegColour = 'grey' | 'ycbcr' | 'rgb' | 'cmyk' | 'ycck' | 'unknown';

/** All that a JPEG says of itself before its first scan; nothing is decoded yet. */
export interface JpegHeader extends FrameHeader {
  readonly colour: JpegColour;
  /** The TIFF structure of the first Exif segment. */
  readonly exif: Uint8Array | undefined;
  /** The packet of the first XMP segment. */
  readonly xmp: Uint8Array | undefined;
  /** Quantisation and Huffman tables and restart intervals before the first scan, in the order of the file. */
  readonly tableSegments: readonly Segment[];
  readonly firstScan: Segment;
  /** How many segments there were so far. */
  readonly segmentCount: number;
}

/**
 * Reads a JPEG up to its first scan: size (from the DNL segment where the frame header leaves the height to it), coding
 * process, components, colour, Exif. Kinds that are not decoded are read too, so that a refusal can name them.
 *
 * @throws PhotoError `corrupt` when the file is no JPEG, breaks off, or holds no frame or no scan
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== marker.soi) throw corruptPhoto('The file does not begin as a JPEG does.');
  let frame: FrameHeader | undefined;
  let hasJfif = false;
  let adobeTransform: number | undefined;
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  const tableSegments: Segment[] = [];
  const allowance = new SegmentAllowance();
  let segment = nextSegment(bytes, 2);
  for (; segment.code !== marker.sos; segment = nextSegment(bytes, segment.end)) {
    const { code, start, end } = segment;
    allowance.spend(1);
    if (code === marker.eoi) throw corruptPhoto('The JPEG has headers but no picture in it.');
    else if (code === marker.dhp || isStartOfFrame(code)) {
      if (frame === undefined) frame = readFrameHeader(code, new ByteReader(bytes, start, end, 'frame header'));
      else if (frame.process !== 'hierarchical') throw corruptPhoto('The JPEG has more than one frame header.');
    } else if (code === marker.dqt || code === marker.dht || code === marker.dri) tableSegments.push(segment);
    else if (code === marker.app0) hasJfif ||= isJfif(bytes, segment);
    else if (code === marker.app1) {
      exif ??= readExif(bytes, segment);
      xmp ??= readXmp(bytes, segment);
    } else if (code === marker.app14) adobeTransform = readAdobeTransform(bytes, segment) ?? adobeTransform;
  }
  if (frame === undefined) throw corruptPhoto('The JPEG has a scan before its frame header.');
  const height = frame.height || heightAfterFirstScan(bytes, segment);
  const colour = colourOf(frame, hasJfif, adobeTransform);
  return { ...frame, height, colour, exif, xmp, tableSegments, firstScan: segment, segmentCount: allowance.spent };
}

/** ITU-T T.81, B.2.5: a height of 0 is given by a DNL segment right behind the first scan. */
function heightAfterFirstScan(bytes: Uint8Array, scan: Segment): number {
  let at = markerAt(bytes, scan.end);
  while (at >= 0 && isRestart(bytes[at] as number)) at = markerAt(bytes, at + 1);
  if (at < 0 || bytes[at] !== marker.dnl) throw corruptPhoto('The JPEG does not say how high it is.');
  const { start, end } = nextSegment(bytes, at - 1);
  const height = new ByteReader(bytes, start, end, 'number of lines').uint16();
  if (height === 0) throw corruptPhoto('The JPEG claims to be 0 pixels high.');
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
