const loopback = String.raw`(?:localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?`;
const authorityPattern = new RegExp(`^${loopback}$`, 'i');
const originPattern = new RegExp(`^https?://${loopback}$`, 'i');

/** Whether a Host header names this machine by a name or an address that nobody else can have (RFC 6761 §6.3). */
export function isLoopbackAuthority(host: string): boolean {
  return authorityPattern.test(host);
}

/** Whether an Origin header is that of a page which this machine itself serves, at whatever port. */
export function isLoopbackOrigin(origin: string): boolean {
  return originPattern.test(origin);
}

/** Whether an address or a name to listen on lets nobody in but this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === '::1' || authorityPattern.test(host);
}
