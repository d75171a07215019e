import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ECR } from '@aws-sdk/client-ecr';
import { Lambda } from '@aws-sdk/client-lambda';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectAws } from '../../cli/doctor/aws-account.ts';
import { checkImage } from '../../cli/doctor/check-image.ts';
import { runCli, spawnCli } from '../cli/run-cli.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { findPython } from './find-tools.ts';
import { findFreePort, startServer } from './started-server.ts';

const python = findPython();
const requirements = fileURLToPath(new URL('doctor.requirements.txt', import.meta.url));
const region = 'eu-west-1';
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
// moto's own.
const account = '123456789012';
const functionName = 'lambda-lens';
const target = { FunctionName: functionName, Qualifier: 'live' };
const repositoryUri = `${account}.dkr.ecr.${region}.amazonaws.com/lambda-lens`;

describe.skipIf(python === undefined)('doctor, against an AWS account that moto simulates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const children: ChildProcess[] = [];
  let environment: Readonly<Record<string, string>>;
  let lambda: Lambda;
  let ecr: ECR;

  beforeAll(async () => {
    execFileSync(python ?? '', ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
    const port = await findFreePort();
    const endpoint = `http://127.0.0.1:${port}`;
    // So that the function knows its image by digest.
    const ofMoto = { ...process.env, MOTO_LAMBDA_STUB_ECR: 'false' };
    children.push(await startServer(join(folder, 'bin', 'moto_server'), ['-p', String(port)], endpoint, ofMoto));
    lambda = new Lambda({ region, endpoint, credentials });
    ecr = new ECR({ region, endpoint, credentials });
    await deploy(lambda, ecr, endpoint);

    const service = spawnCli(['serve', '--port', '0', '--model', writeTinyModel()]);
    children.push(service);
    const [ready] = (await once(createInterface(service.stdout), 'line')) as [string];
    const apiUrl = `http://127.0.0.1:${/localhost:(\d+)/.exec(ready)?.[1]}/`;
    // What the Pulumi CLI answers once the stack dev is deployed and selected.
    const outputs = JSON.stringify({ functionName, functionUrl: apiUrl, apiUrl });
    writeFileSync(
      join(folder, 'bin', 'pulumi'),
      `#!/bin/sh\ncase "$*" in version) echo v3.270.0;; 'stack --show-name') echo dev;; *) echo '${outputs}';; esac\n`,
      { mode: 0o755 },
    );
    environment = {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
  });
  afterAll(() => {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true });
  });

  async function examine(): Promise<{ findings: Readonly<Record<string, object>>; code: number | null }> {
    const { output, code } = await runCli(['doctor', '--json'], environment);
    const { findings }: { findings: { name: string }[] } = JSON.parse(output);
    return { findings: Object.fromEntries(findings.map(({ name, ...finding }) => [name, finding])), code };
  }

  it('knows the account, the function and its one image, and finds the second permission missing', async () => {
    const { findings, code } = await examine();

    expect(code).toBe(1);
    expect(findings).toMatchObject({
      settings: { status: 'ok' },
      pulumi: { status: 'ok' },
      aws: { status: 'ok', detail: `arn:aws:sts::${account}:user/moto in ${region}` },
      function: { status: 'ok', detail: 'active, arm64, 1769 MB' },
      // What moto does not simulate: the blobs of an image, an account's settings, an invocation without Docker.
      image: { status: 'skipped', detail: expect.stringMatching(/^one image, but/) },
      quota: { status: 'failed', detail: expect.stringContaining('not AWS') },
      invocation: { status: 'failed' },
      permissions: { status: 'failed', detail: expect.stringContaining('lambda:InvokedViaFunctionUrl') },
      'function URL': { status: 'ok' },
      API: { status: 'ok' },
    });
  });

  it('finds both permissions once they are there, and an index where one image should be', async () => {
    await lambda.addPermission({ ...target, StatementId: 'invoke', Action: 'lambda:InvokeFunction', Principal: '*' });

    expect((await examine()).findings).toMatchObject({ permissions: { status: 'ok' } });

    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const digest = await putImage(ecr, { schemaVersion: 2, mediaType, manifests: [] }, 'index');
    const found = await checkImage(await connectAws(region, undefined), `${repositoryUri}@${digest}`, 'arm64');

    expect(found).toMatchObject({ status: 'failed', detail: expect.stringContaining('an index of 0 images') });

    vi.unstubAllEnvs();
  });
});

/** As `pulumi up` leaves it, but for the second permission of the public URL. */
async function deploy(lambda: Lambda, ecr: ECR, endpoint: string): Promise<void> {
  const iam = new AwsClient({ ...credentials, service: 'iam', region: 'us-east-1' });
  const role = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'role', AssumeRolePolicyDocument: '{}' };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const created = await iam.fetch(endpoint, { method: 'POST', headers, body: String(new URLSearchParams(role)) });
  expect(created.status).toBe(200);

  await ecr.createRepository({ repositoryName: 'lambda-lens' });
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', size: 2, digest: `sha256:${'0'.repeat(64)}` };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  await putImage(ecr, { schemaVersion: 2, mediaType, config, layers: [] }, 'v1');

  await lambda.createFunction({
    FunctionName: functionName,
    PackageType: 'Image',
    Code: { ImageUri: `${repositoryUri}:v1` },
    Role: `arn:aws:iam::${account}:role/role`,
    Architectures: ['arm64'],
    MemorySize: 1769,
    Publish: true,
  });
  await lambda.createAlias({ FunctionName: functionName, Name: 'live', FunctionVersion: '1' });
  await lambda.createFunctionUrlConfig({ ...target, AuthType: 'NONE' });
  await lambda.addPermission({ ...target, StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', Principal: '*' });
  await lambda.addPermission({
    ...target,
    StatementId: 'api',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
  });
}

async function putImage(ecr: ECR, manifest: object, tag: string): Promise<string | undefined> {
  const request = { repositoryName: 'lambda-lens', imageManifest: JSON.stringify(manifest), imageTag: tag };
  return (await ecr.putImage(request)).image?.imageId?.imageDigest;
}
