import { PhotoError } from './photo-error.ts';

/**
 * Refuses a photo that would take more memory than there is for it, before anything is allocated.
 * @param neededInBytes as estimated from the photo's header, for the decoder that is to take it
 * @throws PhotoError `too-large` with both numbers
 */
export function requireMemoryWithin(neededInBytes: number, maximumMegabytes = Number.POSITIVE_INFINITY): void {
  const megabytes = Math.ceil(neededInBytes / 1e6);
  if (megabytes <= maximumMegabytes) return;
  throw new PhotoError(
    'too-large',
    `The photo takes about ${megabytes} MB of memory to decode, and at most ${maximumMegabytes} MB are taken.`,
    'Send the photo scaled down, or as an ordinary JPEG: baseline, with colour at half the resolution.',
  );
}
