import { ExplainedError } from '../../facts/explained-error.ts';
import type { Environment } from '../settings/read-setting.ts';
import { SettingError } from '../settings/setting-error.ts';
import { type AwsCredentials, containerCredentials } from './container-credentials.ts';

/** What a request is signed with. */
export interface AwsAccess extends AwsCredentials {
  readonly region: string;
}

/** There is nothing to sign a request with. */
export class AwsAccessError extends ExplainedError {
  override readonly name = 'AwsAccessError';
}

/**
 * A reader of the service's own region and credentials, where Lambda or whoever else runs it puts them. Read anew for each
 * request: outside Lambda, whatever renews the credentials may write them into the environment. It rejects with an
 * AwsAccessError.
 */
export function createAccessReader(environment: Environment): () => Promise<AwsAccess> {
  const fromContainer = containerCredentials(environment);
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
    const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
    if (region && fromContainer !== undefined) {
      const credentials = await fromContainer().catch((cause: Error) => {
        throw new AwsAccessError('This service could not get its AWS credentials.', 'Try again in a moment.', {
          cause,
        });
      });
      return { region, ...credentials };
    }
    if (!accessKeyId || !secretAccessKey || !region) {
      throw new AwsAccessError(
        'This service has no AWS credentials or no region to read S3 with.',
        'Whoever runs it sets AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; Lambda does so by itself.',
      );
    }
    const sessionToken = environment.AWS_SESSION_TOKEN;
    return { region, accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
}

/**
 * Another S3 than AWS's, such as a local stand-in, where the environment names one.
 * @throws SettingError where that is no address
 */
export function readS3Endpoint(environment: Environment): URL | undefined {
  const address = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  if (!address) return undefined;
  const endpoint = URL.parse(address);
  if (endpoint === null || !['http:', 'https:'].includes(endpoint.protocol)) {
    throw new SettingError('AWS_ENDPOINT_URL_S3', address, 'a URL of scheme http or https');
  }
  return endpoint;
}
