import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { corruptPhoto } from '../photo-error.ts';
import { collectorSizeInBytes, collectRows, type RowCollector, reductionFactor } from '../pixels/row-collector.ts';
import { largestSummedFactor, SquareRows, squareSumsSizeInBytes } from '../pixels/squares/square-rows.ts';
import { requireMemoryWithin } from '../require-memory-within.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { type DecodeOptions, mostPixels, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { decodeByLibwebp } from './libwebp.ts';
import { readWebpContainer, type WebpContainer } from './webp-container.ts';
import { layOnWhiteInPlace, WhiteRows } from './white-rows.ts';

/**
 * Measured at the peak of a lossless one, which takes most: four bytes a pixel thrice, inside libwebp, in its answer and copied
 * from there, and tables.
 */
const bytesPerPixel = 12.1;
/** Means of smaller squares take more memory beside the picture than they save later. */
const leastFactor = 3;

/**
 * Decodes WebP, lossy and lossless; of an animation the first frame. Transparent parts are laid on white, and so is what a
 * first frame leaves free of the canvas.
 * @throws PhotoError `too-large` from the header alone, `corrupt` for damage
 */
export async function decodeWebp(
  webp: Uint8Array,
  options: DecodeOptions,
  watch: DecodeWatch = unwatched,
): Promise<StoredPhoto> {
  const container = readWebpContainer(webp);
  const { width, height, orientation, frame } = container;
  requireSizeWithin(width, height, mostPixels(options, false));
  const possible = reductionFactor(width, height, storedMinimumSize(options, orientation));
  const factor = possible < leastFactor ? 1 : possible;
  const isInPlace = factor === 1 && frame.width === width && frame.height === height;
  const canvasInBytes = isInPlace ? 0 : collectorSizeInBytes(width, height, factor);
  requireMemoryWithin(frame.width * frame.height * bytesPerPixel + canvasInBytes, options.maximumMegabytes);
  const pixels = await decodeByLibwebp(stillWebp(frame), options.webpWasmFile);
  if (pixels.width !== frame.width || pixels.height !== frame.height) throw corruptPhoto('The WebP has two sizes.');
  const stored = { storedWidth: width, storedHeight: height, orientation, decoder: 'libwebp' } as const;
  if (isInPlace) return { pixels: { width, height, data: layOnWhiteInPlace(pixels) }, ...stored };
  const isSummed = factor > 1 && factor <= largestSummedFactor;
  const rows = new WhiteRows(pixels, container, isSummed ? squareSumsSizeInBytes(width, factor) : 0);
  const { bytes, rowAt } = rows;
  const squares = isSummed ? new SquareRows(rows, rows.freeAt, width, height, factor) : undefined;
  const collector = squares ? undefined : collectRows(width, height, factor);
  for (let y = 0; y < height; y++) {
    rows.make(y);
    squares?.add(rowAt);
    collector?.add(bytes.subarray(rowAt, rowAt + 3 * width), width, 0, y, 1);
    watch.throwIfOver();
  }
  return { pixels: (squares ?? (collector as RowCollector)).finish(), ...stored };
}

/** The frame as a file of its own: libwebp's plain interface takes no animations. */
function stillWebp(frame: WebpContainer['frame']): Uint8Array {
  const extended = frame.chunks.length > 1 ? [{ name: 'VP8X', data: extendedHeader(frame.width, frame.height) }] : [];
  const chunks = [...extended, ...frame.chunks].map(({ name, data }) => {
    const chunk = Buffer.alloc(8 + data.length + (data.length % 2));
    chunk.write(name, 'latin1');
    chunk.writeUInt32LE(data.length, 4);
    chunk.set(data, 8);
    return chunk;
  });
  const body = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...chunks]);
  body.writeUInt32LE(body.length - 8, 4);
  return body;
}

/** RFC 9649, section 2.7.1.2, with no flag but the one for alpha. */
function extendedHeader(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(10);
  header[0] = 0x10;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return header;
}
