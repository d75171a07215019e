import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findTagged } from '../../../cli/verify/find-tagged.ts';

const requests: Record<string, unknown>[] = [];
let answers: [status: number, body: object][] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    requests.push(JSON.parse(Buffer.concat(chunks).toString()));
    const [status, body] = answers.shift() ?? [500, {}];
    response.writeHead(status).end(JSON.stringify(body));
  });
});
let endpoint = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => {
  requests.length = 0;
});
afterAll(() => {
  server.close();
});

const aws = { region: 'eu-west-1', getCredentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'hidden' }) };

it('reads every page of what has both tags', async () => {
  answers = [
    [200, { ResourceTagMappingList: [{ ResourceARN: 'arn:a' }], PaginationToken: 'next' }],
    [200, { ResourceTagMappingList: [{ ResourceARN: 'arn:b' }], PaginationToken: '' }],
  ];

  const found = await findTagged(aws, { project: 'lambda-lens', stack: 'verify-aws' }, endpoint);

  expect(found).toEqual(['arn:a', 'arn:b']);
  expect(requests.map(({ PaginationToken: token }) => token)).toEqual([undefined, 'next']);
  expect(requests[0]?.TagFilters).toEqual([
    { Key: 'project', Values: ['lambda-lens'] },
    { Key: 'stack', Values: ['verify-aws'] },
  ]);
});

it('says why it is not told', async () => {
  answers = [[400, { message: 'not authorized to perform tag:GetResources' }]];

  await expect(findTagged(aws, { stack: 'verify-aws' }, endpoint)).rejects.toThrow('tag:GetResources');
});
