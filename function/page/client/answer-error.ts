import type { ErrorBody } from '../../../facts/answers.ts';
import { ExplainedError } from '../../../facts/explained-error.ts';

/** A failed request in words for a person. */
export class AnswerError extends ExplainedError {
  override readonly name = 'AnswerError';
  /** 0 where no answer came. */
  readonly status: number;
  /** As the service asked for it. */
  readonly retryAfterInSeconds: number | undefined;
  /** The service's own; undefined where somebody else has answered. */
  readonly code: string | undefined;

  constructor(message: string, hint: string, status: number, retryAfterInSeconds?: number, code?: string) {
    super(message, hint);
    this.status = status;
    this.retryAfterInSeconds = retryAfterInSeconds;
    this.code = code;
  }

  /** Whether the same request may well be answered a little later. */
  get isBusy(): boolean {
    return this.status === 429 || this.status === 503;
  }
}

const wordsOfAws: Readonly<Record<number, readonly [message: string, hint: string]>> = {
  403: ['This endpoint only answers signed requests.', 'Ask whoever runs it for access.'],
  413: ['The photo is too large for AWS Lambda to take.', 'Send one of less than 4 MB, or its address.'],
  429: ['The service is busy.', 'Wait a moment, then try again.'],
  502: ['The function did not answer.', 'Try again; a first request after a pause takes longer.'],
  503: ['The service is busy.', 'Wait a moment, then try again.'],
  504: ['The function did not answer in time.', 'Try again; a first request after a pause takes longer.'],
};

/** The service's own error, or one of those that AWS answers in its own words before the function is reached. */
export function toAnswerError(status: number, text: string, retryAfter: string | null): AnswerError {
  const seconds = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  try {
    const { error } = JSON.parse(text) as Partial<ErrorBody>;
    if (error !== undefined) return new AnswerError(error.message, error.hint, status, seconds, error.code);
  } catch {
    // Not JSON: answered below by its status.
  }
  const [message, hint] = wordsOfAws[status] ?? [`The service answered with status ${status}.`, 'Try again later.'];
  return new AnswerError(message, hint, status, seconds);
}
