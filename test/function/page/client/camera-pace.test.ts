import { expect, it } from 'vitest';
import {
  longestRunInMs,
  mostAnswers,
  nextInterval,
  shortestIntervalInMs,
  waitFor,
} from '../../../../function/page/client/camera-pace.ts';

it('asks for two answers a second at most, for a minute', () => {
  expect([shortestIntervalInMs, longestRunInMs, mostAnswers]).toEqual([500, 60_000, 120]);
});

it('slows down while the service is busy, to one in eight seconds, and is as fast as before after an answer', () => {
  const slower = [1, 2, 3, 4, 5, 6].reduce((interval) => nextInterval(interval, 'busy'), shortestIntervalInMs);

  expect(slower).toBe(8_000);
  expect(nextInterval(slower, 'answered')).toBe(500);
});

it('waits for what is left of the interval', () => {
  expect([waitFor(500, 1_000, 1_100), waitFor(500, 1_000, 1_900)]).toEqual([400, 0]);
});
