export interface Deadline {
  /** The caller's own end of all work. */
  readonly signal: AbortSignal;
  readonly timeoutInMilliseconds: number;
  /** What the returned promise rejects with when the time is up. */
  readonly timeoutError: Error;
}

/**
 * Runs `work` under a signal that fires when the caller's does or the time is up, whichever is first, and rejects at
 * that moment with the caller's reason or `timeoutError`, even if `work` waits for something that can't be interrupted
 * (a DNS lookup). `work` must release what it holds when its signal fires.
 */
export async function runUntilDeadline<Result>(
  { signal, timeoutInMilliseconds, timeoutError }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const ended = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    // In this order the reason wins over whatever error the aborted work reports.
    ended.reject(reason);
    controller.abort(reason);
  };
  const endAsCaller = () => end(signal.reason);
  signal.addEventListener('abort', endAsCaller, { once: true });
  const timer = setTimeout(end, timeoutInMilliseconds, timeoutError);
  try {
    return await Promise.race([ended.promise, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', endAsCaller);
  }
}
