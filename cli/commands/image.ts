import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { stackSettings } from '../../facts/stack-settings.ts';
import { CliError } from '../cli-error.ts';
import type { ImageArchitecture } from '../image/base-image.ts';
import { ecrCredentials, regionOfEcr } from '../image/ecr-credentials.ts';
import { parseImageReference } from '../image/image-reference.ts';
import { pushImage } from '../image/push-image.ts';
import type { RegistryCredentials } from '../image/registry-credentials.ts';
import { shippedFiles } from '../init/shipped-files.ts';
import { print } from '../terminal/print.ts';

interface PushCommandOptions {
  readonly model?: string;
  readonly architecture: keyof typeof platforms;
  readonly base?: string;
  readonly username?: string;
  readonly passwordStdin?: true;
  readonly profile?: string;
}

const platforms = { arm64: 'arm64', x86_64: 'amd64' } as const satisfies Record<string, ImageArchitecture>;

/** `lambda-lens image`: the service's image, without an engine that builds it. */
export function registerImage(program: Command): void {
  program
    .command('image')
    .description("the service's image, without Docker")
    .command('push <image>')
    .description('put the image into a registry, where Lambda or any engine gets it: REGISTRY/REPOSITORY[:TAG]')
    .option('--model <directory>', 'model directory (default: MODEL_DIRECTORY, or the shipped model)')
    .addOption(
      new Option('--architecture <name>', 'processor that it is for')
        .choices(Object.keys(platforms))
        .default(stackSettings.architecture.default),
    )
    .option(
      '--base <image>',
      'image of Node.js on Debian to take Node.js from (default: the one that the Dockerfile names)',
    )
    .option('--username <name>', 'who pushes; for Amazon ECR not needed')
    .option('--password-stdin', 'read the password or token from standard input')
    .option('--profile <name>', 'of the AWS credentials, for Amazon ECR (default: AWS_PROFILE)')
    .addHelpText(
      'after',
      `
Examples:
  lambda-lens image push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens:1
  lambda-lens image push registry.example.com/shop/lambda-lens --username me --password-stdin < token
  lambda-lens image push localhost:5000/lambda-lens --architecture x86_64 --model model/mine

The repository must be there where the registry makes none by itself, as Amazon ECR: aws ecr create-repository.`,
    )
    .action(runPush);
}

async function runPush(image: string, options: PushCommandOptions): Promise<void> {
  const target = parseImageReference(image);
  if (target.digest !== undefined) {
    throw new CliError(
      'A digest follows from what is pushed.',
      'Leave the digest out, and give a tag if you want one.',
    );
  }
  const base = parseImageReference(options.base ?? (await baseOfDockerfile()));
  const credentials = await findCredentials(target.registry, options);
  const scratch = await mkdtemp(join(tmpdir(), 'lambda-lens-image-'));
  try {
    const { bundle } = await import('../../function/bundling/bundle.ts');
    const bundleDirectory = join(scratch, 'bundle');
    const model = options.model ?? (process.env.MODEL_DIRECTORY || undefined);
    await bundle({ outDirectory: bundleDirectory, ...(model !== undefined && { modelDirectory: resolve(model) }) });
    const digest = await pushImage({
      target,
      credentials,
      base,
      architecture: platforms[options.architecture],
      bundleDirectory,
      onLayer: (what, sizeInBytes, isNew) =>
        print(`${isNew ? 'pushed' : 'there already'}: ${what}, ${(sizeInBytes / 1e6).toFixed(1)} MB`),
    });
    const uri = `${image.replace(/:[^:/]+$/, '')}@${digest}`;
    print(uri);
    if (regionOfEcr(target.registry) !== undefined) print(`Deploy it: pulumi config set imageUri ${uri}`);
    else print('Lambda takes images of Amazon ECR alone; any other engine runs it from here: docs/anywhere.md.');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The same Node.js as a build takes, by the digest of its index of platforms. */
async function baseOfDockerfile(): Promise<string> {
  const dockerfile = await readFile(join(shippedFiles.root, 'function', 'Dockerfile'), 'utf8');
  const base = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1];
  if (base === undefined) throw new CliError('The Dockerfile names no image of Node.js.', 'Give one by --base.');
  return base;
}

async function findCredentials(
  registry: string,
  { username, passwordStdin, profile = process.env.AWS_PROFILE }: PushCommandOptions,
): Promise<RegistryCredentials | undefined> {
  const region = regionOfEcr(registry);
  if (username === undefined && passwordStdin === undefined) {
    return region === undefined ? undefined : ecrCredentials({ region, profile });
  }
  if (username === undefined || passwordStdin === undefined) {
    throw new CliError('--username and --password-stdin go together.', 'Give both, or neither.');
  }
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '')
    throw new CliError('Standard input holds no password.', 'Write it there: --password-stdin < file');
  return { username, password };
}
