import type { Answer, ErrorBody, HealthBody } from '../../../facts/answers.ts';
import { ExplainedError } from '../../../facts/explained-error.ts';

/** A failed request in words for a person. */
export class AnswerError extends ExplainedError {
  override readonly name = 'AnswerError';
  /** 0 where no answer came. */
  readonly status: number;

  constructor(message: string, hint: string, status: number) {
    super(message, hint);
    this.status = status;
  }
}

let key: string | undefined;

/** Sends this secret with every later request. */
export function useKey(secret: string): void {
  key = secret;
}

// All addresses are relative: behind a REST API the page lies under its stage's name.
export async function fetchHealth(): Promise<HealthBody> {
  return (await answerOf(await request('health', {}))) as HealthBody;
}

/** The header says no more than that it is a picture, or just bytes: what a file is, its bytes tell the service. */
export async function predictPhoto(photo: Blob, signal: AbortSignal, explain = false): Promise<Answer> {
  const body = {
    method: 'POST',
    body: photo,
    headers: { 'content-type': photo.type.startsWith('image/') ? photo.type : 'application/octet-stream' },
  };
  return (await answerOf(
    await request(`predict?top=100${explain ? '&explain=1' : ''}`, { ...body, signal }),
  )) as Answer;
}

export async function predictUrl(url: string, signal: AbortSignal, explain = false): Promise<Answer> {
  const body = { method: 'POST', body: JSON.stringify({ url }), headers: { 'content-type': 'application/json' } };
  return (await answerOf(
    await request(`predict?top=100${explain ? '&explain=1' : ''}`, { ...body, signal }),
  )) as Answer;
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  try {
    return await fetch(path, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new AnswerError('The service could not be reached.', 'Check the connection, then try again.', 0);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw toAnswerError(response.status, text);
}

/** The service's own error, or one of those that AWS answers in its own words before the function is reached. */
function toAnswerError(status: number, text: string): AnswerError {
  try {
    const { error } = JSON.parse(text) as Partial<ErrorBody>;
    if (error !== undefined) return new AnswerError(error.message, error.hint, status);
  } catch {
    // Not JSON: answered below by its status.
  }
  if (status === 413) {
    return new AnswerError(
      'The photo is too large for AWS Lambda to take.',
      'Send one of less than 4 MB, or its URL.',
      status,
    );
  }
  if (status === 429 || status === 503) {
    return new AnswerError('The service is busy.', 'Wait a moment, then try again.', status);
  }
  if (status === 502 || status === 504) {
    return new AnswerError(
      'The function did not answer in time.',
      'Try again; a first request after a pause takes longer.',
      status,
    );
  }
  if (status === 403) {
    return new AnswerError('This endpoint only answers signed requests.', 'Ask whoever runs it for access.', status);
  }
  return new AnswerError(`The service answered with status ${status}.`, 'Try again later.', status);
}
