import { stripVTControlCharacters } from 'node:util';

/** A column of less than this is no place for words: they go on below it. */
const narrowestColumn = 20;
/** What begins a line of the shell in a text for people. */
const commandNames = ['lambda-lens', 'npx', 'npm', 'pulumi', 'curl', 'docker', 'aws', 'cd'];
// Hiragana, katakana, Han, Hangul and full-width forms, which terminals draw two columns wide; marks are drawn over another.
const wide = /[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}\p{scx=Hang}\uff01-\uff60]|\p{Emoji_Presentation}/u;
const mark = /\p{Mn}/u;

/** How many columns of a terminal a line takes; what commands the terminal takes none. */
export function columnsOf(line: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(line)) {
    columns += wide.test(character) ? 2 : mark.test(character) ? 0 : 1;
  }
  return columns;
}

/**
 * A text whose lines are no wider than a terminal: broken between words, a table's last column below itself, a line of the
 * shell with `\` at its end, so that it can still be pasted. A word that is wider by itself, such as an address, stays whole.
 * @param columns undefined where there is no terminal: as it is
 */
export function fitLines(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < 2) return text;
  return text
    .split('\n')
    .map((line) => (columnsOf(line) <= columns ? line : breakLine(line, columns)))
    .join('\n');
}

function breakLine(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  const indent = plain.length - plain.trimStart().length;
  const isCommand = indent > 0 && commandNames.includes(plain.trim().split(' ', 1)[0] ?? '');
  const [end, hang] = isCommand ? [' \\', indent + 4] : ['', hangOf(plain, indent, columns)];
  const lines = [''];
  let used = 0;
  let gap = '';
  let hasWord = false;
  // Colours stand at words and take no room, so a line is as wide as its words and the gaps between them.
  for (const piece of line.match(/ +|[^ ]+/g) ?? []) {
    if (piece.startsWith(' ')) {
      gap += piece;
      continue;
    }
    const width = columnsOf(piece);
    if (hasWord && width > 0 && used + gap.length + width + end.length > columns) {
      lines[lines.length - 1] += end;
      // A word too wide for the column has more room further to the left.
      const left = width + hang <= columns ? hang : Math.min(hang, indent + 2);
      lines.push(' '.repeat(left));
      used = left;
      gap = '';
    }
    lines[lines.length - 1] += gap + piece;
    used += gap.length + width;
    gap = '';
    hasWord ||= width > 0;
  }
  return lines.join('\n');
}

/** Where the rest of a line goes on: below its last column, if that is wide enough. */
function hangOf(plain: string, indent: number, columns: number): number {
  const [before = ''] = /^.*\S {2,}(?=\S)/.exec(plain) ?? [];
  if (before === '') return plain.startsWith('-> ', indent) ? indent + 3 : indent;
  return columns - before.length >= narrowestColumn ? before.length : indent + 4;
}
