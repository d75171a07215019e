import { validateHeaderValue } from '../http/node-http.ts';
import { SettingError } from '../settings/setting-error.ts';

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
 * @throws SettingError naming the variable whose value has no meaning, so that a service with a typo in a rule never starts
 */
export function readFetchSettings(environment: Readonly<Record<string, string | undefined>>): FetchSettings {
  const mode = environment.PHOTO_URL?.trim() || 'on';
  if (mode !== 'on' && mode !== 'off') throw new SettingError('PHOTO_URL', mode, 'on or off');
  const userAgent = environment.PHOTO_URL_USER_AGENT?.trim() || 'lambda-lens';
  if (!isHeaderValue(userAgent)) {
    throw new SettingError('PHOTO_URL_USER_AGENT', userAgent, 'text that a header can hold');
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
  if (entries.includes('')) throw new SettingError(name, value, 'entries with a single comma between each two');
  return entries;
}

function isHeaderValue(text: string): boolean {
  try {
    validateHeaderValue('user-agent', text);
    return true;
  } catch {
    return false;
  }
}
