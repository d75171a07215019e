import { isIP } from 'node:net';
import { SettingError } from '../settings/setting-error.ts';
import { isPublicAddress } from './is-public-address.ts';
import { isPrivateName } from './private-names.ts';

const variable = 'PHOTO_URL_ALLOWED_HOSTS';

/** One entry of `PHOTO_URL_ALLOWED_HOSTS`. */
export interface AllowedHost {
  /** As {@link hostnameOf} gives it. */
  readonly hostname: string;
  /** Whether it stands for every name below that one, at any depth, and not for the name itself. */
  readonly isOfSubdomains?: true;
  /** The only port of this entry; without one it stands for the two that any URL may have. */
  readonly port: number | undefined;
  /** Whether the operator named this very address with its port, so that it need not be a public one. */
  readonly mayBePrivate: boolean;
}

/** The host of a URL as a resolver takes it: without an IPv6 literal's brackets, without the root's trailing dot. */
export function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** The port that a URL of scheme http or https names or means. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/**
 * Reads entries `host`, `host:port` or either behind `*.`. Only an entry that is an IP literal or `localhost`, with its port, may be
 * private; a name must still resolve to public addresses, since its owner can point it anywhere.
 *
 * @throws SettingError naming the entry that is not a host, or that could never be reached.
 */
export function parseAllowedHosts(entries: readonly string[]): readonly AllowedHost[] {
  return entries.map(parseEntry);
}

function parseEntry(entry: string): AllowedHost {
  const [, wildcard, host, portText] = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s:/?#@\\*[\]]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (host === undefined || !URL.canParse(`http://${host}/`) || port === 0 || (port ?? 0) > 65_535) {
    throw new SettingError(variable, entry, 'host or host:port, an IPv6 address in brackets');
  }
  const hostname = hostnameOf(new URL(`http://${host}/`));
  const isAddress = isIP(hostname) !== 0;
  const isLocal = hostname === 'localhost' || (isAddress && !isPublicAddress(hostname));
  if (isLocal && port === undefined) {
    throw new SettingError(variable, entry, 'host:port, since this host is private');
  }
  if (!isAddress && !isLocal && isPrivateName(hostname)) {
    throw new SettingError(variable, entry, 'a host:port by its address, since such a name is never public');
  }
  if (wildcard === undefined) return { hostname, port, mayBePrivate: isLocal };
  if (isAddress || isLocal) throw new SettingError(variable, entry, 'host or host:port after *.');
  return { hostname, isOfSubdomains: true, port, mayBePrivate: false };
}

/** The first entry that allows this host and port; an entry without a port allows any that the port rule allows. */
export function findAllowedHost(
  allowedHosts: readonly AllowedHost[],
  hostname: string,
  port: number,
): AllowedHost | undefined {
  const isNamed = (entry: AllowedHost) =>
    entry.isOfSubdomains ? hostname.endsWith(`.${entry.hostname}`) : hostname === entry.hostname;
  return allowedHosts.find((entry) => isNamed(entry) && (entry.port ?? port) === port);
}
