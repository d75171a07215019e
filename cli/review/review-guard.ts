import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request has to show before it is looked at. */
export interface ReviewDoor {
  readonly port: number;
  /** The first part of every path; only the address that the owner opens has it. */
  readonly token: string;
}

export interface GuardedRequest {
  readonly method: string;
  /** The path with its leading slash, without a query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Why a request is refused; undefined for one of the owner's own page. A page of another site can send requests to this
 * machine too: it does not know the token, its origin is another one, and a name of its own that it points at this machine
 * (DNS rebinding) stands in the Host header.
 */
export function explainRefusal(
  { method, path, headers }: GuardedRequest,
  { port, token }: ReviewDoor,
): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return 'its Host header is not this address';
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    return "it is of another page's origin";
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'it comes from another site';
  if (method === 'POST' && headers['content-type'] !== 'application/json') return 'its body is not application/json';
  return hasToken(path, token) ? undefined : 'its path lacks the token';
}

/** Without the token, `/` and all behind it. */
export function pathBehindToken(path: string, token: string): string {
  return path.slice(1 + token.length);
}

function hasToken(path: string, token: string): boolean {
  const given = Buffer.from(path.slice(1, 1 + token.length));
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted) && path[1 + token.length] === '/';
}
