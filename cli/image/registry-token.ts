import { isLoopbackAuthority } from '../../function/http/loopback.ts';
import { CliError } from '../cli-error.ts';
import { fetchFromRegistry } from './fetch-from-registry.ts';
import { basicAuthorization, type RegistryCredentials } from './registry-credentials.ts';
import { readJson } from './registry-json.ts';

/** What a registry asks for with status 401. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The first challenge of a `www-authenticate` header (RFC 9110 §11.6.1), as registries write it. */
export function parseChallenge(header: string | null): Challenge | undefined {
  const [, scheme, rest = ''] = /^\s*([A-Za-z]+)\s*(.*)$/.exec(header ?? '') ?? [];
  if (scheme === undefined) return undefined;
  const pairs = [...rest.matchAll(/([\w-]+)=(?:"([^"]*)"|([^\s,"]+))/g)];
  const parameters = new Map(pairs.map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? '']));
  return { scheme: scheme.toLowerCase(), parameters };
}

/**
 * The `authorization` that answers a challenge: the credentials themselves, or a token that the server named there gives for
 * them, or to anyone (https://distribution.github.io/distribution/spec/auth/token/).
 * @throws CliError where the registry asks for what was not given, or its server of tokens refuses or answers badly
 */
export async function answerChallenge(
  challenge: Challenge | undefined,
  registry: string,
  credentials: RegistryCredentials | undefined,
): Promise<string> {
  if (challenge?.scheme === 'bearer') return `Bearer ${await fetchToken(challenge, registry, credentials)}`;
  if (challenge?.scheme === 'basic' && credentials !== undefined) return basicAuthorization(credentials);
  throw new CliError(
    `The registry ${registry} asks who you are.`,
    'Give --username, and the password or token by --password-stdin.',
  );
}

async function fetchToken(
  { parameters }: Challenge,
  registry: string,
  credentials: RegistryCredentials | undefined,
): Promise<string> {
  const url = URL.parse(parameters.get('realm') ?? '');
  if (url === null || (url.protocol !== 'https:' && !isLoopbackAuthority(url.host))) {
    throw new CliError(
      `The registry ${registry} sends to ${JSON.stringify(parameters.get('realm') ?? '')} for a token, which is no https address.`,
      'Credentials are sent over TLS alone; ask whoever runs the registry.',
    );
  }
  for (const name of ['service', 'scope']) {
    const value = parameters.get(name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const headers = credentials === undefined ? {} : { authorization: basicAuthorization(credentials) };
  const response = await fetchFromRegistry(url, { headers, signal: AbortSignal.timeout(30_000) });
  if (response.status === 401 || response.status === 403) {
    const who =
      credentials === undefined ? 'anyone without a name' : `the user ${JSON.stringify(credentials.username)}`;
    throw new CliError(`${url.host} gives ${who} no token for ${registry}.`, 'Check --username and the password.');
  }
  const answer = await readJson(response, `the server of tokens ${url.host}`);
  const { token, access_token: accessToken } = answer;
  if (response.ok && typeof (token ?? accessToken) === 'string') return (token ?? accessToken) as string;
  throw new CliError(
    `${url.host} answered ${response.status} and no token for ${registry}.`,
    'Try again; if it fails again, ask whoever runs the registry.',
  );
}
