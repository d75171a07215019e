import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawDeployerPolicy } from '../../../infra/rights/deployer-policy.ts';
import { drawPermissionsBoundary } from '../../../infra/rights/permissions-boundary.ts';

const policy = drawDeployerPolicy();

describe('npm run policies', () => {
  it.each([
    ['deployer-policy.json', policy],
    ['permissions-boundary.json', drawPermissionsBoundary()],
  ])('has made %s since its source changed', (file, document) => {
    expect(JSON.parse(readFileSync(new URL(`../../../infra/${file}`, import.meta.url), 'utf8'))).toEqual(document);
  });
});

// What the policy lets through is held by test/e2e/rights.
describe("the deployer's policy", () => {
  it('names every action in full', () => {
    expect(policy.Statement.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count.
  it('fits into one managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThan(6_144);
  });
});
