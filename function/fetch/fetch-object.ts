import type { IncomingMessage } from 'node:http';
import { createDeadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { AwsAccessError, createAccessReader, readS3Endpoint } from '../s3/aws-access.ts';
import { objectUrl } from '../s3/object-url.ts';
import { signRequest } from '../s3/sign-request.ts';
import type { Environment } from '../settings/read-setting.ts';
import { describeNetworkError } from './describe-network-error.ts';
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
  const endpoint = readS3Endpoint(environment);
  const readAccess = createAccessReader(environment);

  return async (s3Url, { signal }) => {
    const location = parseS3Location(s3Url);
    checkS3Location(location, allowed);
    const credentials = await readAccess().catch((error: unknown) => {
      throw error instanceof AwsAccessError ? fetchFailed(error.message, error.hint, error) : error;
    });
    const { region } = credentials;
    const timeoutError = () =>
      fetchFailed(
        `S3 did not deliver the photo within ${timeoutInMilliseconds / 1000} seconds.`,
        'Try again, or send a smaller photo.',
      );
    const deadline = createDeadline(Date.now() + timeoutInMilliseconds, signal, timeoutError);
    try {
      return await deadline.race(async (inTime) => {
        const url = objectUrl(location, region, endpoint);
        inTime.throwIfAborted();
        const headers = signRequest({ method: 'GET', url }, credentials);
        const response = await openResponse(url, { headers, signal: inTime });
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

function checkStatus(response: IncomingMessage, region: string): void {
  const status = response.statusCode as number;
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
