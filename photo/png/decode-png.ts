import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { readOrientation } from '../orientation/read-orientation.ts';
import { collectorSizeInBytes, collectRows, reductionFactor } from '../pixels/row-collector.ts';
import { largestSummedFactor, SquareRows, squareSumsSizeInBytes } from '../pixels/squares/square-rows.ts';
import { requireMemoryWithin } from '../require-memory-within.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import {
  type DecodeOptions,
  largestLentInBytes,
  mostPixels,
  type StoredPhoto,
  storedMinimumSize,
} from '../stored-photo.ts';
import { rowsOf } from './adam7.ts';
import { inflateRows } from './inflate-rows.ts';
import { PngWorkspace } from './kernels/png-workspace.ts';
import { placeRows } from './place-rows.ts';
import { readFirstChunk, readPngChunks } from './png-chunks.ts';
import { rowToRgbFor } from './rgb/row-to-rgb.ts';
import { unfilterRow } from './unfilter/row-unfilter.ts';

/**
 * Decodes PNG of every colour type and depth, interlaced or not, row by row: a large one that may be reduced never lies in
 * memory whole. Transparent parts are laid on white. A picture that may be lent is made where it is inflated.
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
  const pictureInBytes = collectorSizeInBytes(width, height, factor);
  requireMemoryWithin(pictureInBytes, options.maximumMegabytes);
  const isLent = options.mayLend === true && factor === 1 && !header.interlaced && pictureInBytes <= largestLentInBytes;
  const isSummed = factor > 1 && factor <= largestSummedFactor && !header.interlaced;

  const places = placeRows(header, isLent ? pictureInBytes : isSummed ? squareSumsSizeInBytes(width, factor) : 0);
  const workspace = new PngWorkspace(places.endInBytes);
  const { bytes } = workspace;
  bytes.fill(0, places.zeros, places.gathered);
  const toRgb = rowToRgbFor(header, chunks, workspace, places.colours);
  const squares = isSummed ? new SquareRows(workspace, places.picture, width, height, factor) : undefined;
  const collector = isLent || isSummed ? undefined : collectRows(width, height, factor);
  let above = places.zeros;
  try {
    await inflateRows(workspace, chunks.compressed, rowsOf(header), {
      gatheredAt: places.gathered,
      take({ sizeInBytes, isFirstOfPass, count, x, y, stepX }, stored) {
        const rgb = isLent ? places.picture + 3 * width * y : places.rgb;
        const isRgb = toRgb === undefined && isLent;
        const out = isRgb ? rgb : above === places.even ? places.odd : places.even;
        unfilterRow(
          workspace,
          { stored, above: isFirstOfPass ? places.zeros : above, out },
          sizeInBytes - 1,
          places.stepInBytes,
        );
        above = out;
        toRgb?.(out, count, rgb);
        const from = toRgb === undefined ? out : rgb;
        squares?.add(from);
        collector?.add(bytes.subarray(from, from + 3 * count), count, x, y, stepX);
      },
      throwIfOver: watch.throwIfOver,
    });
  } catch (error) {
    workspace.release();
    throw error;
  }
  const facts = { storedWidth: width, storedHeight: height, orientation, decoder: 'own' } as const;
  const made = squares ?? collector;
  if (made !== undefined) {
    workspace.release();
    return { pixels: made.finish(), ...facts };
  }
  const data = bytes.subarray(places.picture, places.picture + pictureInBytes);
  return { pixels: { width, height, data, release: () => workspace.release() }, ...facts };
}
