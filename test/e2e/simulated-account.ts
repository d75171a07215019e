import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { Lambda } from '@aws-sdk/client-lambda';
import { AwsClient } from 'aws4fetch';
import { findFreePort, startServer } from './started-server.ts';

const requirements = fileURLToPath(new URL('doctor.requirements.txt', import.meta.url));
export const region = 'eu-west-1';
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
// moto's own.
const account = '123456789012';
export const functionName = 'lambda-lens-e2e';
const repositoryUri = `${account}.dkr.ecr.${region}.amazonaws.com/${functionName}`;

/** An AWS account that moto simulates, with the function in two versions, the newer one live. */
export interface SimulatedAccount {
  readonly endpoint: string;
  readonly lambda: Lambda;
  readonly ecr: ECR;
  readonly logs: CloudWatchLogs;
  readonly stop: () => void;
}

/** @param folder for the Python environment that moto is installed to, unless `MOTO_SERVER` says where it is */
export async function simulateAccount(python: string, folder: string): Promise<SimulatedAccount> {
  const server = process.env.MOTO_SERVER ?? installMoto(python, folder);
  const port = await findFreePort();
  const endpoint = `http://127.0.0.1:${port}`;
  // So that the function knows its images by digest.
  const environment = { ...process.env, MOTO_LAMBDA_STUB_ECR: 'false' };
  const moto = await startServer(server, ['-p', String(port)], endpoint, environment);
  const options = { region, endpoint, credentials };
  const [lambda, ecr, logs] = [new Lambda(options), new ECR(options), new CloudWatchLogs(options)];
  try {
    await deployTwice(lambda, ecr, endpoint);
  } catch (error) {
    moto.kill();
    throw error;
  }
  return { endpoint, lambda, ecr, logs, stop: () => moto.kill() };
}

function installMoto(python: string, folder: string): string {
  execFileSync(python, ['-m', 'venv', folder]);
  execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
  return join(folder, 'bin', 'moto_server');
}

/** What has the commands speak to `endpoint` instead of AWS. */
export function environmentOf(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
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
