import { setImmediate as nextLoop } from 'node:timers/promises';

/** Runs `work` when everyone who asked before is done; rejects with the signal's reason if that fires while waiting. */
export type SerialQueue = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/** Of the event loop between two turns, so that a flood of small requests can't hold up the work for good. */
const maximumLoops = 500;

/**
 * Lets the event loop run until nothing waits for it any more. Once would not do: Node takes one new connection a loop,
 * and what arrived during a long turn would then be taken at one a turn.
 */
async function catchUp(): Promise<void> {
  const { nodeTiming } = performance;
  for (let loops = 0; loops < maximumLoops; loops++) {
    const eventsBefore = nodeTiming.uvMetricsInfo.events;
    await nextLoop();
    if (nodeTiming.uvMetricsInfo.events === eventsBefore) return;
  }
}

/**
 * A queue for work that holds the thread, such as decoding and the model: one at a time, first come, first served, and
 * between two turns everything else catches up: uploads, timers, `/health`.
 */
export function createSerialQueue(): SerialQueue {
  const waiting: (() => void)[] = [];
  let isTaken = false;

  const passOn = async () => {
    await catchUp();
    const next = waiting.shift();
    if (next === undefined) isTaken = false;
    else next();
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
      void passOn();
    }
  };
}
