import { ServiceError } from '../invocation/service-error.ts';

export const retryAfterInSeconds = 1;

export interface AdmissionLimits {
  readonly maximumQueuedRequests: number;
  readonly maximumQueuedRequestsPerAddress: number;
}

/** Bounds how many requests are held at a time, from a complete upload to the answer, in all and for each caller. */
export interface Admission {
  /** @throws ServiceError `busy` when every place is taken */
  requireRoom(caller: string): void;
  /** Runs `work` inside; rejects with `busy` when every place is taken. */
  admit<Result>(caller: string, work: () => Promise<Result>): Promise<Result>;
}

export function createAdmission({
  maximumQueuedRequests,
  maximumQueuedRequestsPerAddress,
}: AdmissionLimits): Admission {
  const insideByCaller = new Map<string, number>();
  let inside = 0;
  const insideOf = (caller: string) => insideByCaller.get(caller) ?? 0;
  const requireRoom = (caller: string) => {
    if (inside >= maximumQueuedRequests) {
      throw busy(`The service has its ${maximumQueuedRequests} requests at work or waiting already.`);
    }
    if (insideOf(caller) >= maximumQueuedRequestsPerAddress) {
      throw busy(`Your address has its ${maximumQueuedRequestsPerAddress} requests at work or waiting already.`);
    }
  };
  return {
    requireRoom,
    async admit(caller, work) {
      requireRoom(caller);
      inside += 1;
      insideByCaller.set(caller, insideOf(caller) + 1);
      try {
        return await work();
      } finally {
        inside -= 1;
        if (insideOf(caller) === 1) insideByCaller.delete(caller);
        else insideByCaller.set(caller, insideOf(caller) - 1);
      }
    },
  };
}

function busy(what: string): ServiceError {
  return new ServiceError('busy', what, `Try again in ${retryAfterInSeconds} second.`, {
    headers: { 'retry-after': String(retryAfterInSeconds) },
  });
}
