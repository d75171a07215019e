import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { corruptPhoto, unsupportedFormat } from '../photo-error.ts';
import { requireMemoryWithin } from '../require-memory-within.ts';
import { largestLentInBytes } from '../stored-photo.ts';
import { estimateMemory } from './estimate-memory.ts';
import { JpegWorkspace } from './kernels/jpeg-workspace.ts';
import { chooseScale, type JpegScale, layOutFrame } from './markers/frame-layout.ts';
import { type JpegHeader, readJpegHeader } from './markers/jpeg-header.ts';
import { unsupportedReason } from './markers/unsupported-reason.ts';
import { sameIds } from './markers/warnings.ts';
import { colourRowWriters } from './samples/colour-rows.ts';
import { decodeProgressive } from './samples/progressive-picture.ts';
import { decodeSequential } from './samples/sequential-picture.ts';

export interface DecodeJpegOptions {
  /**
   * What the picture will be resized to, in pixels as stored, before any turning: it may be decoded smaller, as long as it
   * stays half as large again as this.
   */
  readonly minimumSize?: { readonly width: number; readonly height: number } | undefined;
  readonly maximumMegabytes?: number;
  /** The pixels may lie in memory that a later decode takes: whoever says so calls `release` once they are used. */
  readonly mayLend?: boolean | undefined;
}

export interface DecodedJpeg {
  readonly width: number;
  readonly height: number;
  /** `height` rows of `width` pixels of red, green, blue; as stored, not turned as the Exif orientation asks. */
  readonly data: Uint8Array;
  /** The size in the file; `width` and `height` are these divided by `scale`, rounded up. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  readonly scale: JpegScale;
  /** Where `data` is only lent: gives its memory back. */
  readonly release?: () => void;
}

/**
 * Decodes a baseline, extended or progressive JPEG of 8 bits a sample, at full size to the very pixels of libjpeg-turbo,
 * or in the frequency domain at 1/2, 1/4 or 1/8: the smallest of these that leaves enough for `minimumSize`.
 *
 * Memory is 3 bytes a decoded pixel, plus for a progressive picture 2 bytes a kept coefficient and 8 a block, plus for a
 * sequential one in several scans one byte a sample. Nothing is allocated for a size that the file is too short for.
 *
 * @param header what `readJpegHeader` says of the same bytes, where it has been read already
 * @throws PhotoError `unsupported` for other kinds, `too-large` for more memory or scans than are allowed, `corrupt` for any damage that shows: data that ends early, codes,
 *   tables or coefficients that cannot be, restart markers out of turn
 */
export function decodeJpeg(
  bytes: Uint8Array,
  options: DecodeJpegOptions = {},
  header: JpegHeader = readJpegHeader(bytes),
  watch: DecodeWatch = unwatched,
): DecodedJpeg {
  requireDecodable(header);
  requireEnoughData(bytes, header);
  if (new Set(header.components.map(({ id }) => id)).size < header.components.length) watch.warn(sameIds);
  const scale = chooseScale(header, options.minimumSize);
  const frame = layOutFrame(header, scale);
  requireMemoryWithin(estimateMemory(bytes, header, frame), options.maximumMegabytes);
  const { width, height } = frame;
  const isLent = options.mayLend === true && 3 * width * height <= largestLentInBytes;
  let workspace: JpegWorkspace | undefined;
  const open = (besidesInBytes: number): JpegWorkspace => {
    workspace = new JpegWorkspace(frame, besidesInBytes, isLent);
    return workspace;
  };
  const release = (): void => workspace?.release();
  const decode = header.process === 'progressive' ? decodeProgressive : decodeSequential;
  let data: Uint8Array;
  try {
    data = decode(bytes, header, frame, colourRowWriters[header.colour], watch, open);
  } catch (error) {
    release();
    throw error;
  }
  const decoded = { width, height, data, storedWidth: header.width, storedHeight: header.height, scale };
  if (isLent) return { ...decoded, release };
  release();
  return decoded;
}

/** @throws PhotoError `unsupported` naming the kind that is not decoded */
export function requireDecodable(
  header: JpegHeader,
): asserts header is JpegHeader & { readonly colour: Exclude<JpegHeader['colour'], 'unknown'> } {
  const reason = unsupportedReason(header);
  if (reason === undefined) return;
  const hint = 'Send it as an ordinary JPEG: baseline or progressive, 8 bits a sample.';
  throw unsupportedFormat(`This is ${reason}, which is not decoded.`, hint);
}

/** A block takes two bits at least, one of its DC and one for the end of it; in a progressive picture the DC's alone. */
function requireEnoughData(bytes: Uint8Array, header: JpegHeader): void {
  const bitsPerBlock = header.process === 'progressive' ? 1 : 2;
  const blocks = layOutFrame(header, 1).components.reduce(
    (sum, { blocksAcross, blocksDown }) => sum + blocksAcross * blocksDown,
    0,
  );
  if (bytes.length * 8 < blocks * bitsPerBlock) {
    throw corruptPhoto(`The JPEG is too short for the ${header.width} × ${header.height} pixels it claims.`);
  }
}
