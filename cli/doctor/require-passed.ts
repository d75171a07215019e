import { CliError } from '../cli-error.ts';
import type { Finding } from './outcome.ts';

/** @throws CliError where any check before a deployment has failed, saying how many */
export function requirePassed(findings: readonly Finding[]): void {
  const failures = findings.filter(({ status }) => status === 'failed').length;
  if (failures === 0) return;
  throw new CliError(
    `${failures} of the checks ${failures === 1 ? 'has' : 'have'} failed, so nothing was deployed.`,
    'Mend what they name and run this again, or leave them out by "npm run deploy -- --no-checks".',
  );
}
