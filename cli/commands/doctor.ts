import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { connectAws } from '../doctor/aws-account.ts';
import { checkAfter } from '../doctor/check-after.ts';
import { checkBefore, type Prepared } from '../doctor/check-before.ts';
import { checkDoor } from '../doctor/check-door.ts';
import { describeFinding } from '../doctor/describe-finding.ts';
import { type Examination, startExamination } from '../doctor/examine.ts';
import { findStack } from '../doctor/find-stack.ts';
import { skipped } from '../doctor/outcome.ts';
import { readStackConfig, readStackOutputs } from '../doctor/read-stack.ts';
import { createRunProgram } from '../doctor/run-program.ts';
import { findProjectDirectory } from '../project-directory.ts';
import { print, printJson, redrawLine } from '../terminal/print.ts';
import { styled } from '../terminal/styled-text.ts';

interface DoctorOptions {
  readonly stack?: string;
  readonly region?: string;
  readonly functionName?: string;
  readonly url?: readonly string[];
  readonly json?: boolean;
}

const projectDirectory = findProjectDirectory();

/** `lambda-lens doctor`: what a deployment needs, and whether what is deployed works. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check what a deployment needs, and that what is deployed works')
    .option('--stack <name>', 'the stack whose settings and outputs to check (default: the one selected, or dev)')
    .option('--region <name>', "AWS region (default: the stack's, or AWS_REGION)")
    .option('--function-name <name>', 'check this function instead of what the stack has deployed')
    .option('--url <url...>', 'check the service at these URLs instead')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Looks at the settings, the tools and the AWS account first; then, once the stack is deployed, at the function, its image
and its permissions, and sends a drawn photo through each door. Only reads, but for these calls. Set API_SECRET where
the service has one. With --function-name or --url it looks at nothing else. The exit code is 1 when a check fails.

Examples:
  lambda-lens doctor
  lambda-lens doctor --stack production --json
  lambda-lens doctor --url http://localhost:8080`,
    )
    .action(runDoctor);
}

async function runDoctor(options: DoctorOptions): Promise<void> {
  const examination = startExamination(
    (name) => redrawLine(`Checking ${name} …`),
    (finding) => {
      redrawLine('');
      if (!options.json) print(describeFinding(finding));
    },
  );
  await examine(examination, options);
  const { findings } = examination;
  const failures = findings.filter(({ status }) => status === 'failed').length;
  if (failures > 0) process.exitCode = 1;
  if (options.json) printJson({ ok: failures === 0, findings }, 2);
  else
    print([
      failures === 0 ? styled('green', 'Nothing stands in the way.', '✓') : styled('red', `${failures} to mend.`, '✗'),
    ]);
}

async function examine(examination: Examination, options: DoctorOptions): Promise<void> {
  const { functionName, url: urls = [] } = options;
  const run = createRunProgram(projectDirectory);
  const stack = await findStack(run, options.stack);
  const config = await readStackConfig(projectDirectory, stack);
  const region = options.region || config.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  const connect = !region ? undefined : () => connectAws(region, config.profile);
  const secret = process.env.API_SECRET || undefined;
  const after = (deployed: Parameters<typeof checkAfter>[1]['deployed'], { aws, settings }: Prepared) =>
    checkAfter(examination, { deployed, aws, settings, secret });

  if (functionName !== undefined || urls.length > 0) {
    if (functionName !== undefined) {
      if (connect === undefined) throw new CliError('No AWS region is set.', 'Give it by --region.');
      await after({ functionName }, { aws: await connect(), settings: undefined });
    }
    for (const url of urls) await examination.check('after', 'service', () => checkDoor(url, fetch, secret));
    return;
  }
  const outputs = await readStackOutputs(run, stack);
  const deployed = typeof outputs === 'string' ? undefined : outputs.functionName;
  const before = { projectDirectory, stack, config, run, functionName: deployed, connect };
  const prepared = await checkBefore(examination, before);
  if (typeof outputs === 'string') await examination.check('after', 'deployment', () => skipped(outputs));
  else await after(outputs, prepared);
}
