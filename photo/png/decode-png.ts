import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { readOrientation } from '../orientation/read-orientation.ts';
import { collectorSizeInBytes, collectRows, reductionFactor } from '../pixels/row-collector.ts';
import { requireMemoryWithin } from '../require-memory-within.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { type DecodeOptions, mostPixels, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { type RowPlace, rowsOf } from './adam7.ts';
import { inflateRows, type RowTaker } from './inflate-rows.ts';
import { readFirstChunk, readPngChunks } from './png-chunks.ts';
import { rowSizeInBytes } from './png-header.ts';
import { rowToRgbFor } from './row-to-rgb.ts';
import { RowUnfilter } from './unfilter/row-unfilter.ts';

/**
 * Decodes PNG of every colour type and depth, interlaced or not, row by row: a large one that may be reduced never lies in
 * memory whole. Transparent parts are laid on white.
 * @throws PhotoError `too-large` from the header alone, `corrupt` for any damage, `unsupported` for
 *   what only PNG's private variants have
 */
export async function decodePng(
  png: Uint8Array,
  options: DecodeOptions,
  watch: DecodeWatch = unwatched,
): Promise<StoredPhoto> {
  const header = readFirstChunk(png);
  const { width, height } = header;
  requireSizeWithin(width, height, mostPixels(options, true));
  const chunks = readPngChunks(png, header, watch);
  const orientation = readOrientation(chunks);
  const factor = reductionFactor(width, height, storedMinimumSize(options, orientation));
  requireMemoryWithin(collectorSizeInBytes(width, height, factor), options.maximumMegabytes);
  const collector = collectRows(width, height, factor);
  const toRgb = rowToRgbFor(header, chunks);
  const longestRowInBytes = 1 + rowSizeInBytes(header, width);
  const unfilter = new RowUnfilter(longestRowInBytes, Math.max(1, (header.channels * header.depth) / 8));
  const rgb = new Uint8Array(3 * width);
  const taker: RowTaker<RowPlace> = {
    put: (piece, position) => unfilter.put(piece, position),
    finish({ sizeInBytes, isFirstOfPass, count, x, y, stepX }) {
      const row = unfilter.unfilter(sizeInBytes - 1, isFirstOfPass);
      collector.add(toRgb(row, count, rgb), count, x, y, stepX);
      watch.throwIfOver();
    },
  };
  try {
    await inflateRows(chunks.compressed, rowsOf(header), taker);
  } finally {
    unfilter.release();
  }
  return { pixels: collector.finish(), storedWidth: width, storedHeight: height, orientation, decoder: 'own' };
}
