import type { StackSettings } from '../../infra/settings.ts';
import type { AwsAccount } from './aws-account.ts';
import { checkMemory, checkQuota, checkTimeout } from './check-settings.ts';
import { checkDocker, checkNode, checkPulumi, checkState } from './check-tools.ts';
import type { Examination } from './examine.ts';
import { failed, ok, skipped } from './outcome.ts';
import { readStackSettings, type StackConfig } from './read-stack.ts';
import type { RunProgram } from './run-program.ts';

export interface BeforeOptions {
  readonly projectDirectory: string;
  readonly stack: string;
  readonly config: StackConfig;
  readonly run: RunProgram;
  /** What is deployed already; its own reservation counts as free. */
  readonly functionName?: string | undefined;
  /** Undefined where no region is known. */
  readonly connect: (() => Promise<AwsAccount>) | undefined;
}

/** What the later checks go on with; undefined where it could not be had. */
export interface Prepared {
  readonly settings: StackSettings | undefined;
  readonly aws: AwsAccount | undefined;
}

const noSettings = skipped('the settings above come first');

/** All that `pulumi up` needs, looked at before it runs. */
export async function checkBefore(examination: Examination, options: BeforeOptions): Promise<Prepared> {
  const { run, config, stack, projectDirectory, functionName, connect } = options;
  const check = (name: string, work: Parameters<Examination['check']>[2]) => examination.check('before', name, work);

  let settings: StackSettings | undefined;
  await check('settings', async () => {
    settings = await readStackSettings(projectDirectory, config);
    return ok(`${Object.keys(config.settings).length} from Pulumi.${stack}.yaml, the others by default`);
  });
  const known = settings as StackSettings | undefined;
  await check('timeout', () => (known ? checkTimeout(known) : noSettings));
  await check('memory', () => (known ? checkMemory(known) : noSettings));
  await check('model', async () => {
    if (known === undefined) return noSettings;
    const { checkModel } = await import('./check-model.ts');
    return checkModel(known);
  });
  await check('node', () => checkNode(process.version));
  await check('docker', () => checkDocker(run, config.settings.imageUri || undefined));
  await check('pulumi', () => checkPulumi(run));
  await check('state', () => checkState(run));

  let aws: AwsAccount | undefined;
  await check('aws', async () => {
    if (connect === undefined) {
      return failed('No region is set.', `Choose one: pulumi config set aws:region eu-west-1 --stack ${stack}.`);
    }
    const account = await connect();
    try {
      const identity = await account.getIdentity();
      aws = account;
      return ok(`${identity} in ${account.region}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      return failed(
        `AWS takes no credentials from here: ${why}`,
        'Run "aws configure" or "aws sso login", or set AWS_PROFILE.',
      );
    }
  });
  const account = aws as AwsAccount | undefined;
  await check('quota', async () => {
    if (account === undefined) return skipped('it takes AWS credentials');
    const reserved = functionName === undefined ? undefined : await account.getReservedConcurrency(functionName);
    return checkQuota(await account.getConcurrency(), known?.maximumConcurrency, reserved);
  });
  return { settings: known, aws: account };
}
