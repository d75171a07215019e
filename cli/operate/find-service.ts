import { type Command, InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.ts';
import { findStack } from '../doctor/find-stack.ts';
import { readStackConfig, readStackOutputs, type StackOutputs } from '../doctor/read-stack.ts';
import { createRunProgram, type RunProgram } from '../doctor/run-program.ts';
import { findProjectDirectory } from '../project-directory.ts';
import type { AwsConnection } from './aws-connection.ts';
import { openStackFile, type StackFile } from './stack-file.ts';

export interface ServiceOptions {
  readonly stack?: string;
  readonly region?: string;
  readonly functionName?: string;
}

/** A deployed function as a command finds it. */
export interface DeployedService {
  readonly functionName: string;
  readonly connection: AwsConnection;
  readonly outputs: StackOutputs;
  /** Undefined for a function that is named by hand: its stack, if any, is unknown. */
  readonly stack: string | undefined;
  readonly file: StackFile | undefined;
}

export const projectDirectory = findProjectDirectory();

/** The options by which a command is told of which function it is about. */
export function addServiceOptions(command: Command): Command {
  return command
    .option('--stack <name>', 'the stack that it belongs to (default: the one selected, or dev)')
    .option('--region <name>', "AWS region (default: the stack's, or AWS_REGION)")
    .option('--function-name <name>', 'this function instead of what a stack has deployed');
}

/** @throws CliError saying what to deploy, or to set, first */
export async function findService(
  options: ServiceOptions,
  run: RunProgram = createRunProgram(projectDirectory),
): Promise<DeployedService> {
  const stack = await findStack(run, options.stack);
  const config = await readStackConfig(projectDirectory, stack);
  const region = options.region || config.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (!region) throw new CliError('No AWS region is set.', 'Give it by --region.');
  const connection = { region, profile: config.profile };
  if (options.functionName !== undefined) {
    const { functionName } = options;
    return { functionName, connection, outputs: { functionName }, stack: undefined, file: undefined };
  }
  const outputs = await readStackOutputs(run, stack);
  if (typeof outputs === 'string') {
    throw new CliError(
      `There is no function to be found: ${outputs}.`,
      'Deploy it by "npm run deploy", or name it by --function-name.',
    );
  }
  const file = await openStackFile(projectDirectory, stack);
  return { functionName: outputs.functionName, connection, outputs, stack, file };
}

/** For an option that takes a count. */
export function parseCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It takes a whole number, zero or more.');
  return Number(text);
}
