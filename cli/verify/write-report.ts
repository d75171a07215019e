import type { StepRecord } from './verification.ts';

export interface ReportHead {
  readonly version: string;
  readonly region: string;
  readonly started: Date;
  readonly isDryRun: boolean;
}

/** A report as Markdown, to paste into an issue: without the number of the account and without the secret. */
export function writeReport(
  records: readonly StepRecord[],
  { version, region, started, isDryRun }: ReportHead,
  secret: string,
): string {
  const clean = (text: string) => text.replaceAll(secret, '<secret>').replace(/\b\d{12}\b/g, '<account>');
  const failures = records.filter(({ status }) => status === 'failed').length;
  const lines = [
    `# ${isDryRun ? 'Dry run of a verification' : 'Verification'} on AWS: ${failures === 0 ? 'passed' : `${failures} failed`}`,
    '',
    `lambda-lens ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}, ${region}, ${started.toISOString()}`,
    '',
    '| step | result | seconds |',
    '| --- | --- | ---: |',
    ...records.map(({ name, status, seconds }) => `| ${name} | ${status} | ${seconds.toFixed(1)} |`),
  ];
  for (const { name, seen } of records) {
    lines.push('', `## ${name}`, '', ...seen.flatMap((text) => clean(text).split('\n')).map((line) => `    ${line}`));
  }
  return `${lines.join('\n')}\n`;
}
