import jpegJs from 'jpeg-js';
import { decodeJpeg } from '../../photo/jpeg/decode-jpeg.ts';

export type TimedDecode = (jpeg: Uint8Array) => void;

/** @param minimum pixels that neither side may fall below; 0 decodes at full size, which is all that jpeg-js can */
export function decodeWith(decoder: string, minimum: number): TimedDecode {
  if (decoder === 'ours') {
    return (jpeg) => decodeJpeg(jpeg, minimum === 0 ? {} : { minimumSize: { width: minimum, height: minimum } });
  }
  if (decoder !== 'jpeg-js') throw new Error(`no decoder ${decoder}`);
  const unlimited = { maxResolutionInMP: Number.POSITIVE_INFINITY, maxMemoryUsageInMB: Number.POSITIVE_INFINITY };
  return (jpeg) => jpegJs.decode(jpeg, { useTArray: true, formatAsRGBA: false, ...unlimited });
}
