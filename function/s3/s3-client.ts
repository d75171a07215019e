import type { IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { describeNetworkError } from '../fetch/describe-network-error.ts';
import { openResponse } from '../fetch/open-response.ts';
import type { S3Location } from '../fetch/s3-location.ts';
import { nodeHttp } from '../http/node-http.ts';
import { createDeadline } from '../invocation/deadline.ts';
import type { Environment } from '../settings/read-setting.ts';
import { AwsAccessError, createAccessReader, readS3Endpoint } from './aws-access.ts';
import { escapeSegment, objectUrl } from './object-url.ts';
import { readWhole } from './read-whole.ts';
import { S3Error, toS3Error } from './s3-error.ts';
import { signRequest } from './sign-request.ts';

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'HEAD';
  /** With an empty key it is about the bucket. */
  readonly location: S3Location;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of what S3 answers. */
  readonly maximumSizeInBytes: number;
}

export interface S3Response {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface S3ClientOptions {
  /** Whose region and credentials; `AWS_ENDPOINT_URL_S3` names another S3. */
  readonly environment: Environment;
  /** For one attempt, to the last byte. */
  readonly timeoutInMilliseconds: number;
  /** Connections at a time, which are kept for the next request. */
  readonly connections: number;
  /** From 1. */
  readonly attempts?: number;
  /** Lets time pass before another attempt. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/** Asks S3; rejects with an S3Error, with a ServiceError `photo_too_large`, or with the reason of `signal`. */
export type SendToS3 = (request: S3Request, signal: AbortSignal) => Promise<S3Response>;

const firstPauseInMilliseconds = 100;
/** Enough for what S3 says about an error. */
const maximumErrorSizeInBytes = 65_536;

/**
 * A client of S3 whose connections are kept, and that tries again what may pass: each pause is drawn anew, up to twice the one
 * before, so that instances which were throttled together don't come back together.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html)
 * @throws SettingError when the endpoint is no address
 */
export function createS3Client(options: S3ClientOptions): SendToS3 {
  const { environment, timeoutInMilliseconds, connections, attempts = 4, wait = pause } = options;
  const endpoint = readS3Endpoint(environment);
  const readAccess = createAccessReader(environment);
  const kept = { keepAlive: true, maxSockets: connections };
  const agent = endpoint?.protocol === 'http:' ? new (nodeHttp().Agent)(kept) : new HttpsAgent(kept);

  const attempt = async (request: S3Request, signal: AbortSignal): Promise<S3Response> => {
    const { location, method, query = {}, headers = {}, body, maximumSizeInBytes } = request;
    const access = await readAccess();
    const url = objectUrl(location, access.region, endpoint);
    url.search = Object.entries(query).map(escapePair).sort().join('&');
    const response = await openResponse(url, {
      headers: signRequest({ method, url, headers }, access),
      method,
      agent,
      signal,
      ...(body && { body }),
    });
    const status = response.statusCode as number;
    const isGood = status >= 200 && status < 300;
    try {
      const most = isGood ? maximumSizeInBytes : maximumErrorSizeInBytes;
      const answered = await readWhole(response, most);
      if (isGood) return { headers: response.headers, body: answered };
      throw toS3Error(status, /<Code>(\w+)<\/Code>/.exec(Buffer.from(answered).toString())?.[1]);
    } finally {
      // Of one that was read to its end the connection is kept.
      response.destroy();
    }
  };

  const attemptInTime = async (request: S3Request, signal: AbortSignal): Promise<S3Response> => {
    const deadline = createDeadline(Date.now() + timeoutInMilliseconds, signal, tooSlow);
    try {
      return await deadline.race((inTime) => attempt(request, inTime));
    } catch (error) {
      if (error instanceof AwsAccessError) throw new S3Error('refused', error.message, error.hint, { cause: error });
      const clause = describeNetworkError(error);
      if (clause === undefined) throw error;
      throw new S3Error('passing', `S3 ${clause}.`, 'Try again in a moment.', { cause: error });
    } finally {
      deadline.release();
    }
  };

  return async (request, signal) => {
    for (let left = attempts - 1, most = firstPauseInMilliseconds; ; left--, most *= 2) {
      signal.throwIfAborted();
      try {
        return await attemptInTime(request, signal);
      } catch (error) {
        const mayPass = error instanceof S3Error && error.kind === 'passing';
        if (!mayPass || left <= 0 || signal.aborted) throw error;
        await wait(Math.random() * most, signal);
      }
    }
  };
}

/** A space as %20, as signatures have it: in a query a plus sign could be either. */
function escapePair([name, value]: readonly [string, string]): string {
  return `${escapeSegment(name)}=${escapeSegment(value)}`;
}

function tooSlow(): S3Error {
  return new S3Error('passing', 'S3 did not answer in time.', 'Try again in a moment.');
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const stop = () => over.reject(signal.reason);
  const timer = setTimeout(over.resolve, milliseconds);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await over.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
