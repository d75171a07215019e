import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { containerCredentials } from '../../../function/s3/container-credentials.ts';

const open: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** An endpoint beside the function; what it was asked by comes back with its address. */
async function startEndpoint(answers: readonly { readonly status?: number; readonly body: unknown }[]) {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    const { status = 200, body } = answers[Math.min(tokens.length, answers.length) - 1] ?? { body: {} };
    response.writeHead(status).end(JSON.stringify(body));
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { tokens, uri: `http://127.0.0.1:${port}/credentials` };
}

const lease = (key: string, minutes: number) => ({
  body: {
    AccessKeyId: key,
    SecretAccessKey: 'secret',
    Token: 'session',
    Expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
  },
});

it('are asked for with the token, and kept while they last', async () => {
  const { uri, tokens } = await startEndpoint([lease('first', 60), lease('second', 60)]);
  const read = containerCredentials({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a token',
  });

  expect(await read?.()).toEqual({ accessKeyId: 'first', secretAccessKey: 'secret', sessionToken: 'session' });
  expect(await read?.()).toMatchObject({ accessKeyId: 'first' });
  expect(tokens).toEqual(['a token']);
});

it('are asked for anew when they come to their end', async () => {
  const { uri } = await startEndpoint([lease('first', 4), lease('second', 60)]);
  const read = containerCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri });

  await read?.();

  expect(await read?.()).toMatchObject({ accessKeyId: 'second' });
});

it.each([
  [{ status: 403, body: {} }, 'status 403'],
  [{ body: { AccessKeyId: 'only' } }, 'without any'],
])('fail by a sentence where the endpoint answers %j', async (answer, sentence) => {
  const { uri } = await startEndpoint([answer]);
  const read = containerCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri });

  await expect(read?.()).rejects.toThrow(sentence);
});

it.each([undefined, '', 'http://evil.example/credentials', 'file:///etc/passwd'])('are not asked for at %s', (uri) => {
  expect(containerCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri })).toBeUndefined();
});
