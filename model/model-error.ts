import { ExplainedError } from '../facts/explained-error.ts';

const hintByReason = {
  /** A file of the model directory is missing or not what its name says. */
  unreadable: 'Make the model directory again with "lambda-lens import", or fetch it again from where it came.',
  /** There is no such directory. */
  missing: 'Check its name; "lambda-lens import" makes one of a model file, "lambda-lens train" one of photos.',
  /** card.json breaks its schema. */
  bad_card: 'Mend that key of card.json; model/clothing/card.json is one that works.',
  /** Card and graph contradict each other. */
  mismatch: 'Use card.json, model.json and weights.bin of one import: they belong together.',
  /** A kind of model that is not served. */
  unsupported:
    'Import the model again from its own file with "lambda-lens import"; "lambda-lens check" says what it can read.',
  /** Weights or answers that are no finite numbers. */
  not_finite: 'Import the model again, from a file that is whole; a training that diverged leaves such weights too.',
  /** The model cannot say why. */
  no_explanation: 'Ask without an explanation.',
  /** The photos do not suffice to calibrate. */
  no_calibration_data: 'Give a folder with more photos.',
} as const;

export type ModelErrorReason = keyof typeof hintByReason;

/** A model that cannot do what is asked of it; the message names the file, key or value at fault. */
export class ModelError extends ExplainedError {
  override readonly name = 'ModelError';
  readonly reason: ModelErrorReason;

  constructor(reason: ModelErrorReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, hintByReason[reason], options);
    this.reason = reason;
  }
}
