import { corruptPhoto, PhotoError, unsupportedFormat } from '../photo-error.ts';
import { recogniseOtherFormat } from './other-formats.ts';
import { recogniseText } from './recognise-text.ts';
import { jpegSignature, pngSignature } from './signatures.ts';
import { isPhotoTurnedIntoText, turnedIntoText } from './text-damage.ts';

export type PhotoFormat = 'jpeg' | 'png' | 'webp';

/**
 * Which decoder these bytes are for. The bytes alone decide, never a content type or a file name.
 * @throws PhotoError `empty` without bytes, `turned-into-text`, `corrupt` for a signature that is damaged or cut short,
 *   `unsupported` naming anything else
 */
export function sniff(bytes: Uint8Array): PhotoFormat {
  if (bytes.length === 0) throw new PhotoError('empty', 'The photo is empty.', 'Send the bytes of a photo.');
  const beginning = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  if (beginning.startsWith(jpegSignature)) return 'jpeg';
  if (beginning.startsWith(pngSignature)) return 'png';
  if (isPhotoTurnedIntoText(bytes)) throw turnedIntoText();
  if (beginning.startsWith('RIFF') && beginning.startsWith('WEBP', 8)) return 'webp';
  requireNotCutShort(beginning);
  requireNotNearlyPng(beginning);
  const other = recogniseOtherFormat(bytes);
  if (other !== undefined) throw unsupportedFormat(`This is ${other.name}, which is not decoded.`, other.hint);
  throw unsupportedFormat(`This is ${recogniseText(bytes) ?? 'a file of unknown format'}, not a photo.`);
}

/** Fewer bytes than a signature has, but the first of one: a photo of which next to nothing has arrived. */
function requireNotCutShort(beginning: string): void {
  const isStartOf = (signature: string) => signature.startsWith(beginning);
  if ([jpegSignature, pngSignature].some(isStartOf) || (beginning.length < 12 && beginning.startsWith('RIFF'))) {
    throw corruptPhoto('The photo is cut short: it ends inside its first bytes.');
  }
}

/** PNG's signature holds a high byte and every kind of line end, so that a careless transfer shows in it. */
function requireNotNearlyPng(beginning: string): void {
  const headerAt = beginning.indexOf('IHDR');
  if (headerAt < 0 || headerAt > 16) return;
  const intact = Array.from(pngSignature).filter((character) => beginning.slice(0, headerAt).includes(character));
  if (intact.length >= 5) throw corruptPhoto('The PNG has a damaged signature: it was changed on its way.');
}
