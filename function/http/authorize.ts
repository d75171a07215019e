import { createHash, timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../invocation/service-error.ts';
import type { HttpRequest } from './http-message.ts';

/**
 * Checks the secret that a request carries as `authorization: Bearer …` or `x-api-key`, in constant time.
 * @throws ServiceError `unauthorized` where a secret is configured and missing or wrong
 */
export function authorize(request: Pick<HttpRequest, 'headers'>, secret: string | undefined): void {
  if (secret === undefined) return;
  const bearer = /^bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const given = bearer ?? request.headers.get('x-api-key');
  if (given !== undefined && timingSafeEqual(digest(given), digest(secret))) return;
  throw new ServiceError(
    'unauthorized',
    given === undefined ? 'This service asks for a secret.' : 'The secret is not the right one.',
    'Send it as the header authorization: Bearer <secret>, or as x-api-key.',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** Comparing in constant time takes equal lengths, which digests have. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
