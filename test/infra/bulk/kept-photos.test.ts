import { describe, expect, it, vi } from 'vitest';
import { runStack } from '../run-stack.ts';
import { named, rightsOf } from './rights-of.ts';

vi.mock('../../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

describe('photos kept for labelling', () => {
  it('keeps copies of unsure photos where the owner says so, for as long as he says', async () => {
    const stack = await runStack({ stream: true, keepUnsure: 'on', keepForDays: 7, keepRandomShare: 0.5 });

    const { rules } = named(
      stack,
      'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
      'lambda-lens-kept',
    );

    expect(rules).toContainEqual(expect.objectContaining({ expiration: { days: 7 }, status: 'Enabled' }));
    expect(named(stack, 'aws:lambda/function:Function', 'lambda-lens-batch').environment.variables).toMatchObject({
      KEEP_BUCKET: 'lambda-lens-kept-id',
      KEEP_UNSURE_SHARE: '1',
      KEEP_RANDOM_SHARE: '0.5',
    });
    expect(rightsOf(stack, 'lambda-lens-batch-work')).toContainEqual([
      's3:PutObject',
      ['arn:aws:s3:::lambda-lens-results-id/results/*', 'arn:aws:s3:::lambda-lens-kept-id/kept/*'],
    ]);
  });

  it.each([
    ['on', 'lambda-lens-kept-id'],
    ['batches', undefined],
    ['off', undefined],
  ] as const)('the doors keep photos of callers with keepUnsure %s alone: %s', async (keepUnsure, bucket) => {
    const stack = await runStack({ stream: true, keepUnsure });

    const doors = named(stack, 'aws:lambda/function:Function', 'lambda-lens');

    expect(doors.environment.variables.KEEP_BUCKET).toBe(bucket);
    expect(stack.all('aws:iam/rolePolicy:RolePolicy').some(({ name }) => name === 'lambda-lens-keep')).toBe(
      bucket !== undefined,
    );
  });

  it('is kept without a stream too, where callers send them', async () => {
    const stack = await runStack({ keepUnsure: 'on' });

    expect(rightsOf(stack, 'lambda-lens-keep')).toEqual([
      ['s3:PutObject', ['arn:aws:s3:::lambda-lens-kept-id/kept/*']],
    ]);
  });
});
