/** What the runtime says of one invocation beside its event. */
export interface InvocationContext {
  readonly requestId: string;
  /** When the runtime gives up on this invocation, in milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** Fires when nobody waits for the answer any more, where the door can tell. */
  readonly signal?: AbortSignal;
  /** Runs work once the answer is out, and before the next event; undefined where the runtime has no such moment. */
  readonly afterAnswer?: (work: () => Promise<void>) => void;
}

/** One event in, one answer out, whatever door it came through. A failed direct invocation throws a ServiceError. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;
