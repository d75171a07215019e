import { ServiceError } from '../invocation/service-error.ts';

const retryAfterInSeconds = 1;

/** Bounds how many requests are held at a time, from a complete upload to the answer. */
export interface Admission {
  /** @throws ServiceError `busy` when there is no room now */
  requireRoom(): void;
  /** Runs `work` inside; rejects with `busy` when there is no room. */
  admit<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createAdmission(maximum: number): Admission {
  let inside = 0;
  const requireRoom = () => {
    if (inside < maximum) return;
    throw new ServiceError(
      'busy',
      `The service has its ${maximum} requests at work or waiting already.`,
      `Try again in ${retryAfterInSeconds} second.`,
      { headers: { 'retry-after': String(retryAfterInSeconds) } },
    );
  };
  return {
    requireRoom,
    async admit(work) {
      requireRoom();
      inside += 1;
      try {
        return await work();
      } finally {
        inside -= 1;
      }
    },
  };
}
