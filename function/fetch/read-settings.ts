import { validateHeaderValue } from 'node:http';

/** What the environment says of fetching; the limits in bytes, hops and milliseconds are at home in limits.ts. */
export interface FetchSettings {
  readonly enabled: boolean;
  readonly allowedHosts: readonly string[];
  readonly userAgent: string;
  readonly allowedBuckets: readonly string[];
}

/**
 * Reads `PHOTO_URL` (`on`, the default, or `off`), `PHOTO_URL_ALLOWED_HOSTS`, `PHOTO_URL_USER_AGENT` and
 * `PHOTO_BUCKETS`. A variable that is unset or blank has its default: every public host, `lambda-lens`, no bucket.
 *
 * @throws Error naming the variable whose value has no meaning, so that a service with a typo in a rule never starts
 */
export function readFetchSettings(environment: Readonly<Record<string, string | undefined>>): FetchSettings {
  const mode = environment.PHOTO_URL?.trim() || 'on';
  if (mode !== 'on' && mode !== 'off') throw new Error(`PHOTO_URL is "${mode}"; it can be on or off.`);
  const userAgent = environment.PHOTO_URL_USER_AGENT?.trim() || 'lambda-lens';
  try {
    validateHeaderValue('user-agent', userAgent);
  } catch (cause) {
    throw new Error('PHOTO_URL_USER_AGENT has characters that a header cannot hold.', { cause });
  }
  return {
    enabled: mode === 'on',
    allowedHosts: readList(environment, 'PHOTO_URL_ALLOWED_HOSTS'),
    userAgent,
    allowedBuckets: readList(environment, 'PHOTO_BUCKETS'),
  };
}

/** A stray comma is refused, not skipped: a list of nothing but commas would otherwise allow every host. */
function readList(environment: Readonly<Record<string, string | undefined>>, name: string): readonly string[] {
  const value = environment[name]?.trim() ?? '';
  if (value === '') return [];
  const entries = value.split(',').map((entry) => entry.trim());
  if (entries.includes('')) throw new Error(`${name} has an empty entry; its entries are separated by single commas.`);
  return entries;
}
