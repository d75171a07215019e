import { isLoopbackOrigin } from './loopback.ts';

/**
 * Which web pages may read the answers: those of these origins, every one where they are `*` alone, or those that this
 * machine itself serves.
 */
export type CorsOrigins = readonly string[] | 'loopback';

const usualRequestHeaders = 'authorization, content-type, x-api-key';
const responseHeaders = 'retry-after, x-request-id';
const dayInSeconds = 86_400;

/**
 * The headers that let a page of `origin` read an answer. The function alone sends them, at every door: where a function
 * URL or an API adds its own, browsers see them twice and refuse both.
 */
export function corsHeaders(origins: CorsOrigins, origin: string | undefined): Readonly<Record<string, string>> {
  if (origins !== 'loopback' && origins.includes('*')) {
    return { 'access-control-allow-origin': '*', 'access-control-expose-headers': responseHeaders };
  }
  // What is stored for one origin must not be given to another, also when this one is not allowed.
  const isAllowed = origins === 'loopback' ? isLoopbackOrigin : (one: string) => origins.includes(one);
  if (origin === undefined || !isAllowed(origin)) return { vary: 'origin' };
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': responseHeaders,
    vary: 'origin',
  };
}

/** Names of header fields with commas between them (RFC 9110 §5.1), and not too many. */
const headerNames = /^[\w!#$%&'*+.^`|~-]+(?: *, *[\w!#$%&'*+.^`|~-]+)*$/;
const maximumHeaderNamesLength = 2_000;

/**
 * What a preflight's answer holds beside {@link corsHeaders}. A page that may read the answer may send any header: what
 * tracing and sign-in libraries add is nothing to the service, and `*` would leave out `authorization`.
 *
 * @param wanted the request's `access-control-request-headers`
 */
export function preflightHeaders(
  methods: readonly string[],
  wanted: string | undefined,
): Readonly<Record<string, string>> {
  const isList = wanted !== undefined && wanted.length <= maximumHeaderNamesLength && headerNames.test(wanted);
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': isList ? wanted : usualRequestHeaders,
    'access-control-max-age': String(dayInSeconds),
    vary: 'access-control-request-headers',
  };
}
