import { isIPv6 } from 'node:net';

/**
 * Whom a connection counts for: its IPv4 address, also where the socket writes it as IPv6; of an IPv6 address the first
 * 64 bits, since whoever has one address there has all those of its network (RFC 4291 §2.5.1).
 */
export function callerOf(remoteAddress: string | undefined): string {
  const address = (remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  const last = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? [] : Array<string>(Math.max(8 - groups.length - last.length, 0)).fill('0');
  return `${[...groups, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
