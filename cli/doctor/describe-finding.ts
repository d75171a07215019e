import { type Printable, type StyledText, styled } from '../terminal/styled-text.ts';
import type { Finding } from './outcome.ts';

const marks = {
  ok: styled('green', 'ok     ', '✓'),
  failed: styled('red', 'FAILED ', '✗'),
  skipped: styled('dim', 'skipped', '–'),
} as const satisfies Record<Finding['status'], StyledText>;
const nameWidth = 12;

/** A finding as a line for a terminal, and where it failed the way out as a second. */
export function describeFinding(finding: Finding): Printable {
  const line = [marks[finding.status], `  ${finding.name.padEnd(nameWidth)}  ${finding.detail}`];
  if (finding.status !== 'failed') return line;
  const indent = ' '.repeat(marks.failed.text.length + nameWidth + 4);
  return [...line, '\n', styled('yellow', `${indent}-> `, ' '), finding.fix];
}
