import type { RequestContext } from '../invocation/request-context.ts';

/** One shape of event: how it is told from others, and its way to an answer of the shape that its sender expects. */
export interface Door {
  readonly name: string;
  /** Whether its events leave no line in the log. */
  readonly isQuiet?: true;
  accepts(event: unknown): boolean;
  answer(event: unknown, context: RequestContext): Promise<unknown>;
}
