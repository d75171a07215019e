import { isIP } from 'node:net';
import { ServiceError } from '../invocation/service-error.ts';
import type { CheckedUrl } from './check-url.ts';
import { isPublicAddress } from './is-public-address.ts';
import { urlRefusal } from './url-refusal.ts';

/**
 * A host name's IP addresses, all of them, in the order in which to try them; empty when it has none. Once the signal
 * fires, it holds nothing any more.
 */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

/**
 * The addresses that a connection to this URL may use, each of them checked; the name is asked for once, and whoever
 * connects must use this answer, since the next one may differ (DNS rebinding).
 *
 * @throws ServiceError `url_not_allowed` unless every address is public, `fetch_failed` when there is none
 */
export async function resolveHost(
  checked: CheckedUrl,
  resolve: Resolve,
  { redirect, signal }: { readonly redirect: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const { hostname } = checked;
  const addresses = isIP(hostname) === 0 ? await resolve(hostname, signal) : [hostname];
  if (addresses.length === 0) {
    throw new ServiceError('fetch_failed', "The photo's host has no address.", 'Check the host in the URL.');
  }
  const isAllowed = checked.mayBePrivate ? isNamedByOperator : isPublicAddress;
  if (!addresses.every((address) => isAllowed(address, checked.hostname))) {
    throw urlRefusal('its host is not at a public address', redirect);
  }
  return addresses;
}

/** An allow-list entry for an address means that address, one for `localhost` this machine and no other. */
function isNamedByOperator(address: string, hostname: string): boolean {
  return address === hostname || (hostname === 'localhost' && /^(127\.\d+\.\d+\.\d+|::1)$/.test(address));
}
