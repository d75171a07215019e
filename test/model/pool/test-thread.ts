import { parentPort, threadId, workerData } from 'node:worker_threads';
import { ModelError } from '../../../model/model-error.ts';
import { answerJobs } from '../../../model/pool/answer-jobs.ts';

/** What a job of this thread does; each answers with the thread's number. */
export type TestJob =
  | { readonly do: 'answer' }
  /** Answers when the flag is set, which tells that it has begun by setting the second. */
  | { readonly do: 'wait'; readonly flags: Int32Array }
  | { readonly do: 'throw'; readonly message: string }
  | { readonly do: 'die' }
  | { readonly do: 'fault' };

if (parentPort !== null) await answerJobs(parentPort, prepare);

async function prepare() {
  if (workerData === 'unable') throw new ModelError('unreadable', 'This directory has no card.json.');
  if (workerData === 'broken') throw new RangeError('no work of mine');
  return { facts: { thread: threadId }, answer };
}

async function answer(job: TestJob): Promise<number> {
  if (job.do === 'throw') throw new RangeError(job.message);
  if (job.do === 'die') process.exit(7);
  if (job.do === 'fault') {
    setImmediate(() => {
      throw new Error('outside of any job');
    });
    return new Promise(() => undefined);
  }
  if (job.do === 'wait') {
    Atomics.store(job.flags, 1, 1);
    Atomics.notify(job.flags, 1);
    Atomics.wait(job.flags, 0, 0);
  }
  return threadId;
}
