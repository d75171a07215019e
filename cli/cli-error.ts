import { ExplainedError } from '../facts/explained-error.ts';

/** What a person at a terminal did or has to do something about. */
export class CliError extends ExplainedError {
  override readonly name = 'CliError';
}
