import { setTimeout as sleep } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Work that a person, or whoever runs the program, may end in its middle, so that it leaves things in order. */
export interface Stoppable {
  readonly stopped: AbortSignal;
  /** Ends early where it is stopped. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From now on such a signal ends the program as it always does. */
  readonly release: () => void;
}

/** @param tell that the end has begun; a second signal ends the program at once */
export function stopOnSignals(tell: () => void): Stoppable {
  const stop = new AbortController();
  const release = () => {
    for (const name of signals) process.off(name, onSignal);
  };
  const onSignal = () => {
    release();
    tell();
    stop.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    stopped: stop.signal,
    pause: (milliseconds) => sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined),
    release,
  };
}
