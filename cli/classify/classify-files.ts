import { Worker } from 'node:worker_threads';
import { CliError } from '../cli-error.ts';
import type { FileResult, PhotoJob, WorkerMessage, WorkerSettings } from './messages.ts';

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
  const queue = files.entries();
  const finished = new Map<number, FileResult>();
  let hasLabels = false;
  let told = 0;

  const finish = (index: number, result: FileResult) => {
    finished.set(index, result);
    for (let next = finished.get(told); next !== undefined; next = finished.get(told)) {
      finished.delete(told);
      onResult(next, told++);
    }
  };
  const runWorker = (worker: Worker) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveNext = () => {
      const { done, value } = queue.next();
      if (done) return resolve();
      const [index, file] = value;
      worker.postMessage({ index, file } satisfies PhotoJob);
    };
    const take = (message: WorkerMessage) => {
      if (message.kind === 'failed') throw toError(message);
      if (message.kind === 'done') finish(message.index, message.result);
      else if (!hasLabels) {
        hasLabels = true;
        onLabels(message.labels);
      }
      giveNext();
    };
    worker.on('message', (message: WorkerMessage) => {
      try {
        take(message);
      } catch (error) {
        reject(error);
      }
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A worker thread ended with code ${code}.`)));
    return promise;
  };

  const count = Math.min(options.workers, Math.ceil(files.length / fewestFilesPerWorker));
  const workerData: WorkerSettings = { environment, explain, thumbnails, standardInput };
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./photo-worker.ts', import.meta.url), { workerData }),
  );
  try {
    await Promise.all(workers.map(runWorker));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function toError({ message, hint, stack }: Extract<WorkerMessage, { kind: 'failed' }>): Error {
  const error = hint === undefined ? new Error(message) : new CliError(message, hint);
  return Object.assign(error, { stack });
}
