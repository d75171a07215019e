import { Worker } from 'node:worker_threads';
import { runJobs } from '../../model/pool/run-jobs.ts';
import type { FileResult, WorkerFacts, WorkerSettings } from './messages.ts';
import { tellInOrder } from './tell-in-order.ts';

export interface ClassifyFilesOptions extends WorkerSettings {
  /** Threads at most; each loads the model, so few files get fewer. */
  readonly workers: number;
  /** Called once, before the first result. */
  readonly onLabels: (labels: readonly string[]) => void;
  /** Called for each file, in the files' order. */
  readonly onResult: (result: FileResult, index: number) => void;
}

// Loading the model takes about as long as this many photos.
const fewestFilesPerWorker = 4;

/**
 * Classifies files in worker threads, each with a model of its own.
 * @throws what a worker failed with before its first photo, such as a model that can't be loaded: message and hint
 */
export async function classifyFiles(files: readonly string[], options: ClassifyFilesOptions): Promise<void> {
  const { environment, explain, thumbnails, standardInput, onLabels, onResult } = options;
  if (files.length === 0) return;
  const workerData: WorkerSettings = { environment, explain, thumbnails, standardInput };
  await runJobs<WorkerFacts, string, FileResult>(files, {
    threads: Math.min(options.workers, Math.ceil(files.length / fewestFilesPerWorker)),
    startThread: () => new Worker(new URL('./photo-worker.ts', import.meta.url), { workerData }),
    onFacts: ({ labels }) => onLabels(labels),
    onResult: tellInOrder(onResult),
  });
}
