/** h5py writes names as bytes of UTF-8, which the library hands on as one character a byte. */
export function readUtf8(text: string): string {
  const isPlain = [...text].every((character) => character.charCodeAt(0) < 0x80);
  if (isPlain || [...text].some((character) => character.charCodeAt(0) > 0xff)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  // What was no UTF-8 stays as it was.
  return decoded.includes('\uFFFD') ? text : decoded;
}
