import { isIP } from 'node:net';
import { type AllowedHost, findAllowedHost, hostnameOf, portOf } from './allowed-hosts.ts';
import { isPrivateName } from './private-names.ts';
import { urlRefusal } from './url-refusal.ts';

/** A URL that passed every rule that can be decided before its host is resolved. */
export interface CheckedUrl {
  readonly url: URL;
  readonly hostname: string;
  readonly port: number;
  readonly mayBePrivate: boolean;
}

/** Longer than any signed URL of a photo store; RFC 9110 §4.1 asks for at least 8,000. */
export const maximumUrlLengthInCharacters = 8_192;

const maximumHostnameLengthInCharacters = 253;

const anyPort: readonly number[] = [80, 443];

/**
 * Reads a URL as browsers do (WHATWG), which turns decimal, octal, hexadecimal and full-width spellings of an address
 * into the one it means, and holds it against the rules on scheme, credentials, host, port and allow-list.
 *
 * @param from the page that redirected here, against which a relative `text` is read
 * @throws ServiceError `url_not_allowed`, naming the rule and the redirect
 */
export function checkUrl(
  text: string,
  allowedHosts: readonly AllowedHost[],
  redirect = 0,
  from: URL | undefined = undefined,
): CheckedUrl {
  const url = text.length > maximumUrlLengthInCharacters ? null : URL.parse(text, from?.href);
  if (url === null) {
    const rule = `it is not an absolute URL of at most ${maximumUrlLengthInCharacters} characters`;
    throw urlRefusal(rule, redirect);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw urlRefusal('its scheme is not http or https', redirect);
  }
  if (from?.protocol === 'https:' && url.protocol === 'http:') {
    throw urlRefusal('it leads from https to http', redirect);
  }
  if (url.username !== '' || url.password !== '') {
    throw urlRefusal('it holds a user name or password', redirect);
  }
  const hostname = hostnameOf(url);
  const port = portOf(url);
  const allowedHost = findAllowedHost(allowedHosts, hostname, port);
  if (allowedHosts.length > 0 && allowedHost === undefined) {
    const hint = 'Send a URL of a host that this service allows, or the photo itself; whoever runs it knows the hosts.';
    throw urlRefusal('its host and port are not among those that this service allows', redirect, hint);
  }
  if (allowedHost?.port === undefined && !anyPort.includes(port)) {
    throw urlRefusal('its port is not 80 or 443', redirect);
  }
  const mayBePrivate = allowedHost?.mayBePrivate ?? false;
  if (!mayBePrivate && isIP(hostname) === 0) checkName(hostname, redirect);
  return { url, hostname, port, mayBePrivate };
}

function checkName(hostname: string, redirect: number): void {
  if (hostname.length > maximumHostnameLengthInCharacters || hostname.split('.').includes('')) {
    throw urlRefusal('its host is not a valid name', redirect);
  }
  if (isPrivateName(hostname)) {
    throw urlRefusal('its host is a name of private networks', redirect);
  }
}
