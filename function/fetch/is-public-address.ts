import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The only block of IPv6 that is handed out for use across the internet (RFC 4291 §2.4, IANA's IPv6 address space). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent answers every virtual machine on this address, though the address itself is a public one. */
const platformAddresses: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * Whether an IP address, in the spelling that a resolver or a parsed URL gives it, belongs to one host on the public
 * internet. Everything that IANA's special-purpose registries set aside is not: private, loopback, link-local, shared
 * (CGNAT), multicast, documentation and benchmarking ranges, and every range that wraps an IPv4 address in an IPv6 one
 * (mapped, compatible, NAT64, 6to4, Teredo), whatever that IPv4 address is. What is no IP address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || platformAddresses.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // For ipaddr.js "unicast" is whatever no listed range claims; in IPv6 most of that is not assigned to anyone.
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}
