import { drawnPhoto } from '../drawn-photo.ts';
import type { AwsAccount } from './aws-account.ts';
import { failed, type Outcome, ok } from './outcome.ts';

/** Invokes the function itself with a drawn photo, as the console's Test button does. */
export async function checkInvocation(aws: Pick<AwsAccount, 'invoke'>, functionName: string): Promise<Outcome> {
  const startedAt = performance.now();
  const event = { image: drawnPhoto(300, 400).toString('base64') };
  const { isError, payload } = await aws.invoke(functionName, event);
  const milliseconds = Math.round(performance.now() - startedAt);
  if (isError) {
    return failed(`It fails: ${payload.slice(0, 200)}`, `Read what it said: lambda-lens logs --since 10m.`);
  }
  const labels = Object.keys(JSON.parse(payload));
  return ok(`scores of ${labels.length} labels in ${milliseconds} ms`);
}
