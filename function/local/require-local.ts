import type { IncomingMessage } from 'node:http';
import { isLoopbackAuthority, isLoopbackOrigin } from '../http/loopback.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { readRequestTarget } from './request-target.ts';

const hint = 'To let other pages and names in, start it with CORS_ORIGINS: their origins, or * for all.';

/**
 * Keeps websites in the same browser out of a service that is for this machine alone. One that leads its own name to this
 * machine (DNS rebinding) counts for the browser as the same site, but its requests carry that name as their host.
 *
 * @throws ServiceError `url_not_allowed`
 */
export function requireLocal({ url, headers }: Pick<IncomingMessage, 'url' | 'headers'>): void {
  const { origin, host } = headers;
  const authority = readRequestTarget(url).authority ?? host;
  // Browsers send it always; what sends none is no browser.
  if (authority !== undefined && !isLoopbackAuthority(authority)) {
    const shown = JSON.stringify(authority.slice(0, 100));
    throw new ServiceError('url_not_allowed', `The host ${shown} is no name of this machine.`, hint);
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    const shown = JSON.stringify(origin.slice(0, 100));
    throw new ServiceError('url_not_allowed', `The page of ${shown} is not of this machine.`, hint);
  }
}
