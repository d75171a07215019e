import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { connectAws } from '../doctor/aws-account.ts';
import { checkBefore } from '../doctor/check-before.ts';
import { checkDoors } from '../doctor/check-doors.ts';
import { describeFinding } from '../doctor/describe-finding.ts';
import { type Examination, startExamination } from '../doctor/examine.ts';
import { findStack } from '../doctor/find-stack.ts';
import { readStackConfig, readStackOutputs } from '../doctor/read-stack.ts';
import { requirePassed } from '../doctor/require-passed.ts';
import { createRunProgram } from '../doctor/run-program.ts';
import { findProjectDirectory } from '../project-directory.ts';
import { print } from '../terminal/print.ts';

interface DeployOptions {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly checks: boolean;
}

const projectDirectory = findProjectDirectory();

/** `lambda-lens deploy`: the checks, `pulumi up`, and a photo through each door. */
export function registerDeploy(program: Command): void {
  program
    .command('deploy [flags...]')
    .description('check what a deployment needs, run "pulumi up", and send a photo through each door')
    .option('--stack <name>', 'the stack to deploy (default: the one selected, or dev, which is made)')
    .option('--yes', 'do not ask before anything is changed')
    .option('--no-checks', 'leave the checks out')
    .addHelpText(
      'after',
      `
Flags behind "--" go to "pulumi up". "pulumi up" by itself does the same but for checks and photos.

Examples:
  npm run deploy
  npm run deploy -- --stack production --yes -- --diff`,
    )
    .action(runDeploy);
}

async function runDeploy(flags: readonly string[], options: DeployOptions): Promise<void> {
  const run = createRunProgram(projectDirectory);
  const stack = await findStack(run, options.stack);
  const config = await readStackConfig(projectDirectory, stack);
  const region = config.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  const connect = !region ? undefined : () => connectAws(region, config.profile);
  const secret = process.env.API_SECRET || undefined;

  if (options.checks) {
    const before = startReport();
    const outputs = await readStackOutputs(run, stack);
    const functionName = typeof outputs === 'string' ? undefined : outputs.functionName;
    await checkBefore(before, { projectDirectory, stack, config, run, functionName, connect });
    requirePassed(before.findings);
  }
  await runPulumi(['stack', 'select', stack, '--create']);
  await runPulumi(['up', '--stack', stack, ...(options.yes ? ['--yes'] : []), ...flags]);

  const outputs = await readStackOutputs(run, stack);
  if (typeof outputs === 'string') throw new CliError(`Nothing is deployed: ${outputs}.`, 'Read what pulumi said.');
  const after = startReport();
  await checkDoors(after, { deployed: outputs, aws: await connect?.(), secret });
  if (after.findings.some(({ status }) => status === 'failed')) process.exitCode = 1;
}

function startReport(): Examination {
  return startExamination(
    () => undefined,
    (finding) => print(describeFinding(finding)),
  );
}

/** At this terminal, and with the Node.js that runs this: the stack's program needs it. */
async function runPulumi(words: readonly string[]): Promise<void> {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn('pulumi', words, {
    cwd: projectDirectory,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  const missing = once(child, 'error').then(([error]) => {
    if (error.code !== 'ENOENT') throw error;
    throw new CliError(
      'There is no pulumi on the path.',
      'Install the Pulumi CLI: https://www.pulumi.com/docs/install/.',
    );
  });
  const [code] = await Promise.race([once(child, 'exit'), missing]);
  if (code !== 0) throw new CliError(`"pulumi ${words.join(' ')}" ended with ${code}.`, 'What went wrong is above.');
}
