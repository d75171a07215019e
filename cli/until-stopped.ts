import { setTimeout as sleep } from 'node:timers/promises';

const parentCheckInMilliseconds = 250;

/**
 * Resolves when a person or a supervisor ends the program: with SIGINT or SIGTERM, or by ending npm that started it. npm
 * passes such a signal to the shell between the two, which dies of it without passing it on.
 */
export async function untilStopped(): Promise<void> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (process.env.npm_lifecycle_event === undefined) {
    await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve, { once: true }));
    return;
  }
  const parent = process.ppid;
  while (!stopped.signal.aborted && process.ppid === parent) {
    // Unreferenced: a service that could not start has nothing to wait for.
    await sleep(parentCheckInMilliseconds, undefined, { ref: false });
  }
}
