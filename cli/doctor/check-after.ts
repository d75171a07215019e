import type { StackSettings } from '../../infra/settings.ts';
import type { AwsAccount, DeployedFunction } from './aws-account.ts';
import { checkDoors } from './check-doors.ts';
import { checkFunction, checkPermissions } from './check-function.ts';
import { checkImage } from './check-image.ts';
import { checkInvocation } from './check-invocation.ts';
import type { Examination } from './examine.ts';
import { ok, skipped } from './outcome.ts';
import type { StackOutputs } from './read-stack.ts';

export interface AfterOptions {
  /** What is deployed: a stack's outputs, or what a person names. */
  readonly deployed: Omit<StackOutputs, 'imageUri'>;
  readonly aws: AwsAccount | undefined;
  /** What the stack says the function should be, where that is known. */
  readonly settings: Pick<StackSettings, 'architecture' | 'memoryInMb'> | undefined;
  /** What the service asks of callers. */
  readonly secret: string | undefined;
}

const noCredentials = skipped('it takes AWS credentials');

/** What is deployed: the function, its image, its permissions, and a live call through each door. */
export async function checkAfter(examination: Examination, options: AfterOptions): Promise<void> {
  const { deployed, aws, settings, secret } = options;
  const check = (name: string, work: Parameters<Examination['check']>[2]) => examination.check('after', name, work);
  const { functionName, apiUrl } = deployed;
  let { functionUrl } = deployed;

  if (functionName !== undefined) {
    let found: DeployedFunction | undefined;
    await check('function', async () => {
      if (aws === undefined) return noCredentials;
      found = await aws.getFunction(functionName);
      return checkFunction(found, settings);
    });
    const { imageUri, architecture = '' } = (found as DeployedFunction | undefined) ?? {};
    await check('image', () => {
      if (aws === undefined) return noCredentials;
      return imageUri === undefined ? skipped('the function names no image') : checkImage(aws, imageUri, architecture);
    });
    await check('permissions', async () => {
      if (aws === undefined) return noCredentials;
      const own = await aws.getFunctionUrl(functionName);
      functionUrl ??= own?.url;
      const doors = { isUrlPublic: own?.authorization === 'NONE', hasApi: apiUrl !== undefined };
      if (!doors.isUrlPublic && !doors.hasApi) return ok('no public door, so none is needed');
      return checkPermissions(await aws.getPolicy(functionName), doors);
    });
    await check('invocation', () => (aws === undefined ? noCredentials : checkInvocation(aws, functionName)));
  }
  const doors = {
    ...(functionName && { functionName }),
    ...(functionUrl && { functionUrl }),
    ...(apiUrl && { apiUrl }),
  };
  await checkDoors(examination, { deployed: doors, aws, secret });
}
