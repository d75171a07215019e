import { jpegSignature, pngSignature } from './signatures.ts';

/** What a script sends by mistake before a photo: a byte order mark, line ends, blanks. */
const mistaken = /^(?:\xef\xbb\xbf)?[\t\n\r ]{0,16}/;
const inspectedBytes = 32;

/** The file from its signature on, where nothing but a few characters of text stands in front of that; else all of it. */
export function fromSignature(bytes: Uint8Array): Uint8Array {
  const beginning = Buffer.from(bytes.subarray(0, inspectedBytes)).toString('latin1');
  const { length } = mistaken.exec(beginning)?.[0] ?? '';
  const rest = beginning.slice(length);
  const isPhoto =
    rest.startsWith(`${jpegSignature}\xff`) || rest.startsWith(pngSignature) || /^RIFF[\s\S]{4}WEBP/.test(rest);
  return isPhoto ? bytes.subarray(length) : bytes;
}
