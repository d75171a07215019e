import type { Transferable, Worker } from 'node:worker_threads';
import type { StatedFault, ThreadMessage } from './answer-jobs.ts';
import { PoolError, ThreadError } from './pool-error.ts';

/** A thread of a pool, seen from outside: one job at a time. */
export class PoolThread<Facts, Job, Result> {
  /** What it says of itself once it can work; rejects with a PoolError where it cannot. */
  readonly ready: Promise<Facts>;
  /** Resolves when it is no more, whatever ended it. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  #job: PromiseWithResolvers<Result> | undefined;
  #end: PoolError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    const ready = Promise.withResolvers<Facts>();
    const ended = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.ended = ended.promise;
    // Each job that is waiting for it hears of it on its own.
    this.ready.catch(() => undefined);
    let cause: unknown;
    worker.on('message', (message: ThreadMessage<Facts, Result>) => {
      if (message.kind === 'ready') ready.resolve(message.facts);
      else if (message.kind === 'unable') ready.reject(cannotStart(message.fault));
      else if (message.kind === 'done') this.#take()?.resolve(message.result);
      else this.#take()?.reject(restore(message.fault));
    });
    worker.on('messageerror', (error) => this.#take()?.reject(error));
    worker.once('error', (error) => {
      cause = error;
    });
    worker.once('exit', (code) => {
      this.#end = diedOf(code, cause);
      ready.reject(cannotStart({ message: this.#end.message }, cause));
      this.#take()?.reject(this.#end);
      ended.resolve();
    });
  }

  /**
   * @param transferred what goes over to the thread instead of being copied for it
   * @returns rejects with the error that the job ended with, as far as it outlives the way between threads, or with a PoolError `ended`
   * where the thread died of it.
   */
  run(job: Job, transferred: readonly Transferable[] = []): Promise<Result> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const outcome = Promise.withResolvers<Result>();
    this.#job = outcome;
    try {
      this.#worker.postMessage(job, transferred);
    } catch (error) {
      this.#take()?.reject(error);
    }
    return outcome.promise;
  }

  /** Resolves when it is at work on nothing. */
  async idle(): Promise<void> {
    await this.#job?.promise.catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(): PromiseWithResolvers<Result> | undefined {
    const job = this.#job;
    this.#job = undefined;
    return job;
  }
}

function diedOf(code: number, cause: unknown): PoolError {
  const why = cause instanceof Error ? `: ${cause.message}` : '.';
  return new PoolError(
    'ended',
    `A worker thread ended with code ${code}${why}`,
    'Try again: another thread takes its place.',
    { cause },
  );
}

function cannotStart({ message, hint, stack }: StatedFault, cause?: unknown): PoolError {
  const error = hint === undefined ? new Error(message) : new ThreadError(message, hint);
  const origin = cause ?? Object.assign(error, { stack });
  return new PoolError('unable', message, hint ?? 'Run it with one worker to see where this comes from.', {
    cause: origin,
  });
}

function restore({ message, stack }: StatedFault): Error {
  return Object.assign(new Error(message), { stack });
}
