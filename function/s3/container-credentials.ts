import { nodeHttp } from '../http/node-http.ts';
import type { Environment } from '../settings/read-setting.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Lease {
  readonly credentials: AwsCredentials;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

const timeoutInMilliseconds = 2_000;
/** They are asked for anew so long before they end. */
const marginInMilliseconds = 5 * 60 * 1_000;
/** The one host that AWS's containers ask, beside this machine itself. */
const hosts = ['127.0.0.1', 'localhost', '[::1]', '169.254.170.2', '169.254.170.23'];

/**
 * Credentials of a role from the endpoint that AWS puts beside a container, or beside a function that was restored from a snapshot:
 * what lies in such a function's environment is as old as the snapshot.
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html)
 * @returns a reader that asks again when they come to their end; undefined where there is no such endpoint
 */
export function containerCredentials(environment: Environment): (() => Promise<AwsCredentials>) | undefined {
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI: address, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } = environment;
  const url = address ? URL.parse(address) : null;
  if (url === null || url.protocol !== 'http:' || !hosts.includes(url.hostname)) return undefined;
  let lease: Lease | undefined;
  return async () => {
    if (lease === undefined || lease.expiresAt - marginInMilliseconds < Date.now()) lease = await ask(url, token);
    return lease.credentials;
  };
}

async function ask(url: URL, token: string | undefined): Promise<Lease> {
  const text = await get(url, token ? { authorization: token } : {});
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = JSON.parse(text);
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw new Error('The endpoint of credentials answered without any.');
  }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof Token === 'string' && { sessionToken: Token }),
    },
    expiresAt: Date.parse(Expiration) || 0,
  };
}

function get(url: URL, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = nodeHttp().request(url, { headers, timeout: timeoutInMilliseconds }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        if (incoming.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`The endpoint of credentials answered with status ${incoming.statusCode}.`));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('The endpoint of credentials did not answer in time.')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
