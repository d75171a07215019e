import { expect, it } from 'vitest';
import { failed, type Outcome, ok, skipped } from '../../../cli/doctor/outcome.ts';
import { requirePassed } from '../../../cli/doctor/require-passed.ts';

const findings = (...outcomes: readonly Outcome[]) =>
  outcomes.map((outcome, index) => ({ ...outcome, name: `check ${index}`, phase: 'before' as const }));

it('lets a deployment go on where every check passed or was left out', () => {
  expect(() => requirePassed(findings(ok('there'), skipped('no credentials')))).not.toThrow();
});

it.each([
  [1, '1 of the checks has failed'],
  [2, '2 of the checks have failed'],
])('stops it where %i failed', (count, words) => {
  const outcomes = Array.from({ length: count }, () => failed('gone', 'put it back'));

  expect(() => requirePassed(findings(ok('there'), ...outcomes))).toThrow(words);
});
