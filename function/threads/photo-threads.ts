import { Worker } from 'node:worker_threads';
import { PoolError } from '../../model/pool/pool-error.ts';
import { createPool } from '../../model/pool.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { ModelFacts, PhotoThreads } from '../prediction/classify-photo.ts';
import type { PhotoJob, PhotoOutcome, ThreadFacts, ThreadSettings } from './photo-job.ts';

export interface StartedThreads extends PhotoThreads {
  /** Starts them; rejects with a PoolError where none can start. From then on they are ready. */
  start(): Promise<ModelFacts>;
  /** Takes no more photos, lets those that it has finish, for so long at most, and ends the threads. */
  close(graceInMilliseconds: number): Promise<void>;
}

/**
 * Threads that decode and classify, each with a model of its own.
 * @param count from 1
 */
export function createPhotoThreads(count: number, settings: ThreadSettings): StartedThreads {
  const { limits, modelDirectory, engine, decoder, directAnswer } = settings;
  // No more than a thread needs, and above all no secret.
  const workerData: ThreadSettings = { limits, modelDirectory, engine, decoder, directAnswer };
  const { maximumQueuedRequests, maximumItems } = limits;
  const pool = createPool<ThreadFacts, PhotoJob, PhotoOutcome>({
    threads: count,
    // What the server lets in at most, so that a photo that was let in has a place.
    maximumWaiting: maximumQueuedRequests * maximumItems,
    startThread: () => new Worker(new URL('./photo-thread.ts', import.meta.url), { workerData }),
  });
  let isReady = false;
  return {
    async start() {
      const facts = await pool.facts();
      isReady = true;
      return facts;
    },
    isReady: () => isReady,
    model: () => pool.facts(),
    classify: (bytes, { explain, deadline }) =>
      inWordsOfTheService(() =>
        pool.inTurn(
          (run) =>
            deadline.step(async () => {
              // One copy: a photo may be a part of a larger body, all of which would be copied otherwise.
              const own = new Uint8Array(bytes);
              const outcome = await run({ bytes: own, explain, endsAt: deadline.endsAt }, [own.buffer]);
              if (outcome.kind === 'classified') return outcome.classified;
              const { code, message, hint } = outcome.refused;
              throw new ServiceError(code, message, hint);
            }),
          deadline.signal,
        ),
      ),
    close: (graceInMilliseconds) => pool.close(graceInMilliseconds),
  };
}

async function inWordsOfTheService<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PoolError) || error.reason === 'ended' || error.reason === 'unable') throw error;
    throw new ServiceError('busy', error.message, error.hint, { cause: error, headers: { 'retry-after': '1' } });
  }
}
