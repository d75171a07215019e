import type { Finding } from './outcome.ts';

const marks = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' } as const;
const nameWidth = 12;

/** A finding as a line for a terminal, and where it failed the way out as a second. */
export function describeFinding(finding: Finding): string {
  const line = `${marks[finding.status]}  ${finding.name.padEnd(nameWidth)}  ${finding.detail}`;
  if (finding.status !== 'failed') return line;
  return `${line}\n${' '.repeat(marks.failed.length + nameWidth + 4)}-> ${finding.fix}`;
}
