import { type Printable, styled } from '../terminal/styled-text.ts';

const headingWidth = 12;

/** A row such as `Weights      2 MB` with its heading in bold. */
export function styleRow(row: string): Printable {
  return [styled('bold', row.slice(0, headingWidth)), row.slice(headingWidth)];
}
