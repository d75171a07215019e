import { requireSizeWithin } from '../photo-errors.ts';
import { readOrientation } from '../read-orientation.ts';
import { collectRows, reductionFactor } from '../row-collector.ts';
import { type DecodeOptions, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { rowsOf } from './adam7.ts';
import { inflateRows } from './inflate-rows.ts';
import { readFirstChunk, readPngChunks } from './png-chunks.ts';
import { rowToRgbFor } from './row-to-rgb.ts';
import { unfilter } from './unfilter.ts';

/**
 * Decodes PNG of every colour type and depth, interlaced or not, row by row: a large one that may be reduced never lies in
 * memory whole. Transparent parts are laid on white.
 * @throws ServiceError `photo_too_large` from the header alone, `corrupt_photo` for any damage, `unsupported_format` for
 *   what only PNG's private variants have
 */
export async function decodePng(png: Uint8Array, options: DecodeOptions): Promise<StoredPhoto> {
  const header = readFirstChunk(png);
  const { width, height } = header;
  requireSizeWithin(width, height, options.maximumPixels);
  const chunks = readPngChunks(png, header);
  const orientation = readOrientation(chunks);
  const factor = reductionFactor(width, height, storedMinimumSize(options, orientation));
  const collector = collectRows(width, height, factor);
  const toRgb = rowToRgbFor(header, chunks);
  const bytesPerPixel = Math.max(1, (header.channels * header.depth) / 8);
  const rgb = new Uint8Array(3 * width);
  let above: Uint8Array = new Uint8Array(0);
  await inflateRows(chunks.compressed, rowsOf(header), (row, place) => {
    if (place.isFirstOfPass) above = new Uint8Array(row.length);
    unfilter(row, above, bytesPerPixel);
    above = row;
    toRgb(row, place.count, rgb);
    collector.add(rgb, place.count, place.x, place.y, place.stepX);
  });
  return { pixels: collector.finish(), storedWidth: width, storedHeight: height, orientation, decoder: 'own' };
}
