/** What kind of text these bytes are, with its article; undefined where they are none. */
export function recogniseText(bytes: Uint8Array): string | undefined {
  const text = readAsText(bytes.subarray(0, 4096));
  if (text === undefined) return undefined;
  if (/<!doctype html|<(?:html|head|body|title)[\s>]/i.test(text)) return 'an HTML page';
  if (/<svg[\s>/]/i.test(text)) return 'an SVG drawing';
  if (/^\s*<\?xml/i.test(text)) return 'an XML file';
  if (/^\s*[[{]/.test(text)) return 'JSON or another text';
  return 'a text';
}

/** The bytes as text where they are UTF-8, or UTF-16 with its byte order mark, and hold no control characters. */
function readAsText(bytes: Uint8Array): string | undefined {
  const mark = ((bytes[0] as number) << 8) | (bytes[1] as number);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  const text = decodeText(bytes, encoding);
  return text === undefined || Array.from(text).some(isControlCharacter) ? undefined : text;
}

/** All but tab, line feed, form feed, carriage return and escape. */
function isControlCharacter(character: string): boolean {
  return character < ' ' && !'\t\n\f\r\x1b'.includes(character);
}

/** Undefined where the bytes are not of this encoding; a character cut off at the end is left out. */
export function decodeText(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
