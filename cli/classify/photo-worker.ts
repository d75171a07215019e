import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { wireService } from '../../function/wire.ts';
import { hintOf } from '../report-error.ts';
import { classifyFile } from './classify-file.ts';
import type { PhotoJob, WorkerMessage, WorkerSettings } from './messages.ts';

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await run(parentPort, workerData as WorkerSettings);

/** Loads a model of its own, then classifies photo after photo as they are handed over. */
async function run(port: MessagePort, { environment, ...settings }: WorkerSettings): Promise<void> {
  const post = (message: WorkerMessage) => port.postMessage(message);
  try {
    const { collaborators } = wireService(environment);
    const { card } = await collaborators.classifier();
    port.on('message', async ({ index, file }: PhotoJob) => {
      post({ kind: 'done', index, result: await classifyFile(collaborators, file, settings) });
    });
    post({ kind: 'ready', labels: card.labels });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    // An error's own properties do not outlive the way between threads.
    post({ kind: 'failed', message: error.message, hint: hintOf(error), stack: error.stack ?? '' });
  }
}
