import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawBulkDeployerPolicy } from '../../../infra/rights/bulk-deployer-policy.ts';
import { drawDeployerPolicy } from '../../../infra/rights/deployer-policy.ts';
import { drawPermissionsBoundary } from '../../../infra/rights/permissions-boundary.ts';

const policy = drawDeployerPolicy();
const bulkPolicy = drawBulkDeployerPolicy();

describe('npm run policies', () => {
  it.each([
    ['deployer-policy.json', policy],
    ['bulk-deployer-policy.json', bulkPolicy],
    ['permissions-boundary.json', drawPermissionsBoundary()],
  ])('has made %s since its source changed', (file, document) => {
    expect(JSON.parse(readFileSync(new URL(`../../../infra/${file}`, import.meta.url), 'utf8'))).toEqual(document);
  });
});

// What the policy lets through is held by test/e2e/rights.
describe.each([
  ["the deployer's policy", policy],
  ['the one for photos by the million', bulkPolicy],
])('%s', (_name, document) => {
  it('names every action in full', () => {
    const actions = document.Statement.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count.
  it('fits into one managed policy', () => {
    expect(JSON.stringify(document).length).toBeLessThan(6_144);
  });
});

describe('the one for photos by the million', () => {
  it.each([
    ['shop', 'shop/runs/*'],
    ['shop/out', 'shop/out/runs/*'],
    ['shop/out/', 'shop/out/runs/*'],
  ])('lets lists of runs be written beside results in %s', (place, objects) => {
    const statements = drawBulkDeployerPolicy({ resultPlaces: [place] }).Statement;

    const written = statements.filter(({ Action }) => Action.includes('s3:PutObject'));
    expect(written.map(({ Resource }) => Resource)).toEqual([
      ['arn:aws:s3:::lambda-lens-*/runs/*', `arn:aws:s3:::${objects}`],
    ]);
  });
});

describe.each([
  ['the boundary', drawPermissionsBoundary],
  ['the one for photos by the million', drawBulkDeployerPolicy],
])('%s', (_name, draw) => {
  it('has the keys of buckets used by way of S3 alone, and none where none are named', () => {
    const key = 'arn:aws:kms:eu-west-1:123456789012:key/1';

    const statements = draw({ keys: [key] }).Statement;

    expect(statements.at(-1)).toEqual({
      Sid: 'KeysOfBuckets',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [key],
      Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
    });
    expect(JSON.stringify(draw())).not.toContain('kms:');
  });
});
