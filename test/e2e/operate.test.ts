import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { Lambda } from '@aws-sdk/client-lambda';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ecrCredentials } from '../../cli/image/ecr-credentials.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { program, runCli } from '../cli/run-cli.ts';
import { readChapterCommands, toExpression } from '../docs/chapter-commands.ts';
import { runCommands } from '../docs/run-commands.ts';
import { findPython } from './find-tools.ts';
import { findFreePort, untilAnswers } from './started-server.ts';

const python = findPython();
const requirements = fileURLToPath(new URL('doctor.requirements.txt', import.meta.url));
const region = 'eu-west-1';
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
// moto's own.
const account = '123456789012';
const functionName = 'lambda-lens-e2e';
const repositoryUri = `${account}.dkr.ecr.${region}.amazonaws.com/${functionName}`;

describe.skipIf(python === undefined)(
  'off, on, rollback, status and logs, against an account that moto simulates',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'operate-'));
    let moto: ChildProcess | undefined;
    let environment: Readonly<Record<string, string>>;
    let lambda: Lambda;
    let ecr: ECR;

    beforeAll(async () => {
      execFileSync(python ?? '', ['-m', 'venv', folder]);
      execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
      const port = await findFreePort();
      moto = spawn(join(folder, 'bin', 'moto_server'), ['-p', String(port)], {
        // So that the function knows its images by digest.
        env: { ...process.env, MOTO_LAMBDA_STUB_ECR: 'false' },
        stdio: 'ignore',
      });
      const endpoint = `http://127.0.0.1:${port}`;
      await untilAnswers(endpoint);
      const options = { region, endpoint, credentials };
      [lambda, ecr] = [new Lambda(options), new ECR(options)];
      await deployTwice(lambda, ecr, endpoint);
      await writeLog(new CloudWatchLogs(options));
      environment = {
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      };
    });

    afterAll(() => {
      moto?.kill();
      rmSync(folder, { recursive: true });
    });

    const run = async (...words: string[]) => {
      const { output, errors, code } = await runCli(
        [...words, '--function-name', functionName, '--region', region],
        environment,
      );
      expect(code, errors).toBe(0);
      return output;
    };
    // GetFunction of moto leaves a 0 out.
    const reserved = async () =>
      (await lambda.getFunctionConcurrency({ FunctionName: functionName })).ReservedConcurrentExecutions;

    it('turns the function off and on again', async () => {
      await lambda.putFunctionConcurrency({ FunctionName: functionName, ReservedConcurrentExecutions: 7 });

      expect(await run('off')).toContain('limited to 7');
      expect(await reserved()).toBe(0);
      expect(await run('status')).toContain('OFF');

      await run('on', '--concurrency', '7');
      expect(await reserved()).toBe(7);
    });

    it('lists the versions, goes back to one, and keeps its image by a tag', async () => {
      expect(await run('rollback')).toMatch(/^version .*\n2 \(live\) .*model two.*\n1 .*model one/);

      expect(await run('rollback', '1')).toContain('Version 1 is live now');

      expect(await lambda.getAlias({ FunctionName: functionName, Name: 'live' })).toMatchObject({
        FunctionVersion: '1',
      });
      const { imageDetails } = await ecr.describeImages({
        repositoryName: functionName,
        imageIds: [{ imageTag: 'live' }],
      });
      expect(imageDetails?.[0]?.imageTags).toContain('v1');
      expect(await run('status')).toMatch(/live {4}version 1, model one/);
    });

    it.each(readChapterCommands().filter(({ needs }) => needs === 'aws'))('does and prints what $chapter says', async ({
      commands,
      output,
    }) => {
      const { directory, before } = makeProject(folder);

      const ran = await runCommands(commands, { directory, before, environment });

      expect(ran.code, ran.output).toBe(0);
      if (output !== undefined) expect(ran.output).toMatch(toExpression(output));
    });

    it('gets of Amazon ECR who pushes an image, and by which password', async () => {
      Object.assign(process.env, environment);
      const { username, password } = await ecrCredentials({ region, profile: undefined });
      for (const name of Object.keys(environment)) delete process.env[name];

      expect(username).toBe('AWS');
      expect(password).not.toBe('');
    });

    it('shows what the function wrote', async () => {
      expect(await run('logs')).toMatch(/info {3}request {2}path=\/predict {2}status=200/);
    });
  },
);

/** A project whose stack is deployed, and a stand-in for Pulumi that knows the commands of the chapters and no other. */
function makeProject(folder: string): { readonly directory: string; readonly before: string } {
  const directory = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(directory, 'Pulumi.yaml'), 'name: lambda-lens\nruntime: nodejs\n');
  writeFileSync(join(directory, 'Pulumi.dev.yaml'), `config:\n  aws:region: ${region}\n`);
  const keys = Object.keys(stackSettings).join('|');
  const pulumi = [
    '#!/bin/sh',
    'case "$*" in',
    "  'stack --show-name') echo dev ;;",
    `  'stack output --json --stack dev') echo '{"functionName":"${functionName}"}' ;;`,
    "  'destroy --yes') ;;",
    '  \'config set \'*) case "$3" in',
    `    ${keys}) ;;`,
    '    *) exit 1 ;;',
    '    esac ;;',
    '  *) echo "pulumi $*: unknown" >&2; exit 1 ;;',
    'esac',
  ];
  writeFileSync(join(directory, 'pulumi'), `${pulumi.join('\n')}\n`, { mode: 0o755 });
  return { directory, before: `PATH="$PWD:$PATH"\nnpx() { shift; '${process.execPath}' '${program}' "$@"; }` };
}

/** Two versions, each of its own image, the newer one live. */
async function deployTwice(lambda: Lambda, ecr: ECR, endpoint: string): Promise<void> {
  const iam = new AwsClient({ ...credentials, service: 'iam', region: 'us-east-1' });
  const role = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'role', AssumeRolePolicyDocument: '{}' };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await iam.fetch(endpoint, { method: 'POST', headers, body: String(new URLSearchParams(role)) });
  await ecr.createRepository({ repositoryName: functionName });
  for (const tag of ['v1', 'v2']) {
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const config = { mediaType, size: 2, digest: `sha256:${tag.at(-1)?.repeat(64)}` };
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] });
    await ecr.putImage({ repositoryName: functionName, imageManifest, imageTag: tag });
  }
  await lambda.createFunction({
    FunctionName: functionName,
    Description: 'model one',
    PackageType: 'Image',
    Code: { ImageUri: `${repositoryUri}:v1` },
    Role: `arn:aws:iam::${account}:role/role`,
    Publish: true,
  });
  await lambda.updateFunctionConfiguration({ FunctionName: functionName, Description: 'model two' });
  await lambda.updateFunctionCode({ FunctionName: functionName, ImageUri: `${repositoryUri}:v2`, Publish: true });
  await lambda.createAlias({ FunctionName: functionName, Name: 'live', FunctionVersion: '2' });
}

async function writeLog(logs: CloudWatchLogs): Promise<void> {
  const place = { logGroupName: `/aws/lambda/${functionName}`, logStreamName: 'one' };
  await logs.createLogGroup(place).catch(() => undefined);
  await logs.createLogStream(place);
  const message = '{"level":"info","message":"request","path":"/predict","status":200}';
  await logs.putLogEvents({ ...place, logEvents: [{ timestamp: Date.now(), message }] });
}
