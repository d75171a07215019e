import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeployedFunction } from '../../../cli/doctor/aws-account.ts';
import { checkFunction, checkPermissions } from '../../../cli/doctor/check-function.ts';
import { checkImage } from '../../../cli/doctor/check-image.ts';
import { checkInvocation } from '../../../cli/doctor/check-invocation.ts';
import { checkModel } from '../../../cli/doctor/check-model.ts';
import { checkMemory, checkQuota, checkTimeout } from '../../../cli/doctor/check-settings.ts';
import { checkDocker, checkNode, checkPulumi, checkState } from '../../../cli/doctor/check-tools.ts';
import type { ProgramResult } from '../../../cli/doctor/run-program.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const model = writeTinyModel();
const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'weights.bin'), Buffer.alloc(60_000_000));

function says(output: string, { code = 0, errors = '' } = {}) {
  return async (): Promise<ProgramResult> => ({ code, output, errors });
}
const missing = async (): Promise<ProgramResult> => undefined;

describe('the tools', () => {
  it.each([
    ['v24.1.0', 'ok'],
    ['v26.0.0', 'ok'],
    ['v20.20.2', 'failed'],
  ])('Node.js %s is %s', (version, status) => {
    expect(checkNode(version)).toMatchObject({ status });
  });

  it.each([
    ['an engine that answers', says('28.2.2 27.0.0\n'), 'ok', 'engine 27.0.0'],
    [
      'a client alone',
      says('28.2.2 \n', { code: 1, errors: 'Cannot connect\n' }),
      'failed',
      'no engine answers: Cannot',
    ],
    ['a client that ends well without an engine', says('28.2.2\n'), 'failed', 'no engine answers'],
    ['an engine that is named, but fails', says('28.2.2 27.0.0\n', { code: 1 }), 'failed', 'no engine answers'],
    ['no client', missing, 'failed', 'no docker on the path'],
  ])('finds %s', async (_case, run, status, detail) => {
    const found = await checkDocker(run, undefined);

    expect(found).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it('needs no engine for an image that was built elsewhere', async () => {
    expect(await checkDocker(missing, 'an image')).toMatchObject({ status: 'skipped' });
  });

  it.each([
    ['the current one', says('v3.200.0\n'), 'ok'],
    ['one that is too old', says('v2.9.0\n'), 'failed'],
    ['one that fails', says('', { code: 1, errors: 'broken' }), 'failed'],
    ['none', missing, 'failed'],
  ])('finds the Pulumi CLI: %s', async (_case, run, status) => {
    expect(await checkPulumi(run)).toMatchObject({ status });
  });

  it.each([
    ['the place that is chosen', says('User: me\nBackend URL: file://~\n'), 'ok', 'file://~'],
    ['none', says('', { code: 255, errors: 'error: PULUMI_ACCESS_TOKEN must be set' }), 'failed', 'no place yet'],
    ['no CLI', missing, 'skipped', 'Pulumi CLI'],
  ])('finds where Pulumi keeps its state: %s', async (_case, run, status, detail) => {
    expect(await checkState(run)).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });
});

describe('the settings', () => {
  it.each([
    [28, true, 'ok'],
    [9, true, 'failed'],
    [9, false, 'ok'],
    [3, false, 'failed'],
  ])('a timeout of %d s with photos by URL %s is %s', (timeoutInSeconds, photoUrl, status) => {
    expect(checkTimeout({ timeoutInSeconds, photoUrl })).toMatchObject({ status });
  });

  it.each([
    ['a small model', model, 512, 'ok'],
    ['a large model in little memory', folder, 512, 'failed'],
    ['a large model in more', folder, 1024, 'ok'],
  ])('%s: %s in %d MB is %s', (_case, modelDirectory, memoryInMb, status) => {
    expect(checkMemory({ modelDirectory, memoryInMb, imageUri: undefined })).toMatchObject({ status });
  });

  it.each([
    { unreserved: 1000, own: 0, wanted: undefined, status: 'ok' },
    { unreserved: 1000, own: 0, wanted: 900, status: 'ok' },
    { unreserved: 1000, own: 0, wanted: 901, status: 'failed' },
    { unreserved: 400, own: 0, wanted: 301, status: 'failed' },
    { unreserved: 400, own: 100, wanted: 400, status: 'ok' },
    { unreserved: 10, own: 0, wanted: 0, status: 'ok' },
  ])('with $unreserved instances unreserved and $own its own, reserving $wanted is $status', (row) => {
    const quota = { quota: 1000, unreserved: row.unreserved };

    expect(checkQuota(quota, row.wanted, row.own)).toMatchObject({ status: row.status });
  });

  it('loads the model', async () => {
    expect(await checkModel({ modelDirectory: model, imageUri: undefined })).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('"tiny"'),
    });
    expect(await checkModel({ modelDirectory: folder, imageUri: undefined })).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('card.json'),
    });
    expect(await checkModel({ modelDirectory: folder, imageUri: 'x' })).toMatchObject({ status: 'skipped' });
  });
});

