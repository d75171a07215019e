import { styleText } from 'node:util';

/** A piece of a line with its looks on a terminal that has colours; elsewhere it is the text alone. */
export interface StyledText {
  readonly style: 'green' | 'red' | 'yellow' | 'cyan' | 'bold' | 'dim';
  readonly text: string;
  /** What stands before the text where colours are shown, such as ✓. */
  readonly sign?: string;
}

/** A text for people, or the pieces that it is put together from. Names in it went through `showName`. */
export type Printable = string | readonly (string | StyledText)[];

export function styled(style: StyledText['style'], text: string, sign?: string): StyledText {
  return { style, text, ...(sign !== undefined && { sign }) };
}

/** The same looks on a changed text, such as one whose names are safe to show. */
export function mapText(printable: Printable, change: (text: string) => string): Printable {
  if (typeof printable === 'string') return change(printable);
  return printable.map((piece) => (typeof piece === 'string' ? change(piece) : { ...piece, text: change(piece.text) }));
}

/** The text without looks, as a pipe and a file get it. */
export function toPlainText(printable: Printable): string {
  if (typeof printable === 'string') return printable;
  return printable.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

/**
 * The text with looks where a stream shows them: a terminal with colours, unless `NO_COLOR` is set, and anything with
 * `FORCE_COLOR` set. Only what this function adds commands the terminal: `show` writes out what the pieces hold.
 */
export function toStyledText(printable: Printable, stream: NodeJS.WriteStream, show: (text: string) => string): string {
  if (typeof printable === 'string') return show(printable);
  const signs = paint('dim', 'x', stream) !== 'x';
  return printable
    .map((piece) => {
      if (typeof piece === 'string') return show(piece);
      const sign = signs && piece.sign !== undefined ? `${piece.sign} ` : '';
      return paint(piece.style, sign + show(piece.text), stream);
    })
    .join('');
}

function paint(style: StyledText['style'], text: string, stream: NodeJS.WriteStream): string {
  return styleText(style, text, { stream, validateStream: true });
}

/** What `--color` and `--no-color` ask for, in the variables that Node.js heeds. */
export function forceColours(isOn: boolean, environment: NodeJS.ProcessEnv): void {
  delete environment[isOn ? 'NO_COLOR' : 'FORCE_COLOR'];
  environment[isOn ? 'FORCE_COLOR' : 'NO_COLOR'] = '1';
}
