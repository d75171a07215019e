import { setImmediate as nextLoop } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapInOrder } from '../../../function/prediction/map-in-order.ts';

it('has no results of no items', async () => {
  expect(await mapInOrder([], 2, async () => 1)).toEqual([]);
});

it('keeps the order and never has more at work than it may', async () => {
  let atWork = 0;
  let most = 0;

  const results = await mapInOrder([5, 1, 3, 0, 2], 2, async (loops) => {
    atWork += 1;
    most = Math.max(most, atWork);
    for (let loop = 0; loop < loops; loop++) await nextLoop();
    atWork -= 1;
    return loops * 10;
  });

  expect(results).toEqual([50, 10, 30, 0, 20]);
  expect(most).toBe(2);
});
