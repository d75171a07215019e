import { PhotoError } from './photo-error.ts';

/** The largest width or height that is decoded: as far as a JPEG's header can count. */
const maximumSideInPixels = 65_535;

/**
 * Refuses a size that a header claims, before anything is allocated for it.
 * @throws PhotoError `too-large` with the size and the limit
 */
export function requireSizeWithin(width: number, height: number, maximumPixels: number): void {
  if (Math.max(width, height) > maximumSideInPixels) {
    throw tooLarge(`${width} × ${height} pixels, and a side may have at most ${inWords(maximumSideInPixels)}`);
  }
  const pixels = width * height;
  if (pixels > maximumPixels) {
    throw tooLarge(`${width} × ${height} = ${inWords(pixels)} pixels, and at most ${inWords(maximumPixels)} are taken`);
  }
}

function tooLarge(what: string): PhotoError {
  return new PhotoError('too-large', `The photo has ${what}.`, 'Send the photo scaled down.');
}

function inWords(pixels: number): string {
  return pixels.toLocaleString('en-US');
}
