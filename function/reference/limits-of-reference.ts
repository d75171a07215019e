import { decoderMegabytesPerMegapixel, type Limits } from '../settings/limits.ts';

/**
 * Measured on 6 megapixels of 4:4:4 in jpeg-js, which holds every coefficient as a number of 32 bits, and cannot decode at a
 * reduced scale; pngjs takes 14.
 */
const referenceMegabytesPerMegapixel = 45;

/** What the reference's decoders can take in the memory in which the project's own take photos at full size. */
export function limitsOfReference(limits: Limits): Limits {
  const share = decoderMegabytesPerMegapixel / referenceMegabytesPerMegapixel;
  const pixels = Math.min(limits.maximumPixels, Math.floor(limits.maximumFullSizePixels * share));
  return { ...limits, maximumPixels: pixels, maximumFullSizePixels: pixels };
}
