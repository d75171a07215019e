import { expect, it } from 'vitest';
import { ServiceError } from '../../../function/invocation/service-error.ts';
import { toAwsHandler } from '../../../function/runtime/to-aws-handler.ts';

const context = { awsRequestId: 'a-b-c', getRemainingTimeInMillis: () => 5_000 };

it('hands the event, the request id and the deadline on and the answer back', async () => {
  const before = Date.now();
  const handler = toAwsHandler(async (event, { requestId, deadlineAt }) => ({ event, requestId, deadlineAt }));

  expect(await handler({ url: 'https://example.com/' }, context)).toEqual({
    event: { url: 'https://example.com/' },
    requestId: 'a-b-c',
    deadlineAt: expect.closeTo(before + 5_000, -3),
  });
});

it.each([
  [new ServiceError('corrupt_photo', 'The photo is cut off.', 'Send it again.'), 'corrupt_photo'],
  [new Error('secret detail'), 'internal_error'],
])('throws errors that are named by their code and show no frames: %s', async (thrown, name) => {
  const handler = toAwsHandler(async () => {
    throw thrown;
  });

  const error = await handler({}, context).catch((caught: unknown) => caught);

  expect(error).toMatchObject({ name, cause: thrown });
  expect((error as Error).stack).toBe(`${name}: ${(error as Error).message}`);
  expect((error as Error).message).not.toContain('secret detail');
});
