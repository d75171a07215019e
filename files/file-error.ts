/**
 * `missing`: nothing has this name. `folder`, or another `not_plain`: a pipe, socket or device. `too_large`: over the limit of its use.
 * `unreadable`: the system refuses it, or it ended early.
 */
export type FileErrorReason = 'missing' | 'folder' | 'not_plain' | 'too_large' | 'unreadable';

/** A file that is not read: the message names it and says why, the hint what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly reason: FileErrorReason;
  /** The message without the name, as a clause: `it is a named pipe, not a file`. */
  readonly complaint: string;
  readonly hint: string;

  constructor(
    path: string,
    reason: FileErrorReason,
    complaint: string,
    hint: string,
    options?: { readonly cause?: unknown },
  ) {
    super(`${path} cannot be read: ${complaint}.`, options);
    this.reason = reason;
    this.complaint = complaint;
    this.hint = hint;
  }
}
