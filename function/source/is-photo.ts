import { hasLostLineBreaks, lostLineBreaks } from './lost-line-breaks.ts';

/** JPEG, PNG and RIFF: neither a form nor JSON nor any text begins so, whatever the header says. */
const photoBeginning = /^(?:\xff\xd8\xff|\x89PNG|RIFF)/;

/**
 * Whether the bytes begin as a photo does.
 * @throws ServiceError `bad_request` where they do, and have been ruined on the way
 */
export function isPhoto(bytes: Uint8Array): boolean {
  if (!photoBeginning.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'))) return false;
  if (hasLostLineBreaks(bytes)) throw lostLineBreaks();
  return true;
}
