import { parentPort, workerData } from 'node:worker_threads';
import { wireService } from '../../function/wire.ts';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import { CliError } from '../cli-error.ts';
import { hintOf } from '../report-error.ts';
import { classifyFile } from './classify-file.ts';
import type { FileResult, WorkerFacts, WorkerSettings } from './messages.ts';

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

/** Loads a model of its own, to classify photo after photo as they are handed over. */
async function prepare(): Promise<Prepared<WorkerFacts, string, FileResult>> {
  const { environment, ...settings } = workerData as WorkerSettings;
  try {
    const { collaborators } = wireService(environment);
    const { card } = await collaborators.classifier();
    return { facts: { labels: card.labels }, answer: (file) => classifyFile(collaborators, file, settings) };
  } catch (thrown) {
    // What the command line says of an error is more than the error's own hint.
    const hint = thrown instanceof Error ? hintOf(thrown) : undefined;
    if (hint === undefined) throw thrown;
    throw new CliError((thrown as Error).message, hint, { cause: thrown });
  }
}
