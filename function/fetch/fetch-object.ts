import type { IncomingMessage } from 'node:http';
import { createDeadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { Environment } from '../settings/read-setting.ts';
import { SettingError } from '../settings/setting-error.ts';
import { containerCredentials } from './container-credentials.ts';
import { describeNetworkError } from './describe-network-error.ts';
import { objectUrl } from './object-url.ts';
import { openResponse } from './open-response.ts';
import { readBody } from './read-body.ts';
import { checkS3Location, parseAllowedBuckets, parseS3Location } from './s3-location.ts';

export interface ObjectFetcherSettings {
  /** `PHOTO_BUCKETS`: entries `bucket` or `bucket/prefix`; none refuses every object. */
  readonly allowedBuckets: readonly string[];
  readonly maximumSizeInBytes: number;
  readonly timeoutInMilliseconds: number;
  /** Where Lambda puts the role's credentials and its region; `AWS_ENDPOINT_URL_S3` names another S3. */
  readonly environment: Environment;
}

export type ObjectFetcher = (s3Url: string, options: { readonly signal: AbortSignal }) => Promise<Uint8Array>;

function fetchFailed(message: string, hint: string, cause?: unknown): ServiceError {
  return new ServiceError('fetch_failed', message, hint, { cause });
}

/**
 * A function that reads a photo, of 1 byte to `maximumSizeInBytes`, from `s3://bucket/key` with the service's own
 * rights. It rejects with a ServiceError `url_not_allowed`, `photo_too_large` or `fetch_failed`, the last in the same
 * words whether the key is missing or forbidden; when `signal` fires first, with that signal's reason.
 *
 * @throws SettingError when an entry of `allowedBuckets`, or the endpoint, is not one
 */
export function createObjectFetcher(settings: ObjectFetcherSettings): ObjectFetcher {
  const { maximumSizeInBytes, timeoutInMilliseconds, environment } = settings;
  const allowed = parseAllowedBuckets(settings.allowedBuckets);
  const endpoint = readEndpoint(environment);
  const fromContainer = containerCredentials(environment);

  return async (s3Url, { signal }) => {
    const location = parseS3Location(s3Url);
    checkS3Location(location, allowed);
    const credentials = await readCredentials(environment, fromContainer);
    const { region } = credentials;
    const timeoutError = () =>
      fetchFailed(
        `S3 did not deliver the photo within ${timeoutInMilliseconds / 1000} seconds.`,
        'Try again, or send a smaller photo.',
      );
    const deadline = createDeadline(Date.now() + timeoutInMilliseconds, signal, timeoutError);
    try {
      return await deadline.race(async (inTime) => {
        // Loaded here, since most deployments never read S3 and a cold start need not pay for it.
        const { AwsV4Signer } = await import('aws4fetch');
        const { href } = objectUrl(location, region, endpoint);
        const signed = await new AwsV4Signer({ ...credentials, url: href, method: 'GET', service: 's3' }).sign();
        inTime.throwIfAborted();
        const response = await openResponse(signed.url, {
          headers: Object.fromEntries(signed.headers),
          signal: inTime,
        });
        try {
          checkStatus(response, region);
          const bytes = await readBody(response, { maximumSizeInBytes, signal: inTime });
          if (bytes.length === 0) throw fetchFailed('The S3 object has zero bytes.', 'Send the key of a photo.');
          return bytes;
        } finally {
          response.destroy();
        }
      });
    } catch (error) {
      const clause = describeNetworkError(error);
      throw clause === undefined ? error : fetchFailed(`S3 ${clause}.`, 'Try again in a moment.', error);
    } finally {
      deadline.release();
    }
  };
}

function readEndpoint(environment: Environment): URL | undefined {
  const address = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  if (!address) return undefined;
  const endpoint = URL.parse(address);
  if (endpoint === null || !['http:', 'https:'].includes(endpoint.protocol)) {
    throw new SettingError('AWS_ENDPOINT_URL_S3', address, 'a URL of scheme http or https');
  }
  return endpoint;
}

/** Read anew for each object: outside Lambda, whatever renews the credentials may write them into the environment. */
async function readCredentials(environment: Environment, fromContainer: ReturnType<typeof containerCredentials>) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  if (region && fromContainer !== undefined) {
    const credentials = await fromContainer().catch((error: Error) => {
      throw fetchFailed('This service could not get its AWS credentials.', 'Try again in a moment.', error);
    });
    return { region, ...credentials };
  }
  if (!accessKeyId || !secretAccessKey || !region) {
    throw fetchFailed(
      'This service has no AWS credentials or no region to read S3 with.',
      'Whoever runs it sets AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; Lambda does so by itself.',
    );
  }
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return { region, accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function checkStatus(response: IncomingMessage, region: string): void {
  const status = response.statusCode ?? 0;
  if (status === 200) return;
  if (status === 403 || status === 404) {
    throw fetchFailed(
      'S3 did not give out this object: it is missing, or this service may not read it.',
      'Check the bucket and the key; whoever runs the service can check its role.',
    );
  }
  const bucketRegion = response.headers['x-amz-bucket-region'];
  if ([301, 307, 400].includes(status) && typeof bucketRegion === 'string' && bucketRegion !== region) {
    throw fetchFailed(
      'The bucket is in another region than this service.',
      'Send the photo itself, or copy it into a bucket of the region that the service runs in.',
    );
  }
  throw fetchFailed(`S3 answered with status ${status}, not 200.`, 'Try again in a moment, or send the photo itself.');
}
