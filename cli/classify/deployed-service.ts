import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, HealthBody, UploadOffer } from '../../facts/answers.ts';
import { parseJson } from '../../files/parse-json.ts';
import { isLoopbackAuthority } from '../../function/http/loopback.ts';
import { ServiceError } from '../../function/invocation/service-error.ts';
import { AnswerError, toAnswerError } from '../../function/page/client/answer-error.ts';
import { createPacer } from '../../function/page/client/pace.ts';
import { CliError } from '../cli-error.ts';
import { describeFetchError } from '../describe-fetch-error.ts';
import type { Fetch } from '../doctor/check-door.ts';
import { readAnswer } from '../read-answer.ts';
import { AnswerSizeError } from '../read-at-most.ts';

export interface DeployedService {
  readonly health: HealthBody;
  /**
   * The answer to one photo with every label; one that is too large for a request goes by way of the service's storage,
   * where it has one. Waits and asks again while the service is busy. Rejects with an AnswerError or a ServiceError.
   */
  predict(photo: Uint8Array, options: { readonly explain: boolean }): Promise<Answer>;
}

export interface ServiceAccess {
  /** What it asks of callers; undefined sends nothing. */
  readonly secret: string | undefined;
  /** `fetch`, or one that signs what it sends. */
  readonly fetchDoor: Fetch;
  /** Lets time pass before a busy service is asked again. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** Longer than any door of AWS waits. */
const timeoutInMilliseconds = 60_000;

/**
 * A service somewhere else, once it has said what it is.
 * @param url with or without a slash at its end
 * @throws AnswerError where it does not answer, or is none, or would get the secret in the clear
 */
export async function openDeployedService(url: string, access: ServiceAccess): Promise<DeployedService> {
  const { secret, fetchDoor, wait = sleep } = access;
  const base = url.replace(/\/*$/, '/');
  const { protocol, host, origin } = new URL(base);
  if (secret !== undefined && protocol !== 'https:' && !isLoopbackAuthority(host)) {
    throw new AnswerError(
      `The secret is not sent to ${origin}, since anybody on the way could read it.`,
      'Give the https:// address, or take API_SECRET away where the service asks for none.',
      0,
    );
  }
  const pacer = createPacer(
    (error) => (error instanceof AnswerError ? error : undefined),
    async (milliseconds) => {
      await wait(milliseconds);
    },
  );
  const patiently = <Result>(work: () => Promise<Result>) => pacer.run(work, () => undefined);
  const headers = { ...(secret !== undefined && { 'x-api-key': secret }) };
  const post = (path: string, body: Uint8Array | object, type = 'application/json') =>
    patiently(() =>
      ask(fetchDoor, base + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      }),
    );

  const health = (await patiently(() => ask(fetchDoor, `${base}health`, { headers }))) as Partial<HealthBody>;
  const { model, limits, uploads = false } = health;
  if (model === undefined || limits === undefined) throw noService(base);

  const upload = async (photo: Uint8Array): Promise<string> => {
    const { put, s3 } = (await post('upload', { sizeInBytes: photo.length })) as UploadOffer;
    // Neither secret nor signature: the address itself says who may put what.
    const options = { method: 'PUT', body: photo as Uint8Array<ArrayBuffer> };
    await patiently(() => exchange(fetch, put.url, options));
    return s3;
  };

  return {
    health: health as HealthBody,
    async predict(photo, { explain }) {
      const path = `predict?top=${model.labels.length}${explain ? '&explain=1' : ''}`;
      const { bodySizeInBytes } = limits;
      if (photo.length <= bodySizeInBytes) return (await post(path, photo, 'application/octet-stream')) as Answer;
      if (!uploads) throw tooLarge(photo.length, bodySizeInBytes);
      return (await post(path, { s3: await upload(photo) })) as Answer;
    },
  };
}

async function ask(fetchDoor: Fetch, url: string, init: RequestInit): Promise<unknown> {
  // Not followed, since the secret and the photo would go wherever a redirect leads.
  const text = await exchange(fetchDoor, url, { ...init, redirect: 'error' });
  try {
    return parseJson(text);
  } catch {
    throw noService(url);
  }
}

async function exchange(fetchDoor: Fetch, url: string, init: RequestInit): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetchDoor(url, { ...init, signal: AbortSignal.timeout(timeoutInMilliseconds) });
    text = await readAnswer(response, url);
  } catch (error) {
    // Asked again, it would say as much.
    if (error instanceof AnswerSizeError) throw new AnswerError(error.message, error.hint, 200);
    const message = error instanceof CliError ? error.message : `${new URL(url).origin} ${describeFetchError(error)}.`;
    throw new AnswerError(message, 'Check the address and the connection.', 0);
  }
  if (response.ok) return text;
  throw toAnswerError(response.status, text, response.headers.get('retry-after'));
}

function noService(url: string): AnswerError {
  return new AnswerError(
    `${new URL(url).origin} answers with something else than this service does.`,
    'Give the address of the service itself, without /predict at its end.',
    200,
  );
}

function tooLarge(sizeInBytes: number, most: number): ServiceError {
  return new ServiceError(
    'photo_too_large',
    `The photo has ${sizeInBytes} bytes; this service takes ${most} in a request, and no uploads.`,
    'Send a smaller one, or have the service deployed with uploads on.',
  );
}
