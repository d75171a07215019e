/** Runs `work` when everyone who asked before is done; rejects with the signal's reason if that fires while waiting. */
export type InTurn = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/**
 * A queue for work that holds the thread, such as decoding and the model: one at a time, first come, first served, and
 * between two turns the event loop runs once, so that uploads, timers and `/health` go on meanwhile.
 */
export function createTurns(): InTurn {
  const waiting: (() => void)[] = [];
  let isTaken = false;

  const passOn = () => {
    setImmediate(() => {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    });
  };

  const waitForTurn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(start);
    });

  return async (work, signal) => {
    signal.throwIfAborted();
    if (isTaken) await waitForTurn(signal);
    isTaken = true;
    try {
      return await work();
    } finally {
      passOn();
    }
  };
}
