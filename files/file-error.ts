import { ExplainedError } from '../facts/explained-error.ts';

/**
 * `missing`: nothing has this name. `folder`, or another `not_plain`: a pipe, socket or device. `too_large`: over the limit of its use.
 * `unreadable`: the system refuses it, or it ended early. `locked`: another process writes it.
 */
export type FileErrorReason = 'missing' | 'folder' | 'not_plain' | 'too_large' | 'unreadable' | 'locked';

/** A file that is not used: the message names it and says why. */
export class FileError extends ExplainedError {
  override readonly name = 'FileError';
  readonly reason: FileErrorReason;
  /** The message without the name, as a clause: `it is a named pipe, not a file`. */
  readonly complaint: string;

  constructor(
    path: string,
    reason: FileErrorReason,
    complaint: string,
    hint: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${path} cannot be used: ${complaint}.`, hint, options);
    this.reason = reason;
    this.complaint = complaint;
  }
}
