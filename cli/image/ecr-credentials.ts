import { CliError } from '../cli-error.ts';
import { type AwsConnection, connectionOptions } from '../operate/aws-connection.ts';
import type { RegistryCredentials } from './registry-credentials.ts';

const ecrHost = /^\d{12}\.dkr\.ecr(?:-fips)?\.(?<region>[a-z\d-]+)\.amazonaws\.com(?:\.cn)?$/;

/** The region of a registry of Amazon ECR; undefined for any other registry. */
export function regionOfEcr(registry: string): string | undefined {
  return ecrHost.exec(registry)?.groups?.region;
}

/**
 * What Amazon ECR takes for twelve hours, for the AWS credentials of this shell.
 * @throws CliError where AWS's package is not installed, or AWS gives no token
 */
export async function ecrCredentials(connection: AwsConnection): Promise<RegistryCredentials> {
  const { ECR } = await loadClient();
  const token = await requestToken(new ECR(connectionOptions(connection)));
  const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (username !== undefined && password !== undefined) return { username, password };
  throw new CliError('Amazon ECR answered with a token that holds no password.', 'Try again.');
}

async function loadClient() {
  try {
    return await import('@aws-sdk/client-ecr');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new CliError(
      'To push to Amazon ECR, AWS’s own package is needed.',
      'Run "npm install @aws-sdk/client-ecr", or give --username AWS and --password-stdin.',
      { cause },
    );
  }
}

async function requestToken(ecr: import('@aws-sdk/client-ecr').ECR): Promise<string> {
  try {
    const { authorizationData } = await ecr.getAuthorizationToken({});
    return authorizationData?.[0]?.authorizationToken ?? '';
  } catch (cause) {
    throw new CliError(
      `Amazon ECR gives no token: ${cause instanceof Error ? cause.message : cause}`,
      'Check that this shell has AWS credentials with the right ecr:GetAuthorizationToken, such as by --profile.',
      { cause },
    );
  }
}
