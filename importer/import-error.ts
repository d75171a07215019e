import { ExplainedError } from '../facts/explained-error.ts';

/** A model file that cannot become a model directory; the message says what is in the way and where. */
export class ImportError extends ExplainedError {
  override readonly name = 'ImportError';
}
