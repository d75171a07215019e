import type { Handler } from '../invocation/invocation-context.ts';
import { buildWarmUpPhoto } from './warm-up-photo.ts';

/**
 * Posts a drawn photo to the handler, so that the first caller's takes hardly longer than later ones. Once is enough: what
 * takes time is WebAssembly, which is compiled while it first runs; another would make the start longer by more than the
 * first event becomes shorter. What is answered is not looked at: where the limits leave no room for the drawn photo, the
 * service starts without having been warmed.
 */
export async function warmUp(handler: Handler): Promise<void> {
  const event = {
    version: '2.0',
    rawPath: '/predict',
    rawQueryString: '',
    headers: { 'content-type': 'image/jpeg' },
    requestContext: { http: { method: 'POST', path: '/predict' } },
    body: Buffer.from(buildWarmUpPhoto()).toString('base64'),
    isBase64Encoded: true,
  };
  await handler(event, { requestId: 'warm-up', deadlineAt: Number.POSITIVE_INFINITY });
}
