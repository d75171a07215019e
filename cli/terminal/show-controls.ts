// Control characters of ASCII and of ISO 8859, which a terminal obeys; separators of lines; what turns the direction of the
// text around it; halves of characters. Not the marks of direction that Arabic and Hebrew labels may well hold.
const hidden = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** A stranger's name on one line of a terminal: what is not to be seen is written out, such as `\x1b`. */
export function showName(name: string): string {
  return name.replace(hidden, writeOut);
}

/** A name of any length in the place that a table or a sentence has for it. */
export function showShortName(name: string, longestLength: number): string {
  const shown = showName(name);
  return shown.length <= longestLength ? shown : `${shown.slice(0, longestLength - 1)}…`;
}

/** A text of several lines, of which tabs and line feeds stay as they are. */
export function showText(text: string): string {
  return text.replace(hidden, (character) =>
    character === '\n' || character === '\t' ? character : writeOut(character),
  );
}

/** JSON that is the same value, in one spelling that is safe to look at. */
export function showJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  return json.replace(hidden, (character) => (character === '\n' ? character : toUnicodeEscape(character)));
}

function writeOut(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : toUnicodeEscape(character);
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
