import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { heldVersionVariable } from '../../facts/rollout-settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { CliError } from '../cli-error.ts';
import { connectAws } from '../doctor/aws-account.ts';
import { createRunProgram } from '../doctor/run-program.ts';
import { drawnPhoto } from '../drawn-photo.ts';
import { connectFunction } from '../operate/function-control.ts';
import { openImageShelf } from '../operate/image-shelf.ts';
import { openLogGroup } from '../operate/log-group.ts';
import { openStackFile } from '../operate/stack-file.ts';
import { findProjectDirectory, readProjectName } from '../project-directory.ts';
import { watchVersions } from '../rollout/version-watch.ts';
import { print } from '../terminal/print.ts';
import { estimatePrice } from './estimate-price.ts';
import { findTagged } from './find-tagged.ts';
import { type StepRecord, type VerifyParts, verifyStack } from './verification.ts';
import { rehearse, requireNoStack, verify } from './verify.ts';
import { writeReport } from './write-report.ts';

interface VerifyOptions {
  readonly region?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly photoUrl?: string;
  readonly permissionsBoundary?: string;
  readonly report: string;
}

type ConnectVerifyParts = (
  region: string,
  options: Pick<VerifyOptions, 'photoUrl' | 'permissionsBoundary'>,
) => VerifyParts;

const deploymentInMilliseconds = 45 * 60_000;

/** `npm run verify:aws`: all that the documentation promises of a deployment, tried on a stack of its own. */
export function registerVerify(program: Command, connect: ConnectVerifyParts = connectParts): void {
  program
    .command('verify-aws', { isDefault: true })
    .description('deploy a stack of its own to AWS, try all that is promised of it, take it away, and write a report')
    .option('--region <name>', 'AWS region (default: AWS_REGION)')
    .option('--yes', 'do not ask first')
    .option('--dry-run', 'change nothing on AWS: checks, a preview and a search alone')
    .option('--photo-url <url>', "the photo that the course's event names (default: a drawn one, inside the event)")
    .option('--permissions-boundary <name>', "for the function's role, where the deployer's rights ask for one")
    .option('--report <file>', 'where the report goes, as Markdown', 'verify-aws.md')
    .action((options: VerifyOptions) => runVerify(options, connect));
}

async function runVerify(options: VerifyOptions, connect: ConnectVerifyParts): Promise<void> {
  const region = options.region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (!region) throw new CliError('No AWS region is set.', 'Give it by --region.');
  const parts = connect(region, options);
  await requireNoStack(parts);
  print(
    options.dryRun
      ? 'A dry run: nothing on AWS is changed.'
      : `This deploys the stack ${verifyStack} in ${region} and takes it away again. It takes less than ` +
          `$${estimatePrice().toFixed(2)} and some minutes.`,
  );
  if (!options.dryRun && !options.yes && !(await isWanted())) {
    print('Nothing was done.');
    return;
  }
  const started = new Date();
  const stop = new AbortController();
  const onSignal = () => {
    print('Stopped: what is there is taken away.');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  const onRecord = ({ name, status, seconds, seen }: StepRecord) => {
    print(`${status.padEnd(8)}  ${name}  ${seconds.toFixed(1)} s`);
    if (status === 'failed') print(seen.join('\n').replaceAll(parts.secret, '<secret>'));
  };
  const records = await (options.dryRun ? rehearse : verify)(parts, { onRecord, stopped: stop.signal });
  process.off('SIGINT', onSignal);
  const head = { version: packageJson.version, region, started, isDryRun: options.dryRun ?? false };
  await writeFile(resolve(options.report), writeReport(records, head, parts.secret));
  print(`The report is in ${options.report}.`);
  if (records.some(({ status }) => status !== 'ok')) process.exitCode = 1;
}

async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CliError('There is nobody to ask.', 'Say it by --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y/i.test(await terminal.question('Go on? [y/N] '));
  } finally {
    terminal.close();
  }
}

function connectParts(
  region: string,
  { photoUrl, permissionsBoundary }: Pick<VerifyOptions, 'photoUrl' | 'permissionsBoundary'>,
): VerifyParts {
  const projectDirectory = findProjectDirectory();
  const connection = { region, profile: undefined };
  // The stack's program needs the Node.js that runs this.
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const runWith = (variables: NodeJS.ProcessEnv) =>
    createRunProgram(projectDirectory, {
      timeoutInMilliseconds: deploymentInMilliseconds,
      environment: { ...process.env, PATH: path, ...variables },
    });
  return {
    projectDirectory,
    region,
    secret: randomBytes(16).toString('hex'),
    permissionsBoundary,
    photoUrl: photoUrl ?? `data:image/jpeg;base64,${drawnPhoto(300, 400).toString('base64')}`,
    run: runWith({}),
    runHolding: (version) => runWith({ [heldVersionVariable]: version }),
    connect: () => connectAws(region, undefined),
    connectFunction: (functionName) => connectFunction(connection, functionName),
    openShelf: (repository) => openImageShelf(connection, repository),
    openFile: () => openStackFile(projectDirectory, verifyStack),
    findTagged: async () =>
      findTagged(await connectAws(region, undefined), {
        project: readProjectName(projectDirectory),
        stack: verifyStack,
      }),
    watchVersions: async (functionName, logGroup) =>
      watchVersions(
        connection,
        functionName,
        await openLogGroup(connection, logGroup ?? `/aws/lambda/${functionName}`),
      ),
    now: () => new Date(),
    pause: (milliseconds) => setTimeout(milliseconds),
  };
}
