import { expect, test } from 'vitest';
import { createDeadline } from '../../../function/invocation/deadline.ts';

test('lets work through that ends in time', async () => {
  const deadline = createDeadline(Date.now() + 10_000);
  deadline.throwIfOver();
  expect(await deadline.race(Promise.resolve(7))).toBe(7);
  deadline.release();
});

test('ends work that takes no notice of it', async () => {
  const deadline = createDeadline(Date.now() + 10);
  await expect(deadline.race(new Promise(() => undefined))).rejects.toMatchObject({ code: 'too_slow' });
  expect(deadline.signal.reason).toMatchObject({ code: 'too_slow' });
});

test('is over for work that begins after a step that held the thread past it', () => {
  const deadline = createDeadline(Date.now() + 5);
  const until = Date.now() + 10;
  while (Date.now() < until);
  expect(() => deadline.throwIfOver()).toThrow(expect.objectContaining({ code: 'too_slow' }));
});

test('is over at once where it has passed already', async () => {
  const deadline = createDeadline(Date.now() - 1);
  expect(() => deadline.throwIfOver()).toThrow();
  await expect(deadline.race(new Promise(() => undefined))).rejects.toThrow();
});

test('begins no step that would pass it if it took as long as the one before', async () => {
  const deadline = createDeadline(Date.now() + 400);
  await deadline.step(async () => undefined);
  const until = Date.now() + 250;
  await deadline.step(async () => {
    while (Date.now() < until);
  });
  await expect(deadline.step(async () => 'begun')).rejects.toMatchObject({ code: 'too_slow' });
  deadline.release();
});

test('ends work for which nobody waits any more, with that reason', async () => {
  const gone = new AbortController();
  const deadline = createDeadline(Number.POSITIVE_INFINITY, gone.signal);
  const racing = deadline.race(new Promise(() => undefined));
  gone.abort(new Error('hung up'));
  await expect(racing).rejects.toThrow('hung up');
  deadline.release();
});

test('begins over when nobody waits from the beginning', () => {
  const deadline = createDeadline(Date.now() + 10_000, AbortSignal.abort(new Error('hung up')));
  expect(() => deadline.throwIfOver()).toThrow('hung up');
  deadline.release();
});
