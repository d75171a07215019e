import type { AwsAccount } from './aws-account.ts';
import { checkDoor, type Fetch } from './check-door.ts';
import type { Examination } from './examine.ts';
import { skipped } from './outcome.ts';
import type { StackOutputs } from './read-stack.ts';

export interface DoorOptions {
  readonly deployed: StackOutputs;
  readonly aws: AwsAccount | undefined;
  /** What the service asks of callers. */
  readonly secret: string | undefined;
}

const off = skipped('the function is off; "lambda-lens on" opens its doors again');

/** A live call through each door: the function's own URL, signed where it asks for that, and the API. */
export async function checkDoors(examination: Examination, { deployed, aws, secret }: DoorOptions): Promise<void> {
  const { functionName, functionUrl, apiUrl } = deployed;
  const isOff =
    functionName !== undefined && (await aws?.getReservedConcurrency(functionName).catch(() => undefined)) === 0;
  if (functionUrl !== undefined) {
    await examination.check('after', 'function URL', async () => {
      if (isOff) return off;
      return checkDoor(functionUrl, await fetchAs(aws, functionName), secret);
    });
  }
  if (apiUrl !== undefined) {
    await examination.check('after', 'API', () => (isOff ? off : checkDoor(apiUrl, fetch, secret)));
  }
}

/** Signs what it sends where the function's URL is for those who sign. */
async function fetchAs(aws: AwsAccount | undefined, functionName: string | undefined): Promise<Fetch> {
  if (aws === undefined || functionName === undefined) return fetch;
  const { authorization } = (await aws.getFunctionUrl(functionName)) ?? {};
  if (authorization !== 'AWS_IAM') return fetch;
  const { AwsClient } = await import('aws4fetch');
  const client = new AwsClient({ ...(await aws.getCredentials()), service: 'lambda', region: aws.region, retries: 0 });
  return (url, init) => client.fetch(url, init);
}
