import type { Transferable, Worker } from 'node:worker_threads';
import { PoolError } from './pool/pool-error.ts';
import { PoolThread } from './pool/pool-thread.ts';

export interface PoolOptions {
  /** How many threads, from 1. */
  readonly threads: number;
  /** How many jobs may wait for a thread at a time; so many, and those at work, are all that the pool ever holds. */
  readonly maximumWaiting: number;
  /** Starts a worker thread whose module calls `answerJobs`. */
  readonly startThread: () => Worker;
}

/** `transferred` goes over to the thread instead of being copied for it. */
export type RunJob<Job, Result> = (job: Job, transferred?: readonly Transferable[]) => Promise<Result>;

/** Threads that each have prepared the same, such as a classifier, and take jobs from one queue. */
export interface Pool<Facts, Job, Result> {
  /**
   * What the first thread to be ready says of itself; starts the threads. Rejects with a PoolError `unable` when none can
   * start; the next call tries again.
   */
  facts(): Promise<Facts>;
  /**
   * Runs `work` as soon as a thread is free, first come, first served, and gives it that thread to itself. Rejects as `work`
   * does; with a PoolError where no thread comes; with the signal's reason if that fires while waiting. A job whose thread
   * dies ends with a PoolError `ended`, and another thread takes that one's place.
   */
  inTurn<Value>(work: (run: RunJob<Job, Result>) => Promise<Value>, signal?: AbortSignal): Promise<Value>;
  /** Takes no more jobs, lets those that it has finish, for so long at most, and ends the threads. */
  close(graceInMilliseconds: number): Promise<void>;
}

/** A pool whose threads start with the first question to it. */
export function createPool<Facts, Job, Result>(options: PoolOptions): Pool<Facts, Job, Result> {
  type Thread = PoolThread<Facts, Job, Result>;
  const { maximumWaiting, startThread } = options;
  const threads = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting: PromiseWithResolvers<Thread>[] = [];
  let wanted = options.threads;
  let held = 0;
  let whenDrained: PromiseWithResolvers<void> | undefined;
  let known = withoutComplaint<Facts>();

  const offer = (thread: Thread) => {
    if (!threads.has(thread)) return;
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next.resolve(thread);
  };
  const giveUp = (error: unknown) => {
    known.reject(error);
    known = withoutComplaint<Facts>();
    for (const turn of waiting.splice(0)) turn.reject(error);
  };
  const start = () => {
    const thread: Thread = new PoolThread(startThread());
    threads.add(thread);
    let wasReady = false;
    const begin = async () => {
      try {
        known.resolve(await thread.ready);
        wasReady = true;
        offer(thread);
      } catch (error) {
        threads.delete(thread);
        void thread.end();
        // A machine that has no room for one more has room for those that run: tried again only when there is none.
        wanted = Math.max(threads.size, 1);
        if (threads.size === 0) giveUp(error);
      }
    };
    void begin();
    void thread.ended.then(() => {
      threads.delete(thread);
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
      if (wasReady && whenDrained === undefined) fill();
    });
  };
  const fill = () => {
    while (threads.size < wanted) start();
  };

  const leave = () => {
    held -= 1;
    if (held === 0) whenDrained?.resolve();
  };
  const waitForTurn = async (signal: AbortSignal | undefined): Promise<Thread> => {
    if (waiting.length >= maximumWaiting) throw full(maximumWaiting);
    const turn = Promise.withResolvers<Thread>();
    const giveUpWaiting = () => {
      const place = waiting.indexOf(turn);
      if (place === -1) return;
      waiting.splice(place, 1);
      turn.reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUpWaiting, { once: true });
    waiting.push(turn);
    try {
      return await turn.promise;
    } finally {
      signal?.removeEventListener('abort', giveUpWaiting);
    }
  };

  return {
    facts() {
      if (whenDrained !== undefined) return Promise.reject(closed());
      fill();
      return known.promise;
    },
    async inTurn(work, signal) {
      signal?.throwIfAborted();
      if (whenDrained !== undefined) throw closed();
      fill();
      held += 1;
      try {
        const thread = idle.pop() ?? (await waitForTurn(signal));
        try {
          return await work((job, transferred) => thread.run(job, transferred));
        } finally {
          void thread.idle().then(() => offer(thread));
        }
      } finally {
        leave();
      }
    },
    async close(graceInMilliseconds) {
      whenDrained ??= Promise.withResolvers<void>();
      if (held === 0) whenDrained.resolve();
      const timer = setTimeout(whenDrained.resolve, graceInMilliseconds);
      await whenDrained.promise;
      clearTimeout(timer);
      giveUp(closed());
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

/** Whoever asks hears of its failure; where nobody asks, it is no failure of the process. */
function withoutComplaint<Value>(): PromiseWithResolvers<Value> {
  const one = Promise.withResolvers<Value>();
  one.promise.catch(() => undefined);
  return one;
}

function full(maximumWaiting: number): PoolError {
  return new PoolError('full', `${maximumWaiting} jobs wait for a thread already.`, 'Try again in a moment.');
}

function closed(): PoolError {
  return new PoolError('closed', 'The threads are being ended.', 'Ask again when the service has started anew.');
}
