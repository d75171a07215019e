/** Names that never mean a host on the public internet: RFC 6761, 6762 and 8375, ICANN's `internal`, and customary ones. */
const privateSuffixes: ReadonlySet<string> = new Set(
  'localhost localdomain local internal intranet private corp home lan home.arpa'.split(' '),
);

/** Whether a host name is one of private networks. One of a single label is: it is looked up in the search domains there. */
export function isPrivateName(hostname: string): boolean {
  const labels = hostname.split('.');
  return (
    labels.length === 1 ||
    privateSuffixes.has(labels.slice(-1).join('.')) ||
    privateSuffixes.has(labels.slice(-2).join('.'))
  );
}
