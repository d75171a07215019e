import { expect, test } from 'vitest';
import { createDeadline } from '../../../function/invocation/deadline.ts';

test('lets work through that ends in time', async () => {
  const deadline = createDeadline(Date.now() + 10_000);
  deadline.throwIfOver();
  expect(await deadline.race(async () => 7)).toBe(7);
  deadline.release();
});

test('ends work that takes no notice of it', async () => {
  const deadline = createDeadline(Date.now() + 10);
  await expect(deadline.race(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'too_slow' });
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
  await expect(deadline.race(() => new Promise(() => undefined))).rejects.toThrow();
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
  const racing = deadline.race(() => new Promise(() => undefined));
  gone.abort(new Error('hung up'));
  await expect(racing).rejects.toThrow('hung up');
  deadline.release();
});

test('begins over when nobody waits from the beginning', () => {
  const deadline = createDeadline(Date.now() + 10_000, AbortSignal.abort(new Error('hung up')));
  expect(() => deadline.throwIfOver()).toThrow('hung up');
  deadline.release();
});

test('ends with an error of its own where there is one', async () => {
  const timeUp = new Error('time is up');
  const deadline = createDeadline(Date.now() + 5, undefined, () => timeUp);

  await expect(deadline.race(() => new Promise(() => undefined))).rejects.toBe(timeUp);
});

test('ends with its reason, not with the error that its end causes in the work', async () => {
  const gone = new AbortController();
  const reason = new Error('hung up');
  const deadline = createDeadline(Date.now() + 10_000, gone.signal);
  const work = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('broken off'))));

  const racing = deadline.race(work);
  gone.abort(reason);

  await expect(racing).rejects.toBe(reason);
  deadline.release();
});

test('does not begin the work for a caller who has left already', async () => {
  const deadline = createDeadline(Date.now() + 10_000, AbortSignal.abort(new Error('hung up')));
  let isBegun = false;

  const racing = deadline.race(async () => {
    isBegun = true;
  });

  await expect(racing).rejects.toThrow('hung up');
  expect(isBegun).toBe(false);
  deadline.release();
});
