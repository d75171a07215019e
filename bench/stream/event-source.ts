import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoked } from './lambda-instance.ts';
import type { Queue, ReceivedMessage } from './queue-client.ts';

// What Lambda does between a queue and a function, which nothing simulates. Each rule with the page where AWS states it:
// sqs:     https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
// config:  https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
// errors:  https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
// scaling: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

export interface EventSourceOptions {
  readonly queue: Queue;
  /** Messages in a batch: from 1 to 10,000 (config). */
  readonly batchSize: number;
  /** How long a batch gathers before it goes as it is; at least 1 second where it may hold more than ten (config). */
  readonly windowInMilliseconds: number;
  /** Batches at work at a time, from 2 (scaling, MaximumConcurrency). */
  readonly concurrency: number;
  /** `throttled` is a function whose instances are all taken: the batch waits for its visibility timeout (scaling). */
  readonly invoke: (event: unknown) => Promise<Invoked | { readonly kind: 'throttled' }>;
  /** Asked between batches: ends it. */
  readonly isOver: () => Promise<boolean>;
}

export interface EventSourceReport {
  batches: number;
  /** As a whole. */
  failedBatches: number;
  throttledBatches: number;
  /** Reported one by one. */
  failedMessages: number;
  removedMessages: number;
}

/** Of a batch with all that is in it (sqs). */
const mostBytesInBatch = 6_000_000;

/** Polls the queue and invokes the function until it is over. */
export async function runEventSource(options: EventSourceOptions): Promise<EventSourceReport> {
  const report = { batches: 0, failedBatches: 0, throttledBatches: 0, failedMessages: 0, removedMessages: 0 };
  const poll = async () => {
    while (!(await options.isOver())) {
      const batch = await gatherBatch(options);
      if (batch.length > 0) await deliver(batch, options, report);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, poll));
  return report;
}

/** Until it is full, weighs as much as an event may, or its window is over, whichever comes first (sqs). */
async function gatherBatch({
  queue,
  batchSize,
  windowInMilliseconds,
}: EventSourceOptions): Promise<readonly ReceivedMessage[]> {
  const batch: ReceivedMessage[] = [];
  const endsAt = Date.now() + windowInMilliseconds;
  let bytes = 0;
  while (batch.length + 10 <= batchSize && bytes < mostBytesInBatch - 10 * 262_144) {
    const messages = await queue.receive();
    batch.push(...messages);
    for (const { Body } of messages) bytes += Body.length;
    if (Date.now() >= endsAt) break;
    if (messages.length === 0) await sleep(50);
  }
  return batch;
}

async function deliver(
  batch: readonly ReceivedMessage[],
  { queue, invoke }: EventSourceOptions,
  report: EventSourceReport,
): Promise<void> {
  const Records = batch.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    eventSource: 'aws:sqs',
  }));
  report.batches++;
  const invoked = await invoke({ Records });
  if (invoked.kind === 'throttled') {
    report.throttledBatches++;
    return;
  }
  const failed = invoked.kind === 'failed' ? undefined : readFailures(invoked.payload, batch);
  if (failed === undefined) {
    // All of them become visible again when their timeout is over (errors).
    report.failedBatches++;
    return;
  }
  report.failedMessages += failed.size;
  const done = batch.filter(({ MessageId }) => !failed.has(MessageId));
  report.removedMessages += done.length;
  await queue.remove(done);
}

/**
 * The ids that a function reports as failed; undefined where the whole batch counts as failed (errors): no JSON, an id that is
 * empty, null or unknown, a key of another name. No list, an empty one and null are full success.
 */
export function readFailures(payload: string, batch: readonly Pick<ReceivedMessage, 'MessageId'>[]) {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const list = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures ?? [];
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const known = new Set(batch.map(({ MessageId }) => MessageId));
  if (ids.some((id) => typeof id !== 'string' || !known.has(id))) return undefined;
  return new Set(ids as string[]);
}
