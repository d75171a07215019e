import { PhotoError } from '../photo-error.ts';
import { decodeText } from './recognise-text.ts';

/**
 * How a JPEG and a PNG begin after something on the way has taken them for text. Each byte above 0x7F has become U+FFFD, in
 * UTF-8 EF BF BD (a gateway that hands a body over as a string), or a question mark (a step through ASCII), or the two
 * UTF-8 bytes of the Latin-1 letter with that number.
 */
const damagedBeginnings = [
  '\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd',
  '\xc3\xbf\xc3\x98\xc3\xbf',
  '????\0',
  '\xef\xbf\xbdPNG',
  '\xc2\x89PNG',
  '?PNG',
];
/** The four bytes between are the file's size, at most three times as many after the damage. */
const webpBeginning = /^RIFF[\s\S]{4,12}WEBP/;
const inspectedBytes = 1024;

/**
 * Whether these bytes are a photo that something on the way has turned into text. What is lost that way can't be brought
 * back; what helps is to send the photo again with a content type that the gateway treats as binary.
 */
export function isPhotoTurnedIntoText(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 24)).toString('latin1');
  if (damagedBeginnings.some((damaged) => beginning.startsWith(damaged))) return true;
  return webpBeginning.test(beginning) && isTextBeyondAscii(bytes.subarray(0, inspectedBytes));
}

/** WebP's own first bytes may all be ASCII; but a compressed picture is never UTF-8, and what damage has written always is. */
function isTextBeyondAscii(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x7f) && decodeText(bytes, 'utf-8') !== undefined;
}

/** The answer to a photo that arrived as text: what happened, and which header prevents it. */
export function turnedIntoText(): PhotoError {
  return new PhotoError(
    'turned-into-text',
    'Something on the way has taken the photo for text and replaced bytes of it.',
    'Send it with the header content-type: image/jpeg (image/png, image/webp); behind a REST API, that type must also be among the binary media types of the API.',
  );
}
