import type { Answer, HealthBody } from '../../../facts/answers.ts';
import { toAnswerError } from './answer-error.ts';
import { unreachable } from './unreachable.ts';

export interface Asking {
  readonly signal: AbortSignal;
  readonly explain?: boolean;
  /** Told what share of the body is on its way, 0–1. */
  readonly onUpload?: (share: number) => void;
}

let key: string | undefined;

/** Sends this secret with every later request. */
export function useKey(secret: string): void {
  key = secret;
}

// All addresses are relative: behind a REST API the page lies under its stage's name.
export async function fetchHealth(): Promise<HealthBody> {
  return (await send('GET', 'health', undefined, { signal: new AbortController().signal })) as HealthBody;
}

/** The header says no more than that it is a picture, or just bytes: what a file is, its bytes tell the service. */
export async function predictPhoto(photo: Blob, asking: Asking): Promise<Answer> {
  const type = photo.type.startsWith('image/') ? photo.type : 'application/octet-stream';
  return (await send('POST', predictPath(asking), { content: photo, type }, asking)) as Answer;
}

export async function predictUrl(url: string, asking: Asking): Promise<Answer> {
  const body = { content: JSON.stringify({ url }), type: 'application/json' };
  return (await send('POST', predictPath(asking), body, asking)) as Answer;
}

function predictPath({ explain }: Asking): string {
  return `predict?top=100${explain ? '&explain=1' : ''}`;
}

interface Body {
  readonly content: Blob | string;
  readonly type: string;
}

/** By XMLHttpRequest, since fetch does not tell how far an upload is. */
function send(method: string, path: string, body: Body | undefined, { signal, onUpload }: Asking): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, path);
    if (body !== undefined) request.setRequestHeader('content-type', body.type);
    if (key !== undefined) request.setRequestHeader('authorization', `Bearer ${key}`);
    request.upload.addEventListener('progress', ({ loaded, total }) => onUpload?.(total === 0 ? 1 : loaded / total));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.addEventListener('abort', () => reject(new DOMException('The photo was removed.', 'AbortError')));
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(parse(responseText));
      else reject(toAnswerError(status, responseText, request.getResponseHeader('retry-after')));
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) reject(new DOMException('The photo was removed.', 'AbortError'));
    else request.send(body?.content);
  });
}

/** Undefined for what is no JSON, which no answer of the service is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw toAnswerError(200, text, null);
  }
}
