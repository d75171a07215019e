/** What a person at a terminal did or has to do something about: one sentence, and a hint in another. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.hint = hint;
  }
}
