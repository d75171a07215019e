import { fitLines } from './fit-lines.ts';
import { showJson, showName, showText } from './show-controls.ts';
import { type Printable, toStyledText } from './styled-text.ts';

/**
 * Lines for people on standard output, no wider than the terminal; a line feed is added. Names that may hold one go through
 * `showName` first.
 */
export function print(text: Printable): void {
  process.stdout.write(`${toLines(text, process.stdout)}\n`);
}

/** Lines for people on standard error. */
export function printError(text: Printable): void {
  process.stderr.write(`${toLines(text, process.stderr)}\n`);
}

/** A value for programs on standard output, on one line unless `indent` says otherwise. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${showJson(value, indent)}\n`);
}

/** Bytes as they are, for a file or another program; a terminal still sees what would command it. */
export function printData(text: Printable): void {
  const asItIs = (shown: string) => shown;
  process.stdout.write(toStyledText(text, process.stdout, process.stdout.isTTY ? showText : asItIs));
}

/** A table's rows for people, with their line feeds; in a pipe as they are. */
export function printRows(rows: Printable): void {
  if (process.stdout.isTTY) process.stdout.write(toLines(rows, process.stdout));
  else printData(rows);
}

/** One line on a terminal's standard error that the next one replaces, and an empty one takes away; nothing in a pipe. */
export function redrawLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${showName(text)}`);
}

/** How wide the terminal is that standard output is shown on; undefined for a pipe or a file. */
export function outputColumns(): number | undefined {
  return columnsOf(process.stdout);
}

function toLines(text: Printable, stream: NodeJS.WriteStream): string {
  return fitLines(toStyledText(text, stream, showText), columnsOf(stream));
}

function columnsOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY ? stream.columns : undefined;
}
