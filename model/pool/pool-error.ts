import { ExplainedError } from '../../facts/explained-error.ts';

/**
 * `full`: as many jobs wait as may. `closed`: the pool takes no more. `ended`: the thread died of this job, or was ended with
 * it. `unable`: no thread can start, in the words of the one that tried last.
 */
export type PoolErrorReason = 'full' | 'closed' | 'ended' | 'unable';

/** A job that got no answer, for a reason that is not its own. */
export class PoolError extends ExplainedError {
  override readonly name = 'PoolError';
  readonly reason: PoolErrorReason;

  constructor(reason: PoolErrorReason, message: string, hint: string, options?: { readonly cause?: unknown }) {
    super(message, hint, options);
    this.reason = reason;
  }
}

/** What a thread could not start with, in its own words. */
export class ThreadError extends ExplainedError {
  override readonly name = 'ThreadError';
}
