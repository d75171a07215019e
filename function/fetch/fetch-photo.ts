import type { IncomingMessage } from 'node:http';
import { createDeadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { parseAllowedHosts } from './allowed-hosts.ts';
import { checkUrl } from './check-url.ts';
import { describeNetworkError } from './describe-network-error.ts';
import { openResponse } from './open-response.ts';
import { readBody } from './read-body.ts';
import { createResolveByDns } from './resolve-by-dns.ts';
import { type Resolve, resolveHost } from './resolve-host.ts';
import { urlRefusal } from './url-refusal.ts';

export interface PhotoFetcherSettings {
  /** `PHOTO_URL`: false refuses every URL. */
  readonly enabled: boolean;
  /** `PHOTO_URL_ALLOWED_HOSTS`: entries `host` or `host:port`; none allows every public host. */
  readonly allowedHosts: readonly string[];
  readonly maximumSizeInBytes: number;
  readonly maximumRedirects: number;
  /** For everything together: look-ups, connections, redirects and the last byte. */
  readonly timeoutInMilliseconds: number;
  readonly userAgent: string;
  readonly resolve?: Resolve;
}

export type PhotoFetcher = (url: string, options: { readonly signal: AbortSignal }) => Promise<Uint8Array>;

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

const fetchHint = 'Check that the URL opens the photo in a browser without signing in, or send the photo itself.';

function fetchFailed(clause: string, cause?: unknown): ServiceError {
  return new ServiceError('fetch_failed', `The photo's server ${clause}.`, fetchHint, { cause });
}

/**
 * A function that fetches a photo, of 1 byte to `maximumSizeInBytes`, from a URL that a stranger chose. Each hop of
 * it goes through the same four steps: check the URL, resolve its host once, refuse unless every address is public,
 * connect to just those addresses.
 *
 * The function rejects with a ServiceError `url_not_allowed`, `photo_too_large` or `fetch_failed`; when `signal` fires
 * first, with that signal's reason. No socket outlives its promise, whichever way it settles.
 *
 * @throws SettingError when an entry of `allowedHosts` is not one
 */
export function createPhotoFetcher(settings: PhotoFetcherSettings): PhotoFetcher {
  const { enabled, maximumSizeInBytes, maximumRedirects, timeoutInMilliseconds } = settings;
  const resolve = settings.resolve ?? createResolveByDns();
  const allowedHosts = parseAllowedHosts(settings.allowedHosts);
  const headers = { accept: 'image/jpeg, image/png, image/webp, */*;q=0.1', 'user-agent': settings.userAgent };

  async function followToPhoto(text: string, signal: AbortSignal): Promise<Uint8Array> {
    let checked = checkUrl(text, allowedHosts);
    for (let redirect = 0; ; redirect += 1) {
      const addresses = await resolveHost(checked, resolve, { redirect, signal });
      signal.throwIfAborted();
      const response = await openResponse(checked.url, { headers, signal, addresses });
      try {
        const location = redirectLocation(response);
        if (location === undefined) return await readPhoto(response, { maximumSizeInBytes, signal });
        if (redirect === maximumRedirects) throw fetchFailed(`redirects more than ${maximumRedirects} times`);
        checked = checkUrl(location, allowedHosts, redirect + 1, checked.url);
      } finally {
        response.destroy();
      }
    }
  }

  return async (url, { signal }) => {
    if (!enabled) {
      throw urlRefusal('this service fetches no URLs', 0, 'Send the photo itself, as the body, a form or base64.');
    }
    const timeoutError = () => fetchFailed(`did not deliver the photo within ${timeoutInMilliseconds / 1000} seconds`);
    const deadline = createDeadline(Date.now() + timeoutInMilliseconds, signal, timeoutError);
    try {
      return await deadline.race((inTime) => followToPhoto(url, inTime));
    } catch (error) {
      const clause = describeNetworkError(error);
      throw clause === undefined ? error : fetchFailed(clause, error);
    } finally {
      deadline.release();
    }
  };
}

/** Where a redirect leads; undefined for any other answer. */
function redirectLocation(response: IncomingMessage): string | undefined {
  const status = response.statusCode as number;
  if (!redirectStatuses.includes(status)) return undefined;
  const { location } = response.headers;
  if (location === undefined) throw fetchFailed(`answered with status ${status}, a redirect, but not where to`);
  return location;
}

async function readPhoto(
  response: IncomingMessage,
  limits: { readonly maximumSizeInBytes: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  if (response.statusCode !== 200) throw fetchFailed(`answered with status ${response.statusCode}, not 200`);
  // Identity was asked for; whatever else comes could inflate a thousandfold.
  if ((response.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw fetchFailed('compressed the photo, though asked not to');
  }
  const bytes = await readBody(response, limits);
  if (bytes.length === 0) throw fetchFailed('answered without a photo: zero bytes');
  return bytes;
}
