import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchVersions } from '../../../cli/rollout/version-watch.ts';

const connection = { region: 'eu-west-1', profile: undefined };
const [since, now] = [new Date('2026-11-27T12:00:30Z'), new Date('2026-11-27T12:03:30Z')];

interface Asked {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

let asked: Asked[];
let answers: { readonly status: number; readonly body: object }[];
let endpoint: string;
let close: () => void;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hidden');
  asked = [];
  answers = [];
  const server = createServer(async (request, response) => {
    asked.push({ headers: request.headers, body: JSON.parse(await text(request)) });
    const { status, body } = answers.shift() ?? { status: 200, body: {} };
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterEach(() => {
  close();
  vi.unstubAllEnvs();
});

const logOf = (lines: number, filters: (string | undefined)[] = []) => ({
  async *read(_since: Date, filter?: string) {
    filters.push(filter);
    for (let line = 0; line < lines; line++) yield { id: String(line), time: since, message: '' };
  },
});

it('asks for the metrics of the executed version behind the alias, signed, by whole minutes', async () => {
  const watch = await watchVersions(connection, 'lens', logOf(0), endpoint);

  await watch.read('4', since, now);

  const [request] = asked;
  const { StartTime, EndTime, MetricDataQueries } = request?.body ?? {};
  expect(request?.headers).toMatchObject({
    'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
    authorization: expect.stringContaining('/eu-west-1/monitoring/aws4_request'),
  });
  expect([StartTime, EndTime]).toEqual([Date.UTC(2026, 10, 27, 12, 0) / 1_000, Date.UTC(2026, 10, 27, 12, 4) / 1_000]);
  expect(MetricDataQueries).toHaveLength(3);
  expect(MetricDataQueries).toContainEqual({
    Id: 'duration',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: 'Duration',
        Dimensions: [
          { Name: 'FunctionName', Value: 'lens' },
          { Name: 'Resource', Value: 'lens:live' },
          { Name: 'ExecutedVersion', Value: '4' },
        ],
      },
      Period: 60,
      Stat: 'p99',
    },
  });
});

it('adds the minutes of every page, takes the slowest, and counts the failures in the log', async () => {
  const filters: (string | undefined)[] = [];
  const page = (Id: string, ...Values: number[]) => ({ Id, Values });
  answers = [
    {
      status: 200,
      body: {
        MetricDataResults: [page('invocations', 7, 5), page('errors', 1), page('duration', 90, 400)],
        NextToken: 'next',
      },
    },
    { status: 200, body: { MetricDataResults: [page('invocations', 3), page('duration', 100)] } },
  ];
  const watch = await watchVersions(connection, 'lens', logOf(2, filters), endpoint);

  const reading = await watch.read('4', since, now);

  expect(reading).toEqual({ requests: 15, errors: 1, failures: 2, slowestInMilliseconds: 400 });
  expect(asked[1]?.body).toMatchObject({ NextToken: 'next' });
  expect(filters).toEqual(['{ $.functionVersion = "4" && $.status >= 500 }']);
});

it('knows nothing before the first minute', async () => {
  const watch = await watchVersions(connection, 'lens', logOf(0), endpoint);

  expect(await watch.read('4', since, now)).toEqual({
    requests: 0,
    errors: 0,
    failures: 0,
    slowestInMilliseconds: undefined,
  });
});

it('says so where it may not ask', async () => {
  answers = [{ status: 400, body: { __type: 'AccessDeniedException' } }];
  const watch = await watchVersions(connection, 'lens', logOf(0), endpoint);

  await expect(watch.read('4', since, now)).rejects.toThrow('CloudWatch answers 400: {"__type":"AccessDenied');
});
