import type { Answer, HealthBody } from '../../facts/answers.ts';
import { ExplainedError } from '../../facts/explained-error.ts';
import { CliError } from '../cli-error.ts';
import { describeFetchError } from '../describe-fetch-error.ts';
import { drawnPhoto } from '../drawn-photo.ts';
import { readAnswer } from '../read-answer.ts';
import { failed, type Outcome, ok } from './outcome.ts';

/** `fetch`, or one that signs what it sends. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const timeoutInMilliseconds = 35_000;
const readLog = 'Read what the function said: lambda-lens logs --since 10m.';

const fixByStatus: Readonly<Record<number, string>> = {
  401: "Set API_SECRET to the service's secret and run this again.",
  403: 'Check the permissions above; a function URL of type iam needs both lambda:InvokeFunctionUrl and lambda:InvokeFunction for these credentials.',
  404: 'Check that the URL is the service itself, with nothing behind its last slash.',
  413: 'Set MAXIMUM_BODY_SIZE_IN_BYTES back to its default.',
  429: 'Wait for the throttle, or raise throttleRate and maximumConcurrency; see "lambda-lens status" for whether it is off.',
};

/**
 * Sends a drawn photo through a door twice, then asks for its deep health.
 * @param url with or without a slash at its end
 */
export async function checkDoor(url: string, fetchDoor: Fetch, secret: string | undefined): Promise<Outcome> {
  const base = url.replace(/\/*$/, '/');
  const headers = secret === undefined ? {} : { 'x-api-key': secret };
  const photo = drawnPhoto(300, 400) as Uint8Array<ArrayBuffer>;
  const send = () => ({ method: 'POST', body: photo, headers: { ...headers, 'content-type': 'image/jpeg' } });
  try {
    const first = await ask<Answer>(fetchDoor, `${base}predict`, send());
    const second = await ask<Answer>(fetchDoor, `${base}predict`, send());
    const health = await ask<HealthBody>(fetchDoor, `${base}health?deep=1`, { headers });
    const { coldStart } = first.body.timing;
    const cold = coldStart
      ? `cold ${first.milliseconds} ms`
      : `first ${first.milliseconds} ms, which met a warm instance`;
    const warm = `then ${second.milliseconds} ms, ${Math.round(second.body.timing.totalMs)} ms of it in the function`;
    const parity = health.body.parity
      ? `same answers as its framework for ${health.body.parity.photos} photos`
      : 'no parity.json';
    return ok(`"${first.body.label}" for a drawn photo; ${cold}, ${warm}; ${parity}`);
  } catch (error) {
    if (error instanceof DoorError) return failed(`${base} ${error.message}`, error.hint);
    if (error instanceof CliError) return failed(error.message, error.hint);
    return failed(
      `${base} ${describeFetchError(error)}.`,
      'Check the URL, and that this machine reaches the internet.',
    );
  }
}

class DoorError extends ExplainedError {
  override readonly name = 'DoorError';
}

async function ask<Body>(fetchDoor: Fetch, url: string, init: RequestInit) {
  const startedAt = performance.now();
  const response = await fetchDoor(url, { ...init, signal: AbortSignal.timeout(timeoutInMilliseconds) });
  const text = await readAnswer(response, url);
  const milliseconds = Math.round(performance.now() - startedAt);
  const path = new URL(url).pathname;
  if (!response.ok) {
    throw new DoorError(
      `answers ${response.status} to ${path}: ${sentenceIn(text)}`,
      fixByStatus[response.status] ?? readLog,
    );
  }
  const body = parse(text);
  if (body === undefined)
    throw new DoorError(`answers ${path} with something else than JSON.`, fixByStatus[404] ?? readLog);
  return { body: body as Body, milliseconds };
}

/** The service's own sentence, that of AWS, or the answer's beginning. */
function sentenceIn(text: string): string {
  const body = parse(text) as { error?: { message?: string }; message?: string; Message?: string } | undefined;
  return body?.error?.message ?? body?.message ?? body?.Message ?? text.slice(0, 100);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
