import jpegJs from 'jpeg-js';
import type { RgbPixels } from '../../model/pixels.ts';
import type { JpegHeader } from './jpeg/jpeg-header.ts';
import { isRestart } from './jpeg/markers.ts';
import { markerAt } from './jpeg/next-segment.ts';
import { corruptPhoto } from './photo-errors.ts';

/**
 * The whole picture by jpeg-js, which has to be told or watched in three points: which files hold RGB as it is; that a scan
 * with restart markers may end before its last block (it leaves the rest grey); and its own limits, set so far up that the
 * size check before it is the only one.
 * @param header a header of 8 bits a sample and the first three coding processes, with one, three or four components
 * @throws ServiceError `corrupt_photo` for whatever jpeg-js rejects and for blocks that are missing
 */
export function decodeWithJpegJs(jpeg: Uint8Array, header: JpegHeader): RgbPixels {
  requireEveryRestart(jpeg, header);
  try {
    const { width, height, data } = jpegJs.decode(jpeg, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      colorTransform: header.colour === 'ycbcr' || header.colour === 'ycck',
      maxResolutionInMP: Number.POSITIVE_INFINITY,
      maxMemoryUsageInMB: Number.POSITIVE_INFINITY,
    });
    return { width, height, data };
  } catch (error) {
    throw corruptPhoto('The JPEG is damaged or cut short.', error);
  }
}

/** In a baseline picture of one scan the number of restart markers is known beforehand. */
function requireEveryRestart(jpeg: Uint8Array, header: JpegHeader): void {
  if (header.restartInterval === 0) return;
  const acrossLargest = Math.max(...header.components.map((component) => component.horizontalSampling));
  const downLargest = Math.max(...header.components.map((component) => component.verticalSampling));
  const units = Math.ceil(header.width / 8 / acrossLargest) * Math.ceil(header.height / 8 / downLargest);
  const expected = Math.ceil(units / header.restartInterval) - 1;
  let found = 0;
  for (let at = markerAt(jpeg, 2); at >= 0; at = markerAt(jpeg, at + 1)) if (isRestart(jpeg[at] as number)) found += 1;
  if (found < expected) throw corruptPhoto('The JPEG lacks a part between two restart markers.');
}
