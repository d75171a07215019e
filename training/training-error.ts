import { ExplainedError } from '../facts/explained-error.ts';

/** Photos or a body that no model can be trained with. */
export class TrainingError extends ExplainedError {
  override readonly name = 'TrainingError';
}
