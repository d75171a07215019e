import jpegJs from 'jpeg-js';
import { corruptPhoto } from '../photo-error.ts';
import type { RgbPixels } from '../pixels/pixels.ts';

/** Its own limits are out of the way: the size has been looked at already. */
const unlimited = 1e9;

/**
 * A JPEG of 8 bits, decoded by jpeg-js.
 * @throws PhotoError `corrupt` where jpeg-js finds damage
 */
export function decodeJpegByReference(jpeg: Uint8Array): RgbPixels {
  try {
    const { width, height, data } = jpegJs.decode(jpeg, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: unlimited,
      maxMemoryUsageInMB: unlimited,
    });
    return { width, height, data };
  } catch (cause) {
    throw corruptPhoto('The JPEG is damaged or cut short.', cause);
  }
}
