import { expect, it } from 'vitest';
import { judgeAudit } from '../../.ci/judge-audit.ts';

const counts = { info: 0, low: 0, moderate: 0, high: 1, critical: 0, total: 1 };
const advisory = (severity: 'moderate' | 'high' | 'critical') => ({
  metadata: { vulnerabilities: counts },
  vulnerabilities: { 'some-package': { severity, fixAvailable: false } },
});

it.each([
  ['high', true, false],
  ['critical', true, false],
  ['moderate', true, true],
  ['critical', false, true],
] as const)('an advisory of %s severity (shipped: %s) passes: %s', (severity, isShipped, isPassed) => {
  const verdict = judgeAudit(advisory(severity), isShipped);

  expect(verdict.isPassed).toBe(isPassed);
  expect(verdict.lines).toContain(`${severity}: some-package, without a fix so far`);
});

it('passes where nothing is known against any package', () => {
  expect(judgeAudit({ metadata: { vulnerabilities: counts }, vulnerabilities: {} }, true).isPassed).toBe(true);
});

it('says that a registry answers no audit, and fails nothing', () => {
  const verdict = judgeAudit({ message: '405 Method Not Allowed' }, true);

  expect(verdict).toEqual({ isPassed: true, lines: ['not audited: 405 Method Not Allowed'] });
});
