import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AwsClients, accountOf } from '../../../cli/doctor/aws-account.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const missing = Object.assign(new Error('There is none.'), { name: 'ResourceNotFoundException' });
const denied = Object.assign(new Error('You may not.'), { name: 'AccessDeniedException' });

/** An account whose clients answer each call by this, and what they were asked. */
function account(answers: Readonly<Record<string, unknown>>) {
  const asked: unknown[] = [];
  const client = new Proxy(
    {},
    {
      get: (_, call: string) => async (request: unknown) => {
        asked.push(request);
        const answer = answers[call];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  );
  const clients = { lambda: client, ecr: client, sts: client } as AwsClients;
  return { aws: accountOf('eu-west-1', clients), asked };
}

describe('an account', () => {
  it.each([
    [
      { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 900 },
      { quota: 1_000, unreserved: 900 },
    ],
    [{ ConcurrentExecutions: 10 }, { quota: 10, unreserved: 10 }],
    [undefined, { quota: 0, unreserved: 0 }],
  ])('has a quota of instances: %j', async (limit, concurrency) => {
    expect(await account({ getAccountSettings: { AccountLimit: limit } }).aws.getConcurrency()).toEqual(concurrency);
  });

  it.each([
    [{ ReservedConcurrentExecutions: 0 }, 0],
    [{ ReservedConcurrentExecutions: 5 }, 5],
    [{}, undefined],
  ])('tells what is reserved: %j', async (answer, reserved) => {
    expect(await account({ getFunctionConcurrency: answer }).aws.getReservedConcurrency('lens')).toBe(reserved);
  });

  it('says whose credentials these are', async () => {
    expect(await account({ getCallerIdentity: { Arn: 'arn:me' } }).aws.getIdentity()).toBe('arn:me');
    expect(await account({ getCallerIdentity: {} }).aws.getIdentity()).toBe('');
  });
});

describe('a deployed function', () => {
  it('is looked at behind its alias, its image by digest', async () => {
    const Configuration = {
      State: 'Failed',
      StateReason: 'no image',
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: 'later',
      Architectures: ['arm64'],
      MemorySize: 1769,
    };
    const Code = { ResolvedImageUri: 'image@sha256:a', ImageUri: 'image:tag' };
    const { aws, asked } = account({ getFunction: { Configuration, Code } });

    expect(await aws.getFunction('lens')).toEqual({
      state: 'Failed',
      lastUpdate: 'Failed',
      reason: 'no image',
      architecture: 'arm64',
      memoryInMb: 1769,
      imageUri: 'image@sha256:a',
    });
    expect(asked).toEqual([{ FunctionName: 'lens', Qualifier: 'live' }]);
  });

  it('is told of as far as AWS tells', async () => {
    const { aws } = account({
      getFunction: { Configuration: { LastUpdateStatusReason: 'later' }, Code: { ImageUri: 'i' } },
    });
    const bare = await account({ getFunction: {} }).aws.getFunction('lens');

    expect(await aws.getFunction('lens')).toMatchObject({ reason: 'later', imageUri: 'i' });
    expect(bare).toEqual({ state: '', lastUpdate: '', architecture: '', memoryInMb: 0 });
  });

  it('has an address or none, and a policy or none', async () => {
    const found = account({
      getFunctionUrlConfig: { FunctionUrl: 'https://a', AuthType: 'NONE' },
      getPolicy: { Policy: '{}' },
    });
    const none = account({ getFunctionUrlConfig: missing, getPolicy: missing });
    const refused = account({ getFunctionUrlConfig: denied, getPolicy: denied });

    expect(await found.aws.getFunctionUrl('lens')).toEqual({ url: 'https://a', authorization: 'NONE' });
    expect(await found.aws.getPolicy('lens')).toBe('{}');
    expect([await none.aws.getFunctionUrl('lens'), await none.aws.getPolicy('lens')]).toEqual([undefined, undefined]);
    await expect(refused.aws.getFunctionUrl('lens')).rejects.toBe(denied);
    await expect(refused.aws.getPolicy('lens')).rejects.toBe(denied);
  });

  it.each([
    [{ Payload: Buffer.from('{"hat":1}') }, { isError: false, payload: '{"hat":1}' }],
    [
      { FunctionError: 'Unhandled', Payload: Buffer.from('{}') },
      { isError: true, payload: '{}' },
    ],
    [{}, { isError: false, payload: '' }],
  ])('answers an invocation: %j', async (answer, expected) => {
    const { aws, asked } = account({ invoke: answer });

    expect(await aws.invoke('lens', { url: 'https://photo' })).toEqual(expected);
    expect(asked).toEqual([
      { FunctionName: 'lens', Qualifier: 'live', Payload: Buffer.from('{"url":"https://photo"}') },
    ]);
  });
});

describe('an image', () => {
  it('has its manifest', async () => {
    const { aws, asked } = account({ batchGetImage: { images: [{ imageManifest: '{}' }] } });

    expect(await aws.getManifest('service', 'sha256:a')).toBe('{}');
    expect(asked).toMatchObject([{ repositoryName: 'service', imageIds: [{ imageDigest: 'sha256:a' }] }]);
  });

  it.each([
    [{ images: [], failures: [{ failureReason: 'It is gone.' }] }, 'It is gone.'],
    [{}, 'There is no image sha256:a.'],
  ])('is missing: %j', async (answer, message) => {
    await expect(account({ batchGetImage: answer }).aws.getManifest('service', 'sha256:a')).rejects.toThrow(message);
  });

  it.each([
    [200, 'the config'],
    [403, undefined],
  ])('has blobs behind addresses that answer %i', async (status, text) => {
    const fetched: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      fetched.push(url);
      return new Response('the config', { status });
    });
    const { aws } = account({ getDownloadUrlForLayer: { downloadUrl: 'https://layers/1' } });
    const blob = aws.getBlob('service', 'sha256:a');

    if (text === undefined) await expect(blob).rejects.toThrow(`The download of sha256:a answers ${status}.`);
    else expect(await blob).toBe(text);
    expect(fetched).toEqual(['https://layers/1']);
  });
});
