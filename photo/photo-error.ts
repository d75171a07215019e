import { ExplainedError } from '../facts/explained-error.ts';

/**
 * `empty`: no bytes. `turned-into-text`: a photo of which something on the way has replaced bytes. `unsupported`: a format, or
 * a variant of one, that is not decoded. `too-large`: more pixels than are taken. `corrupt`: damaged or cut short.
 */
export type PhotoErrorKind = 'empty' | 'turned-into-text' | 'unsupported' | 'too-large' | 'corrupt';

/** Why a photo gives no pixels. */
export class PhotoError extends ExplainedError {
  override readonly name = 'PhotoError';
  readonly kind: PhotoErrorKind;

  constructor(kind: PhotoErrorKind, message: string, hint: string, options?: { readonly cause?: unknown }) {
    super(message, hint, options);
    this.kind = kind;
  }
}

/** Damaged or cut short; `what` is a sentence. */
export function corruptPhoto(what: string, cause?: unknown): PhotoError {
  return new PhotoError(
    'corrupt',
    what,
    'Send the photo again from its original file. A viewer may still show something of it, but what is missing or wrong could change the label.',
    { cause },
  );
}

/** A format, or a variant of one, that is not decoded; `what` is a sentence that names it. */
export function unsupportedFormat(what: string, hint = 'Send the photo as JPEG, PNG or WebP.'): PhotoError {
  return new PhotoError('unsupported', what, hint);
}
