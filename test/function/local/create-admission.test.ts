import { expect, it } from 'vitest';
import { createAdmission } from '../../../function/local/create-admission.ts';

const limits = { maximumQueuedRequests: 3, maximumQueuedRequestsPerAddress: 2 };

it('leaves places for other addresses, until there are none', async () => {
  const { admit, requireRoom } = createAdmission(limits);
  const gate = Promise.withResolvers<void>();
  const inside = [admit('a', () => gate.promise), admit('a', () => gate.promise)];

  await expect(admit('a', async () => 1)).rejects.toThrow('Your address has its 2 requests');

  inside.push(admit('b', () => gate.promise));

  expect(() => requireRoom('b')).toThrow('The service has its 3 requests');

  gate.resolve();
  await Promise.all(inside);

  expect(await admit('a', async () => 1)).toBe(1);
});

it('gives the place back of work that fails', async () => {
  const { admit } = createAdmission({ maximumQueuedRequests: 1, maximumQueuedRequestsPerAddress: 1 });
  const fail = () => Promise.reject(new Error('broken'));

  await expect(admit('a', fail)).rejects.toThrow('broken');
  await expect(admit('a', fail)).rejects.toThrow('broken');
});
