/**
 * `unreadable`: a file of the model directory is missing or not what its name says. `bad_card`: card.json breaks its
 * schema. `mismatch`: card and graph contradict each other. `unsupported`: a kind of model that is not served.
 * `no_explanation`: the model cannot say why. `no_calibration_data`: the photos do not suffice to calibrate.
 */
export type ModelErrorReason =
  | 'unreadable'
  | 'bad_card'
  | 'mismatch'
  | 'unsupported'
  | 'no_explanation'
  | 'no_calibration_data';

/** A model that cannot do what is asked of it; the message names the file, key or value at fault. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly reason: ModelErrorReason;

  constructor(reason: ModelErrorReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}
