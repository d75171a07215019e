const firstPauseInMs = 1_000;
const longestPauseInMs = 30_000;
const mostTries = 6;

/**
 * How long to wait before the next try after so many failed ones: what the service asks for, else a second that doubles
 * with each, up to half a minute; a quarter more or less, so that many pages don't come back at once.
 * @param random 0–1
 */
export function pauseBefore(failedTries: number, retryAfterInSeconds: number | undefined, random: number): number {
  const pause =
    retryAfterInSeconds === undefined ? firstPauseInMs * 2 ** (failedTries - 1) : retryAfterInSeconds * 1_000;
  return Math.min(pause, longestPauseInMs) * (0.75 + random / 2);
}

export interface Busy {
  readonly isBusy: boolean;
  readonly retryAfterInSeconds: number | undefined;
}

export interface Pacer {
  /** Runs `work` once nobody waits any more; again, later each time, while the service says that it is busy. */
  run<Result>(work: () => Promise<Result>, onPause: (milliseconds: number) => void): Promise<Result>;
}

/** Lets all work of a page wait together where the service has too much of it. */
export function createPacer(asBusy: (error: unknown) => Busy | undefined, sleep: (ms: number) => Promise<void>): Pacer {
  let pausing: Promise<void> = Promise.resolve();
  return {
    async run(work, onPause) {
      for (let failedTries = 1; ; failedTries++) {
        await pausing;
        try {
          return await work();
        } catch (error) {
          const busy = asBusy(error);
          if (busy === undefined || !busy.isBusy || failedTries >= mostTries) throw error;
          const pause = pauseBefore(failedTries, busy.retryAfterInSeconds, Math.random());
          onPause(pause);
          const mine = sleep(pause);
          pausing = Promise.all([pausing, mine]).then(() => undefined);
          await mine;
        }
      }
    },
  };
}

/** Runs at most so many at a time, in the order in which they came. */
export function createQueue(atOnce: number): (work: () => Promise<void>) => void {
  const waiting: (() => Promise<void>)[] = [];
  let working = 0;
  const next = async (): Promise<void> => {
    const work = working < atOnce ? waiting.shift() : undefined;
    if (work === undefined) return;
    working++;
    await work().catch(() => undefined);
    working--;
    void next();
  };
  return (work) => {
    waiting.push(work);
    void next();
  };
}
