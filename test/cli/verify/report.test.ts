import { expect, it } from 'vitest';
import { estimatePrice } from '../../../cli/verify/estimate-price.ts';
import { writeReport } from '../../../cli/verify/write-report.ts';

const head = { version: '0.1.0', region: 'eu-west-1', started: new Date(0), isDryRun: false };

it('tells each step with its time and what was seen', () => {
  const records = [
    { name: 'deploy', status: 'ok', seconds: 61.24, seen: ['version 1 is live'] },
    { name: 'off', status: 'failed', seconds: 2, seen: ['one\ntwo'] },
  ] as const;

  const report = writeReport(records, head, 'the-secret');

  expect(report).toContain('# Verification on AWS: 1 failed');
  expect(report).toContain('| deploy | ok | 61.2 |');
  expect(report).toContain('    one\n    two\n');
});

it('keeps the number of the account and the secret to itself', () => {
  const seen = ['arn:aws:iam::123456789012:user/owner', 'x-api-key: the-secret'];

  const report = writeReport([{ name: 'doctor', status: 'ok', seconds: 1, seen }], head, 'the-secret');

  expect(report).not.toMatch(/123456789012|the-secret/);
  expect(report).toContain('arn:aws:iam::<account>:user/owner');
});

it('takes less than ten cents', () => {
  expect(estimatePrice()).toBeGreaterThan(0.01);
  expect(estimatePrice()).toBeLessThan(0.1);
});
