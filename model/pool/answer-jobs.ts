import type { MessagePort } from 'node:worker_threads';
import { ExplainedError } from '../../facts/explained-error.ts';

/** An error's own properties do not outlive the way between threads; these do. */
export interface StatedFault {
  readonly message: string;
  readonly hint?: string;
  readonly stack?: string;
}

/** What a thread of a pool says: once `ready` or `unable`, then one outcome for each job. */
export type ThreadMessage<Facts, Result> =
  | { readonly kind: 'ready'; readonly facts: Facts }
  | { readonly kind: 'unable'; readonly fault: StatedFault }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly fault: StatedFault };

/** What a thread has got ready: how it answers, and what it says of itself. All of it must be fit for a structured clone. */
export interface Prepared<Facts, Job, Result> {
  readonly facts: Facts;
  readonly answer: (job: Job) => Promise<Result>;
}

/** The life of a pool's thread, seen from inside: prepares, then answers job after job; the pool ends it. */
export async function answerJobs<Facts, Job, Result>(
  port: MessagePort,
  prepare: () => Promise<Prepared<Facts, Job, Result>>,
): Promise<void> {
  const post = (message: ThreadMessage<Facts, Result>) => port.postMessage(message);
  try {
    const { facts, answer } = await prepare();
    port.on('message', async (job: Job) => {
      try {
        post({ kind: 'done', result: await answer(job) });
      } catch (thrown) {
        post({ kind: 'failed', fault: state(thrown) });
      }
    });
    post({ kind: 'ready', facts });
  } catch (thrown) {
    post({ kind: 'unable', fault: state(thrown) });
  }
}

function state(thrown: unknown): StatedFault {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    message,
    ...(thrown instanceof ExplainedError && { hint: thrown.hint }),
    ...(stack !== undefined && { stack }),
  };
}
