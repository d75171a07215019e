/**
 * The family that every error of this project's own belongs to: `message` says in one sentence what was wrong, `hint` in
 * another what to do about it, `cause` is what led to it. Told apart by class; a class that needs no more than these
 * gives only its name.
 */
export abstract class ExplainedError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, options?: { readonly cause?: unknown }) {
    // Given as undefined, a cause would still be printed as one.
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.hint = hint;
  }
}
