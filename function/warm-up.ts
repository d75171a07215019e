import type { Handler } from './invocation.ts';
import { buildWarmUpPhoto } from './warm-up-photo.ts';

// After so many photos V8 has compiled what a request spends its time in.
const maximumPhotos = 8;

/**
 * Posts a drawn photo to the handler again and again, so that the first caller's takes hardly longer than later ones.
 * Another photo is begun as long as `budgetInMilliseconds` are not over. What is answered is not looked at: where the
 * limits leave no room for the drawn photo, the service starts without having been warmed.
 * @returns how many photos were posted
 */
export async function warmUp(handler: Handler, budgetInMilliseconds: number): Promise<number> {
  const endsAt = performance.now() + budgetInMilliseconds;
  const event = {
    version: '2.0',
    rawPath: '/predict',
    rawQueryString: '',
    headers: { 'content-type': 'image/jpeg' },
    requestContext: { http: { method: 'POST', path: '/predict' } },
    body: Buffer.from(buildWarmUpPhoto()).toString('base64'),
    isBase64Encoded: true,
  };
  let count = 0;
  for (; count < maximumPhotos && performance.now() < endsAt; count++) {
    await handler(event, { requestId: 'warm-up', deadlineAt: Number.POSITIVE_INFINITY });
  }
  return count;
}
