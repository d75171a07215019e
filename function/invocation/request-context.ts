import type { Deadline } from './deadline.ts';
import type { RequestRecord } from './request-log.ts';

/** What goes along with one event through its door. */
export interface RequestContext {
  readonly requestId: string;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Whether this is the first event that a cold process answers. */
  readonly coldStart: boolean;
  readonly deadline: Deadline;
  readonly record: RequestRecord;
}
