import type { Answer, HealthBody, UploadOffer } from '../../../facts/answers.ts';
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
  return (await send('POST', predictPath(asking), toJson({ url }), asking)) as Answer;
}

function predictPath({ explain }: Asking): string {
  return `predict?top=100${explain ? '&explain=1' : ''}`;
}

/** Where to put a photo of this size, which is too large for a request. */
export async function requestUpload(sizeInBytes: number, { signal }: Asking): Promise<UploadOffer> {
  return (await send('POST', 'upload', toJson({ sizeInBytes }), { signal })) as UploadOffer;
}

/** Puts a photo where the service has said; rejects with an AnswerError in no words of the service. */
export async function putPhoto(url: string, photo: Blob, { signal, onUpload }: Asking): Promise<void> {
  // The address says it all: the secret is the service's alone, and of the headers only the length is signed.
  await exchange('PUT', url, { content: photo.slice() }, { signal, ...(onUpload && { onUpload }) });
}

/** A photo that was put there. */
export async function predictStored(s3: string, { signal, explain = false }: Asking): Promise<Answer> {
  return (await send('POST', predictPath({ signal, explain }), toJson({ s3 }), { signal })) as Answer;
}

interface Body {
  readonly content: Blob | string;
  /** A blob's own unless given. */
  readonly type?: string;
}

function toJson(value: object): Body {
  return { content: JSON.stringify(value), type: 'application/json' };
}

async function send(method: string, path: string, body: Body | undefined, asking: Asking): Promise<unknown> {
  return parse(await exchange(method, path, body, asking, key));
}

/** By XMLHttpRequest, since fetch does not tell how far an upload is. */
function exchange(
  method: string,
  address: string,
  body: Body | undefined,
  { signal, onUpload }: Asking,
  secret?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, address);
    if (body?.type !== undefined) request.setRequestHeader('content-type', body.type);
    if (secret !== undefined) request.setRequestHeader('authorization', `Bearer ${secret}`);
    request.upload.addEventListener('progress', ({ loaded, total }) => onUpload?.(total === 0 ? 1 : loaded / total));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.addEventListener('abort', () => reject(new DOMException('The photo was removed.', 'AbortError')));
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(responseText);
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
