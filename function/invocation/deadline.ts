import { ServiceError } from './service-error.ts';

/** The moment at which all work on one request, or a part of it, ends. */
export interface Deadline {
  /** In milliseconds since the epoch. */
  readonly endsAt: number;
  /** Fires at that moment, or when nobody waits any more; its reason is the error to answer with. */
  readonly signal: AbortSignal;
  /** Throws that error once the moment has passed. */
  throwIfOver(): void;
  /**
   * Runs work that holds the thread, such as decoding. Of several photos in one request the next is not begun where it
   * would pass the deadline if it took as long as the longest before it; rejects with `too_slow` then.
   */
  step<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * What `work` gives, unless the signal fires first: then its reason, even if `work` takes no notice of it (a DNS lookup
   * can't be interrupted) or fails for it in words of its own. Not begun where the signal has fired already.
   */
  race<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Lets go of the timer; the deadline then never fires. */
  release(): void;
}

function tooSlow(): ServiceError {
  return new ServiceError(
    'too_slow',
    'The work would pass the deadline of this request.',
    'Send fewer or smaller photos at a time, or try again in a moment.',
  );
}

/**
 * @param endsAt in milliseconds since the epoch
 * @param gone fires when nobody waits for the answer any more, such as at a later deadline
 * @param createError what the work then ends with
 */
export function createDeadline(endsAt: number, gone?: AbortSignal, createError: () => Error = tooSlow): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const onGone = () => controller.abort(gone?.reason);
  gone?.addEventListener('abort', onGone, { once: true });
  if (gone?.aborted) onGone();
  // A timer's delay has 31 bits; a runtime without a deadline may give one years away.
  const delay = Math.min(Math.max(endsAt - Date.now(), 0), 2 ** 31 - 1);
  const timer = setTimeout(() => controller.abort(createError()), delay);
  let longestStepMs = 0;

  const throwIfOver = () => {
    signal.throwIfAborted();
    // A step that held the thread has also held the timer.
    if (Date.now() >= endsAt) controller.abort(createError());
    signal.throwIfAborted();
  };

  return {
    endsAt,
    signal,
    throwIfOver,
    async step(work) {
      throwIfOver();
      const startedAt = Date.now();
      if (startedAt + longestStepMs > endsAt) throw createError();
      try {
        return await work();
      } finally {
        longestStepMs = Math.max(longestStepMs, Date.now() - startedAt);
      }
    },
    async race(work) {
      signal.throwIfAborted();
      const over = Promise.withResolvers<never>();
      const onOver = () => over.reject(signal.reason);
      // Before the work can listen, so that the reason wins over whatever error the aborted work reports.
      signal.addEventListener('abort', onOver, { once: true });
      try {
        return await Promise.race([over.promise, work(signal)]);
      } finally {
        signal.removeEventListener('abort', onOver);
      }
    },
    release() {
      clearTimeout(timer);
      gone?.removeEventListener('abort', onGone);
    },
  };
}
