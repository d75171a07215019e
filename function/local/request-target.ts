/** What a request line asks for (RFC 9112 §3.2). */
export interface RequestTarget {
  readonly path: string;
  /** As it stands after the question mark. */
  readonly query: string;
  /** Of the absolute form alone, which clients of a proxy send; it goes before the Host header. */
  readonly authority?: string;
}

export function readRequestTarget(target = '/'): RequestTarget {
  const absolute = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  if (absolute !== null) {
    return { path: absolute.pathname, query: absolute.search.slice(1), authority: absolute.host };
  }
  const queryAt = target.indexOf('?');
  if (queryAt === -1) return { path: target || '/', query: '' };
  return { path: target.slice(0, queryAt) || '/', query: target.slice(queryAt + 1) };
}
