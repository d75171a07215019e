import type { Command } from 'commander';
import { heldVersionVariable } from '../../facts/rollout-settings.ts';
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
import { connectFunction } from '../operate/function-control.ts';
import { refreshAlias, runPulumi } from '../operate/run-pulumi.ts';
import { openStackFile } from '../operate/stack-file.ts';
import { findProjectDirectory } from '../project-directory.ts';
import { findHeldVersion, findReleasable } from '../rollout/held-deploy.ts';
import { runRollout } from '../rollout/run-rollout.ts';
import { print } from '../terminal/print.ts';

interface DeployOptions {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly checks: boolean;
}

const projectDirectory = findProjectDirectory();

/** `lambda-lens deploy`: the checks, `pulumi up`, the rollout where one is set, and a photo through each door. */
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
Flags behind "--" go to "pulumi up". "pulumi up" by itself does the same but for checks and photos, and
releases at once whatever the setting rollout says.

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

  const earlier = await readStackOutputs(run, stack);
  const deployed = typeof earlier === 'string' ? undefined : earlier.functionName;
  if (options.checks) {
    const before = startReport();
    await checkBefore(before, { projectDirectory, stack, config, run, functionName: deployed, connect });
    requirePassed(before.findings);
  }
  const connection = region ? { region, profile: config.profile } : undefined;
  const control = deployed && connection && (await connectFunction(connection, deployed));
  const held = await findHeldVersion(await openStackFile(projectDirectory, stack), control || undefined, print);
  await runPulumi(projectDirectory, ['stack', 'select', stack, '--create']);
  const words = ['up', '--stack', stack, ...(options.yes ? ['--yes'] : []), ...flags];
  await runPulumi(projectDirectory, words, held && { [heldVersionVariable]: held.version });

  const outputs = await readStackOutputs(run, stack);
  if (typeof outputs === 'string') throw new CliError(`Nothing is deployed: ${outputs}.`, 'Read what pulumi said.');
  const { functionName, logGroup } = outputs;
  const released = held && control && (await findReleasable(control, held, print));
  if (held && control && connection && released) {
    await runRollout({ functionName, connection, control, logGroup }, released, held.plan);
    await refreshAlias(projectDirectory, stack);
  }
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
