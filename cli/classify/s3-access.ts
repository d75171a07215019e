import { createS3Client, type SendToS3 } from '../../function/s3/s3-client.ts';
import { CliError } from '../cli-error.ts';
import { connectAws } from '../doctor/aws-account.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const timeoutInMilliseconds = 30_000;
/** Photos on their way, or waiting, while the model works on others. */
export const photosAhead = 8;

/**
 * The environment with credentials in it: those that are there, or those that the AWS command line uses, by AWS_PROFILE.
 * @throws CliError where no region is set
 */
export async function withAwsAccess(environment: Environment): Promise<Environment> {
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  if (!region) throw new CliError('No region is set to read S3 in.', 'Set AWS_REGION to that of the bucket.');
  if (environment.AWS_ACCESS_KEY_ID) return environment;
  const { accessKeyId, secretAccessKey, sessionToken } = await (
    await connectAws(region, environment.AWS_PROFILE)
  ).getCredentials();
  return {
    ...environment,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

export function openS3(environment: Environment): SendToS3 {
  return createS3Client({ environment, timeoutInMilliseconds, connections: 2 * photosAhead });
}
