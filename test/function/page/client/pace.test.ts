import { describe, expect, it } from 'vitest';
import { createPacer, createQueue, pauseBefore } from '../../../../function/page/client/pace.ts';

const middle = 0.5;

describe('pauseBefore', () => {
  it.each([
    [1, undefined, 1_000],
    [2, undefined, 2_000],
    [4, undefined, 8_000],
    [9, undefined, 30_000],
    [1, 7, 7_000],
    [1, 600, 30_000],
  ])('is after %i failed tries, with a retry-after of %s, %i ms', (tries, retryAfter, expected) => {
    expect(pauseBefore(tries, retryAfter, middle)).toBe(expected);
  });

  it('is a quarter shorter or longer by chance', () => {
    expect([pauseBefore(1, undefined, 0), pauseBefore(1, undefined, 1)]).toEqual([750, 1_250]);
  });
});

describe('a pacer', () => {
  const busy = { isBusy: true, retryAfterInSeconds: undefined };
  const asBusy = (error: unknown) => (error === busy ? busy : undefined);

  it('tries again while the service is busy, later each time', async () => {
    const pauses: number[] = [];
    const pacer = createPacer(asBusy, async () => undefined);
    let tries = 0;

    const result = await pacer.run(
      async () => {
        if (++tries < 4) throw busy;
        return 'answer';
      },
      (milliseconds) => pauses.push(milliseconds),
    );

    expect(result).toBe('answer');
    expect(pauses).toHaveLength(3);
    expect(pauses[2]).toBeGreaterThan(pauses[0] as number);
  });

  it('gives up after six tries, and at once for any other failure', async () => {
    const pacer = createPacer(asBusy, async () => undefined);
    const tries = { busy: 0, other: 0 };
    const other = new Error('other');

    await expect(
      pacer.run(
        async () => {
          tries.busy++;
          throw busy;
        },
        () => undefined,
      ),
    ).rejects.toBe(busy);
    await expect(
      pacer.run(
        async () => {
          tries.other++;
          throw other;
        },
        () => undefined,
      ),
    ).rejects.toBe(other);
    expect(tries).toEqual({ busy: 6, other: 1 });
  });

  it('lets other work wait for the same pause', async () => {
    const pause = Promise.withResolvers<void>();
    const pacer = createPacer(asBusy, () => pause.promise);
    const order: string[] = [];
    let isFirst = true;
    const one = pacer.run(
      async () => {
        if (isFirst) {
          isFirst = false;
          throw busy;
        }
        order.push('one');
      },
      () => order.push('pause'),
    );
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();

    const two = pacer.run(
      async () => order.push('two'),
      () => undefined,
    );
    await Promise.resolve();
    order.push('over');
    pause.resolve();
    await Promise.all([one, two]);

    expect(order.slice(0, 2)).toEqual(['pause', 'over']);
  });
});

describe('a queue', () => {
  it('runs so many at a time in their order, and goes on after a failure', async () => {
    const enqueue = createQueue(2);
    const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
    const begun: number[] = [];
    const done = Promise.withResolvers<void>();
    for (const [at, gate] of gates.entries()) {
      enqueue(async () => {
        begun.push(at);
        if (at === 3) done.resolve();
        await gate.promise;
      });
    }

    expect(begun).toEqual([0, 1]);

    gates[1]?.reject(new Error('failed'));
    gates[0]?.resolve();
    await done.promise;

    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
