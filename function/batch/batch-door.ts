import type { RequestRecord } from '../invocation/request-log.ts';
import type { FinishedBatch } from './run-batch.ts';

export interface BatchContext {
  /** In milliseconds since the epoch. */
  readonly deadlineAt: number;
  readonly record: RequestRecord;
  /** Says what became of the photos of an event, to the log. */
  readonly note: (batch: FinishedBatch) => void;
}

/** One shape of event about many photos: how it is told from others, and its way to an answer. */
export interface BatchDoor {
  readonly name: string;
  accepts(event: unknown): boolean;
  answer(event: unknown, context: BatchContext): Promise<unknown>;
}
