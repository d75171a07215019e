import { ServiceError } from '../invocation/service-error.ts';

/**
 * Whether `curl -d @photo.jpg` has sent this: it drops every line break of a file, and every zero byte, without a word.
 * A whole JPEG, PNG or WebP has zero bytes in its first segment, chunk or size; one without line breaks may well be whole,
 * such as a large picture of one colour.
 *
 * @param body what begins as a photo does
 */
export function hasLostLineBreaks(body: Uint8Array): boolean {
  return !body.includes(0) && !body.includes(0x0a) && !body.includes(0x0d);
}

/** The answer to such a body: what happened, and the option of curl that leaves a file as it is. */
export function lostLineBreaks(): ServiceError {
  return new ServiceError(
    'bad_request',
    'The photo has lost its line breaks on the way, as a file that curl sends with -d does.',
    'Send it with --data-binary @photo.jpg instead of -d @photo.jpg, or as a form with -F photo=@photo.jpg.',
  );
}
