/** HTTP status of each error code of the service; the code is also the `errorType` of a failed direct invocation. */
export const statusByCode = {
  bad_request: 400,
  unauthorized: 401,
  url_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  photo_too_large: 413,
  unsupported_format: 415,
  corrupt_photo: 422,
  fetch_failed: 424,
  internal_error: 500,
  busy: 503,
  too_slow: 504,
} as const;

export type ErrorCode = keyof typeof statusByCode;

export interface ServiceErrorOptions {
  readonly cause?: unknown;
  /** Response headers that the status calls for, such as `allow` with 405 or `retry-after` with 503. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An answer that is not a prediction: `message` says in one sentence what was wrong, `hint` in another what to do.
 * Both reach the caller, so neither may hold anything that the caller did not send or may not know.
 */
export class ServiceError extends Error {
  /** The code: Lambda's managed runtime reports the name of what a handler throws as `errorType`. */
  override readonly name: ErrorCode;
  readonly code: ErrorCode;
  readonly hint: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, hint: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.hint = hint;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return statusByCode[this.code];
  }

  /** The body of the answer: `{"error":{"code","message","hint"}}`. */
  toBody(): { error: { code: ErrorCode; message: string; hint: string } } {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}

/** Anything thrown, as a {@link ServiceError}: what is not one already is `internal_error`, its details kept in `cause`. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  return new ServiceError(
    'internal_error',
    'The service failed while it worked on this request.',
    'Try again; if it fails again, give the request id to whoever runs the service.',
    { cause: thrown },
  );
}
