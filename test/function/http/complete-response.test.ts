import { expect, it } from 'vitest';
import { completeResponse } from '../../../function/http/complete-response.ts';

const completion = { corsOrigins: ['https://shop.example'], origin: undefined, requestId: 'one' };

it('adds what every answer carries, and lets a header of the answer itself go before', () => {
  const own = { 'content-type': 'text/html', 'content-security-policy': 'own', 'x-request-id': 'own' };

  const { headers } = completeResponse({ status: 200, headers: own, body: '' }, completion);

  expect(headers).toEqual({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...own,
    vary: 'origin',
  });
});

it.each([
  ['what the answer and the origin depend on', ['https://shop.example'], { vary: 'accept' }, 'accept, origin'],
  ['what the origin depends on', ['https://shop.example'], {}, 'origin'],
  ['what the answer depends on', ['*'], { vary: 'accept' }, 'accept'],
  ['nothing', ['*'], {}, undefined],
])('varies by %s', (_, corsOrigins, headers, vary) => {
  const complete = completeResponse({ status: 200, headers, body: '' }, { ...completion, corsOrigins });

  expect(complete.headers.vary).toBe(vary);
  expect('vary' in complete.headers).toBe(vary !== undefined);
});
