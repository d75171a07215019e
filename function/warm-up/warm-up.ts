import type { Handler } from '../invocation/invocation-context.ts';
import { buildWarmUpPhoto } from './warm-up-photo.ts';

// With these the first event takes least: with fewer, code runs there for the first time; with more, V8 has seen enough of it
// to set about optimising just then.
const maximumPredictions = 2;
const maximumDecodes = 4;

/**
 * Posts a drawn photo to the handler again and again, then only decodes it, so that the first caller's takes hardly longer
 * than later ones. Another is begun as long as `budgetInMilliseconds` are not over. What is answered is not looked at:
 * where the limits leave no room for the drawn photo, the service starts without having been warmed.
 * @param now a clock in milliseconds
 * @returns how many photos were posted, and how many decoded besides
 */
export async function warmUp(
  handler: Handler,
  decode: (photo: Uint8Array) => Promise<unknown>,
  budgetInMilliseconds: number,
  now: () => number = () => performance.now(),
): Promise<{ readonly predictions: number; readonly decodes: number }> {
  const endsAt = now() + budgetInMilliseconds;
  const photo = buildWarmUpPhoto();
  const event = {
    version: '2.0',
    rawPath: '/predict',
    rawQueryString: '',
    headers: { 'content-type': 'image/jpeg' },
    requestContext: { http: { method: 'POST', path: '/predict' } },
    body: Buffer.from(photo).toString('base64'),
    isBase64Encoded: true,
  };
  const repeat = async (maximum: number, run: () => Promise<unknown>) => {
    let count = 0;
    for (; count < maximum && now() < endsAt; count++) await run();
    return count;
  };
  const predictions = await repeat(maximumPredictions, () =>
    handler(event, { requestId: 'warm-up', deadlineAt: Number.POSITIVE_INFINITY }),
  );
  return { predictions, decodes: await repeat(maximumDecodes, () => decode(photo)) };
}
