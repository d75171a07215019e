import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AwsAccount } from '../../../cli/doctor/aws-account.ts';
import { checkAfter } from '../../../cli/doctor/check-after.ts';
import { startExamination } from '../../../cli/doctor/examine.ts';

const authorizations: (string | undefined)[] = [];
const server = createServer((request, response) => {
  authorizations.push(request.headers.authorization);
  request.resume();
  const health = { architecture: 'arm64', parity: null };
  const prediction = { label: 'hat', timing: { totalMs: 4, coldStart: false } };
  response.end(JSON.stringify(request.url?.startsWith('/health') ? health : prediction));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
});

const digest = `sha256:${'ab'.repeat(32)}`;

/** A service in order whose URL is for those who sign. */
function createAccount(): AwsAccount {
  return {
    region: 'eu-west-1',
    getIdentity: async () => 'arn:aws:iam::123456789012:user/owner',
    getCredentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
    getConcurrency: async () => ({ quota: 1_000, unreserved: 1_000 }),
    getReservedConcurrency: async () => undefined,
    getFunction: async () => ({
      state: 'Active',
      lastUpdate: 'Successful',
      reason: undefined,
      architecture: 'arm64',
      memoryInMb: 1769,
      imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/service@${digest}`,
    }),
    getFunctionUrl: async () => ({ url, authorization: 'AWS_IAM' }),
    getPolicy: async () => undefined,
    invoke: async () => ({ isError: false, payload: '{"hat":1}' }),
    getManifest: async () => JSON.stringify({ config: { digest } }),
    getBlob: async () => JSON.stringify({ os: 'linux', architecture: 'arm64' }),
  };
}

async function examine(aws: AwsAccount | undefined) {
  const ignore = () => undefined;
  const examination = startExamination(ignore, ignore);
  const deployed = { functionName: 'service' };
  await checkAfter(examination, { deployed, aws, settings: undefined, secret: undefined });
  return Object.fromEntries(examination.findings.map(({ name, status }) => [name, status]));
}

it('finds the URL of a function by its name, and signs what it sends there', async () => {
  expect(await examine(createAccount())).toEqual({
    function: 'ok',
    image: 'ok',
    permissions: 'ok',
    invocation: 'ok',
    'function URL': 'ok',
  });
  expect(authorizations).toHaveLength(3);

  for (const authorization of authorizations)
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 .*\/eu-west-1\/lambda\//);
});

it('leaves out what it takes credentials for', async () => {
  const findings = await examine(undefined);

  expect(new Set(Object.values(findings))).toEqual(new Set(['skipped']));
});
