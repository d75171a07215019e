import { Worker } from 'node:worker_threads';
import { runJobs } from '../../model/pool/run-jobs.ts';
import type { FeatureThreadSettings, PhotoFeatures, ReadPhoto } from './feature-messages.ts';

export interface MakeFeaturesOptions extends FeatureThreadSettings {
  /** Threads at most; each opens the body, so few photos get fewer. */
  readonly threads: number;
  /** Called for each photo, as soon as it is done, in any order. */
  readonly onPhoto: (photo: ReadPhoto, index: number) => void;
  readonly onUnreadable: (index: number, reason: string) => void;
}

// Opening the body takes about as long as this many photos.
const fewestPhotosPerThread = 8;

/**
 * Makes features of photos in worker threads, each with a body of its own.
 * @throws what a thread failed with, such as a body that can't be opened
 */
export async function makeFeatures(paths: readonly string[], options: MakeFeaturesOptions): Promise<void> {
  const { threads, onPhoto, onUnreadable, ...workerData } = options;
  await runJobs<undefined, string, PhotoFeatures>(paths, {
    threads: countThreads(paths.length, threads),
    startThread: () => new Worker(new URL('./feature-thread.ts', import.meta.url), { workerData }),
    onResult: (photo, index) => {
      if (photo.kind === 'done') onPhoto(photo, index);
      else onUnreadable(index, photo.reason);
    },
  });
}

/** How many of at most `threads` threads pay for so many photos. */
export function countThreads(photos: number, threads: number): number {
  return Math.max(1, Math.min(threads, Math.ceil(photos / fewestPhotosPerThread)));
}
