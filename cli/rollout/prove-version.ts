import type { Answer, HealthBody } from '../../facts/answers.ts';
import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { drawnPhoto } from '../drawn-photo.ts';
import type { FunctionControl } from '../operate/function-control.ts';

/** What a version was asked and did not do. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

/**
 * Asks a version that nobody else meets for its parity photos and for one answer. A numbered version has no URL, so it is
 * invoked directly, by events as an HTTP API sends them: https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 * @param secret what the version asks of callers
 * @returns what was seen, a sentence a line
 * @throws ProofError saying what it answered instead
 */
export async function proveVersion(
  control: Pick<FunctionControl, 'invokeVersion'>,
  version: string,
  secret: string | undefined,
): Promise<readonly string[]> {
  const headers = secret === undefined ? {} : { 'x-api-key': secret };
  const health = await ask<HealthBody>(control, version, { path: '/health', query: 'deep=1', headers });
  const photo = {
    body: drawnPhoto(150, 200).toString('base64'),
    headers: { ...headers, 'content-type': 'image/jpeg' },
  };
  const answer = await ask<Answer>(control, version, { path: '/predict', ...photo });
  if (typeof answer.label !== 'string') throw new ProofError('it answers a photo without a label');
  return [
    health.parity
      ? `Version ${version} answers its ${health.parity.photos} parity photos as it should.`
      : `Version ${version} has no parity photos to be held against.`,
    `Version ${version} says "${answer.label}" of a drawn photo, in ${Math.round(answer.timing.totalMs)} ms.`,
  ];
}

interface Asked {
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As base64; a request with one is a POST. */
  readonly body?: string;
}

async function ask<Body>(
  control: Pick<FunctionControl, 'invokeVersion'>,
  version: string,
  { path, query = '', headers, body }: Asked,
): Promise<Body> {
  const { isError, payload } = await control.invokeVersion(version, {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { http: { method: body === undefined ? 'GET' : 'POST', path } },
    ...(body !== undefined && { body, isBase64Encoded: true }),
  });
  const result = isError ? undefined : parse(payload);
  if (typeof result?.body !== 'string') throw new ProofError(`it fails at ${path}: ${payload.slice(0, 300)}`);
  const answer = parse(result.body);
  if (result.statusCode !== 200 || answer === undefined) {
    throw new ProofError(`it answers ${path} by ${result.statusCode}: ${result.body.slice(0, 300)}`);
  }
  return answer as Body;
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
