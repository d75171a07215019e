import { inflateSync } from 'node:zlib';

/** EXIF in hexadecimal, the longest text that is of use here, takes twice the 64 KB of a JPEG's segment. */
const longestTextInBytes = 200_000;
/** What can't be compressed becomes a little longer. */
const longestCompressedInBytes = 1.1 * longestTextInBytes;
const longestKeywordInBytes = 79;
const textNames = new Set(['tEXt', 'zTXt', 'iTXt']);

export interface TextChunk {
  readonly keyword: string;
  /** Undefined where it is broken or too long, since no text is the picture. */
  read(): Uint8Array | undefined;
}

/** A chunk of text (W3C PNG, section 11.3.3), of which no more than the keyword is read yet; undefined for another chunk. */
export function openTextChunk(name: string, data: Uint8Array): TextChunk | undefined {
  if (!textNames.has(name)) return undefined;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const keywordEnd = bytes.subarray(0, longestKeywordInBytes + 1).indexOf(0);
  if (keywordEnd < 1) return undefined;
  const at = keywordEnd + 1;
  return {
    keyword: bytes.toString('latin1', 0, keywordEnd),
    read: () => (name === 'iTXt' ? internationalText(bytes, at) : plainText(name, bytes, at)),
  };
}

function plainText(name: string, bytes: Buffer, at: number): Uint8Array | undefined {
  // zTXt has a byte for the method of compression, of which there is one.
  return name === 'zTXt' ? inflateText(bytes.subarray(at + 1)) : bytes.subarray(at);
}

/** A flag and a method of compression, then language and translated keyword, each with a zero behind it. */
function internationalText(bytes: Buffer, at: number): Uint8Array | undefined {
  const languageEnd = bytes.indexOf(0, at + 2);
  const translationEnd = languageEnd < 0 ? -1 : bytes.indexOf(0, languageEnd + 1);
  if (translationEnd < 0) return undefined;
  const text = bytes.subarray(translationEnd + 1);
  return bytes[at] === 1 ? inflateText(text) : text;
}

function inflateText(compressed: Uint8Array): Uint8Array | undefined {
  if (compressed.length > longestCompressedInBytes) return undefined;
  try {
    return inflateSync(compressed, { maxOutputLength: longestTextInBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/**
 * The bytes of a profile that ImageMagick before 7.0.7 wrote as text: a line with its name, one with its length, then
 * hexadecimal digits in lines; undefined where they are not, or too many.
 */
export function readRawProfile(text: Uint8Array): Uint8Array | undefined {
  if (text.length > longestTextInBytes) return undefined;
  const [, length = '', ...digits] = Buffer.from(text).toString('latin1').trim().split('\n');
  const bytes = Buffer.from(digits.join(''), 'hex');
  return bytes.length > 0 && bytes.length === Number(length) ? bytes : undefined;
}
