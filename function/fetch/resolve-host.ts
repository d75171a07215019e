import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ServiceError } from '../invocation/service-error.ts';
import type { CheckedUrl } from './check-url.ts';
import { isPublicAddress } from './is-public-address.ts';
import { urlRefusal } from './url-refusal.ts';

/** A host name's IP addresses, all of them, in the order in which to try them; empty when it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** The machine's own resolver, hosts file included. */
export const resolveBySystem: Resolve = async (hostname) => {
  const answers = await lookup(hostname, { all: true, order: 'verbatim' });
  return answers.map((answer) => answer.address);
};

/**
 * The addresses that a connection to this URL may use, each of them checked; the name is asked for once, and whoever
 * connects must use this answer, since the next one may differ (DNS rebinding).
 *
 * @throws ServiceError `url_not_allowed` unless every address is public, `fetch_failed` when there is none
 */
export async function resolveHost(checked: CheckedUrl, resolve: Resolve, redirect: number): Promise<readonly string[]> {
  const addresses = isIP(checked.hostname) === 0 ? await resolve(checked.hostname) : [checked.hostname];
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
