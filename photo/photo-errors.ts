import { ServiceError } from '../function/invocation/service-error.ts';

/** 422: damaged or cut short; `what` is a sentence. */
export function corruptPhoto(what: string, cause?: unknown): ServiceError {
  return new ServiceError(
    'corrupt_photo',
    what,
    'Send the photo again from its original file; if that does not open in an image viewer either, it is damaged.',
    { cause },
  );
}

/** 415: a format, or a variant of one, that is not decoded; `what` is a sentence that names it. */
export function unsupportedFormat(what: string, hint = 'Send the photo as JPEG, PNG or WebP.'): ServiceError {
  return new ServiceError('unsupported_format', what, hint);
}

/** The largest width or height that is decoded: as far as a JPEG's header can count. */
const maximumSideInPixels = 65_535;

/**
 * Refuses a size that a header claims, before anything is allocated for it.
 * @throws ServiceError `photo_too_large` with the size and the limit
 */
export function requireSizeWithin(width: number, height: number, maximumPixels: number): void {
  if (Math.max(width, height) > maximumSideInPixels) {
    throw photoTooLarge(`${width} × ${height} pixels, and a side may have at most ${inWords(maximumSideInPixels)}`);
  }
  const pixels = width * height;
  if (pixels > maximumPixels) {
    throw photoTooLarge(
      `${width} × ${height} = ${inWords(pixels)} pixels, and at most ${inWords(maximumPixels)} are taken`,
    );
  }
}

function photoTooLarge(what: string): ServiceError {
  return new ServiceError('photo_too_large', `The photo has ${what}.`, 'Send the photo scaled down.');
}

function inWords(pixels: number): string {
  return pixels.toLocaleString('en-US');
}
