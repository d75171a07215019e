import { Worker } from 'node:worker_threads';
import { TrainingError } from '../training-error.ts';
import type { FeatureJob, FeatureMessage, FeatureThreadSettings, ReadPhoto } from './feature-messages.ts';

export interface MakeFeaturesOptions extends FeatureThreadSettings {
  /** Threads at most; each opens the body, so few photos get fewer. */
  readonly threads: number;
  /** Called for each photo, as soon as it is done, in any order. */
  readonly onPhoto: (photo: ReadPhoto) => void;
  readonly onUnreadable: (index: number, reason: string) => void;
}

// Opening the body takes about as long as this many photos.
const fewestPhotosPerThread = 8;
// The next one is there when a thread is done with one.
const jobsAtOnce = 2;

/**
 * Makes features of photos in worker threads, each with a body of its own.
 * @throws what a thread failed with before its first photo, such as a body that can't be opened
 */
export async function makeFeatures(paths: readonly string[], options: MakeFeaturesOptions): Promise<void> {
  const { threads, onPhoto, onUnreadable, ...settings } = options;
  const queue = paths.entries();

  const runThread = (thread: Worker) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let waiting = 0;
    const giveNext = () => {
      const { done, value } = queue.next();
      if (!done) {
        const [index, path] = value;
        waiting++;
        thread.postMessage({ index, path } satisfies FeatureJob);
      } else if (waiting === 0) resolve();
    };
    const take = (message: FeatureMessage) => {
      if (message.kind === 'failed') throw toError(message);
      if (message.kind === 'ready') {
        for (let job = 1; job < jobsAtOnce; job++) giveNext();
      } else {
        waiting--;
        if (message.kind === 'done') onPhoto(message);
        else onUnreadable(message.index, message.reason);
      }
      giveNext();
    };
    thread.on('message', (message: FeatureMessage) => {
      try {
        take(message);
      } catch (error) {
        reject(error);
      }
    });
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`A worker thread ended with code ${code}.`)));
    return promise;
  };

  const count = Math.max(1, Math.min(threads, Math.ceil(paths.length / fewestPhotosPerThread)));
  const started = Array.from(
    { length: count },
    () => new Worker(new URL('./feature-thread.ts', import.meta.url), { workerData: settings }),
  );
  try {
    await Promise.all(started.map(runThread));
  } finally {
    await Promise.all(started.map((thread) => thread.terminate()));
  }
}

function toError({ message, hint, stack }: Extract<FeatureMessage, { kind: 'failed' }>): Error {
  const error = hint === undefined ? new Error(message) : new TrainingError(message, hint);
  return Object.assign(error, { stack });
}