const active: DeployedFunction = {
  state: 'Active',
  lastUpdate: 'Successful',
  reason: undefined,
  architecture: 'arm64',
  memoryInMb: 1769,
  imageUri: undefined,
};

describe('the function', () => {
  const wanted = { architecture: 'arm64', memoryInMb: 1769 } as const;

  it.each([
    [{}, 'ok', 'active, arm64'],
    [{ state: 'Inactive' }, 'ok', 'wakes'],
    [{ state: 'Pending' }, 'failed', 'still being made ready'],
    [{ state: 'Failed', reason: 'no such image' }, 'failed', 'no such image'],
    [{ lastUpdate: 'Failed' }, 'failed', 'last update Failed'],
    [{ memoryInMb: 512 }, 'failed', 'the settings say arm64, 1769 MB'],
  ])('in the state %j is %s', (facts, status, detail) => {
    const found = checkFunction({ ...active, ...facts }, wanted);

    expect(found).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it.each([
    [{ isError: false, payload: '{"hat":1,"shoes":2}' }, 'ok', 'scores of 2 labels'],
    [{ isError: true, payload: '{"errorType":"internal_error"}' }, 'failed', 'internal_error'],
  ])('that answers %j is %s', async (answer, status, detail) => {
    const found = await checkInvocation({ invoke: async () => answer }, 'name');

    expect(found).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });
});

describe('the permissions', () => {
  const url = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:InvokeFunctionUrl',
    Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  };
  const invoke = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'lambda:InvokeFunction',
    Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  };
  const api = { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction' };

  it.each([
    ['both for the URL and that of the API', [url, invoke, api], 'ok', '3 statements'],
    ['the old one alone', [url, api], 'failed', 'lacks lambda:InvokeFunction for everyone'],
    ['the new one alone', [invoke, api], 'failed', 'lacks lambda:InvokeFunctionUrl'],
    ['one that is denied', [{ ...url, Effect: 'Deny' }, invoke, api], 'failed', 'lacks lambda:InvokeFunctionUrl'],
    ['one for a single account', [{ ...url, Principal: { AWS: '1' } }, invoke, api], 'failed', 'InvokeFunctionUrl'],
    ['none for the API', [url, invoke], 'failed', 'lacks lambda:InvokeFunction for API Gateway'],
  ])('with %s', (_case, statements, status, detail) => {
    const found = checkPermissions(JSON.stringify({ Statement: statements }), { isUrlPublic: true, hasApi: true });

    expect(found).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it('fail where there is no policy', () => {
    expect(checkPermissions(undefined, { isUrlPublic: false, hasApi: true })).toMatchObject({ status: 'failed' });
  });
});

describe('the image', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens/service@${digest}`;
  const registry = (manifest: object, architecture = 'arm64') => ({
    getManifest: async (repository: string, asked: string) => {
      expect([repository, asked]).toEqual(['lambda-lens/service', digest]);
      return JSON.stringify(manifest);
    },
    getBlob: async () => JSON.stringify({ os: 'linux', architecture }),
  });

  it.each([
    ['a single one', uri, registry({ config: { digest } }), 'ok', 'one image, linux/arm64'],
    ['an index', uri, registry({ manifests: [{}, {}] }), 'failed', 'an index of 2 images'],
    ['one for another processor', uri, registry({ config: { digest } }, 'amd64'), 'failed', 'is for linux/amd64'],
    [
      'one whose layers are closed to us',
      uri,
      { ...registry({ config: { digest } }), getBlob: () => Promise.reject(new Error('denied')) },
      'skipped',
      'cannot be read: denied',
    ],
    ['one by tag', uri.replace(/@.*/, ':latest'), registry({}), 'failed', 'no image by digest'],
  ])('is %s', async (_case, imageUri, aws, status, detail) => {
    const found = await checkImage(aws, imageUri, 'arm64');

    expect(found).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });
});
