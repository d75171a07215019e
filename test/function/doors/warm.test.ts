import { expect, it } from 'vitest';
import { contextFor, createTestService } from '../../helpers/test-service.ts';

const idle = () => {
  throw new Error('A warm-up loads no model.');
};

it.each([
  ['a schedule of EventBridge', { version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
  ['the plug-in for the Serverless Framework', { source: 'serverless-plugin-warmup' }],
  ['an event of one’s own', { warmup: true }],
  ['lambda-warmer', { warmer: true, concurrency: 3 }],
])('answers %s without work and without a word', async (_case, event) => {
  const service = createTestService({ classifier: idle });

  expect(await service.handler(event, contextFor())).toEqual({ warm: true });
  expect(service.lines).toEqual([]);
});

it.each([{ warmup: 'yes' }, { warmup: false }, { source: 'shop' }])('is no door for %o', async (event) => {
  await expect(createTestService().handler(event, contextFor())).rejects.toMatchObject({ code: 'bad_request' });
});
