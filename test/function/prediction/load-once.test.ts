import { expect, it } from 'vitest';
import { loadOnce } from '../../../function/prediction/load-once.ts';

it('loads once for all who ask, and again after a failure', async () => {
  let calls = 0;
  const load = loadOnce(async () => {
    calls += 1;
    if (calls === 1) throw new Error('not yet');
    return calls;
  });

  await expect(Promise.all([load(), load()])).rejects.toThrow('not yet');
  expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  expect(await load()).toBe(2);
});
