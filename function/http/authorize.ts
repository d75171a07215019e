import { nodeCrypto } from '../../files/node-crypto.ts';
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
  if (given !== undefined && nodeCrypto().timingSafeEqual(digest(given), digest(secret))) return;
  throw new ServiceError(
    'unauthorized',
    given === undefined ? 'This service asks for a secret.' : 'The secret is not the right one.',
    'Send it as the header authorization: Bearer <secret>, or as x-api-key.',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/**
 * The same for what nobody gets without a secret, so that a service without one gives it to nobody.
 * @throws ServiceError `unauthorized`
 */
export function requireSecret(request: Pick<HttpRequest, 'headers'>, secret: string | undefined): void {
  if (secret !== undefined) {
    authorize(request, secret);
    return;
  }
  throw new ServiceError(
    'unauthorized',
    'Only who holds the secret of the service may ask for this, and it has none.',
    'Set API_SECRET, or invoke the function directly with {"health": {"deep": 1, "reference": 1}}.',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** Comparing in constant time takes equal lengths, which digests have. */
function digest(text: string): Buffer {
  return nodeCrypto().createHash('sha256').update(text).digest();
}
