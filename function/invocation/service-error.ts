import type { ErrorBody } from '../../facts/answers.ts';
import { type ErrorCode, statusByCode } from '../../facts/error-codes.ts';
import { ExplainedError } from '../../facts/explained-error.ts';
import { PhotoError, type PhotoErrorKind } from '../../photo/photo-error.ts';

export interface ServiceErrorOptions {
  readonly cause?: unknown;
  /** Response headers that the status calls for, such as `allow` with 405 or `retry-after` with 503. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An answer that is not a prediction. Message and hint reach the caller, so neither may hold anything that the caller did
 * not send or may not know.
 */
export class ServiceError extends ExplainedError {
  /** The code: Lambda's managed runtime reports the name of what a handler throws as `errorType`. */
  override readonly name: ErrorCode;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, hint: string, options: ServiceErrorOptions = {}) {
    super(message, hint, options);
    this.name = code;
    this.code = code;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return statusByCode[this.code];
  }

  /** The body of the answer: `{"error":{"code","message","hint"}}`. */
  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}

const codeByPhotoErrorKind: Readonly<Record<PhotoErrorKind, ErrorCode>> = {
  empty: 'bad_request',
  'turned-into-text': 'bad_request',
  unsupported: 'unsupported_format',
  'too-large': 'photo_too_large',
  corrupt: 'corrupt_photo',
};

/**
 * Anything thrown, as a {@link ServiceError}: what is wrong with a photo by its kind; what is of neither family is
 * `internal_error`, its details kept in `cause`.
 */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (thrown instanceof PhotoError) {
    return new ServiceError(codeByPhotoErrorKind[thrown.kind], thrown.message, thrown.hint, { cause: thrown });
  }
  return new ServiceError(
    'internal_error',
    'The service failed while it worked on this request.',
    'Try again; if it fails again, give the request id to whoever runs the service.',
    { cause: thrown },
  );
}
