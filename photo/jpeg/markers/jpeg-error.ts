/** `corrupt`: the file breaks the format or ends early. `unsupported`: sound as far as read, of a kind not decoded. */
export type JpegErrorKind = 'corrupt' | 'unsupported';

/** Why a JPEG gives no picture; `message` is one sentence that says what was found in the file. */
export class JpegError extends Error {
  override readonly name = 'JpegError';
  readonly kind: JpegErrorKind;

  constructor(kind: JpegErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function corrupt(message: string): JpegError {
  return new JpegError('corrupt', message);
}

export function unsupported(message: string): JpegError {
  return new JpegError('unsupported', message);
}
