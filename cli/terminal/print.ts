import { showJson, showName, showText } from './show-controls.ts';

/** Lines for people on standard output; a line feed is added. Names that may hold one go through `showName` first. */
export function print(text: string): void {
  process.stdout.write(`${showText(text)}\n`);
}

/** Lines for people on standard error. */
export function printError(text: string): void {
  process.stderr.write(`${showText(text)}\n`);
}

/** A value for programs on standard output, on one line unless `indent` says otherwise. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${showJson(value, indent)}\n`);
}

/** Bytes as they are, for a file or another program; a terminal still sees what would command it. */
export function printData(text: string): void {
  process.stdout.write(process.stdout.isTTY ? showText(text) : text);
}

/** One line on a terminal's standard error that the next one replaces, and an empty one takes away; nothing in a pipe. */
export function redrawLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${showName(text)}`);
}
