import { ExplainedError } from '../../facts/explained-error.ts';

/**
 * `gone`: it is about this one object, and will be so tomorrow: missing, replaced, archived. `refused`: a right, a bucket or a
 * region is wrong, which whoever runs the service mends. `passing`: throttled, broken off, too slow, S3's own fault.
 */
export type S3ErrorKind = 'gone' | 'refused' | 'passing';

/** S3 did not do what was asked, after all attempts. */
export class S3Error extends ExplainedError {
  override readonly name = 'S3Error';
  readonly kind: S3ErrorKind;
  /** S3's own word for it, such as `SlowDown`, where it answered. */
  readonly code: string | undefined;

  constructor(
    kind: S3ErrorKind,
    message: string,
    hint: string,
    { code, cause }: { readonly code?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, hint, { cause });
    this.kind = kind;
    this.code = code;
  }
}

/**
 * Codes that say something of one object alone, with their words. 403 and 404 alone would not do: a whole bucket can be
 * missing, or forbidden. (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html)
 */
const codesOfObjects: Readonly<Record<string, string>> = {
  NoSuchKey: 'The object is not in its bucket any more.',
  NoSuchVersion: 'That version of the object is not in its bucket any more.',
  MethodNotAllowed: 'That version of the object marks its deletion.',
  PreconditionFailed: 'The object was replaced since it was listed.',
  InvalidObjectState: 'The object lies in an archive, from which it has to be restored first.',
  KeyTooLongError: 'No object can have so long a key.',
};

/** Of a request that came at a bad moment, though its status is one of the caller's mistakes. */
const passingCodes: ReadonlySet<string | undefined> = new Set([
  'RequestTimeout',
  'ExpiredToken',
  'RequestTimeTooSkewed',
]);

/** What an answer of S3 says that is not what was asked for. */
export function toS3Error(status: number, code: string | undefined): S3Error {
  const ofObject = code === undefined ? undefined : codesOfObjects[code];
  if (ofObject !== undefined) return new S3Error('gone', ofObject, 'Check the bucket and the key.', { code });
  const said = code === undefined ? `status ${status}` : `${code} (status ${status})`;
  if (status >= 500 || status === 429 || status === 408 || passingCodes.has(code)) {
    return new S3Error('passing', `S3 answered with ${said}.`, 'Try again in a moment.', { code });
  }
  const hint = 'Check the bucket, its region, and the rights of whoever asks.';
  return new S3Error('refused', `S3 answered with ${said}.`, hint, { code });
}
