/** Which web pages may read the answers: those of these origins, or every one where they are `*` alone. */
export type CorsOrigins = readonly string[];

const requestHeaders = 'authorization, content-type, x-api-key';
const responseHeaders = 'retry-after, x-request-id';
const dayInSeconds = 86_400;

/**
 * The headers that let a page of `origin` read an answer. The function alone sends them, at every door: where a function
 * URL or an API adds its own, browsers see them twice and refuse both.
 */
export function corsHeaders(origins: CorsOrigins, origin: string | undefined): Readonly<Record<string, string>> {
  if (origins.includes('*')) {
    return { 'access-control-allow-origin': '*', 'access-control-expose-headers': responseHeaders };
  }
  // What is stored for one origin must not be given to another, also when this one is not allowed.
  if (origin === undefined || !origins.includes(origin)) return { vary: 'origin' };
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': responseHeaders,
    vary: 'origin',
  };
}

/** What a preflight's answer holds beside {@link corsHeaders}. */
export function preflightHeaders(methods: readonly string[]): Readonly<Record<string, string>> {
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': requestHeaders,
    'access-control-max-age': String(dayInSeconds),
  };
}
