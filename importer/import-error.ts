/**
 * A model file that cannot become a model directory: `message` says in one sentence what is in the way and where,
 * `hint` in another what to do about it.
 */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.hint = hint;
  }
}
