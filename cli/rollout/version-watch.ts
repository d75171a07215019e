import { type AwsConnection, connectionOptions } from '../operate/aws-connection.ts';
import { liveAlias } from '../operate/function-control.ts';
import type { LogGroup } from '../operate/log-group.ts';
import type { Reading } from './judge-reading.ts';

/** What a version does with the requests that the alias sends it. */
export interface VersionWatch {
  /** Of a version since a time. CloudWatch knows of a request a minute or two after it. */
  read(version: string, since: Date, now: Date): Promise<Reading>;
}

interface MetricPage {
  readonly MetricDataResults?: readonly { readonly Id?: string; readonly Values?: readonly number[] }[];
  readonly NextToken?: string;
}

const periodInSeconds = 60;
/** So many failures are more than enough to judge by. */
const failuresRead = 1_000;

/**
 * By AWS's own metrics of the executed version behind the alias, and by the lines of that version in the function's log: a
 * request that is answered by 500 is none of AWS's errors.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 * @param endpoint where CloudWatch answers: AWS's own, or a stand-in's
 */
export async function watchVersions(
  connection: AwsConnection,
  functionName: string,
  log: LogGroup,
  endpoint = process.env.AWS_ENDPOINT_URL ?? `https://monitoring.${connection.region}.amazonaws.com`,
): Promise<VersionWatch> {
  const [{ Lambda }, { AwsClient }] = await Promise.all([import('@aws-sdk/client-lambda'), import('aws4fetch')]);
  const lambda = new Lambda(connectionOptions(connection));

  async function readMetrics(version: string, since: Date, now: Date): Promise<ReadonlyMap<string, readonly number[]>> {
    // Asked for each time: those of a role expire.
    const credentials = await lambda.config.credentials();
    const client = new AwsClient({ ...credentials, service: 'monitoring', region: connection.region, retries: 2 });
    const values = new Map<string, number[]>();
    let token: string | undefined;
    do {
      const response = await client.fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
        },
        body: JSON.stringify({
          StartTime: toSeconds(since),
          EndTime: toSeconds(now) + periodInSeconds,
          MetricDataQueries: toQueries(functionName, version),
          ...(token !== undefined && { NextToken: token }),
        }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`CloudWatch answers ${response.status}: ${text.slice(0, 300)}`);
      const page: MetricPage = JSON.parse(text);
      for (const { Id: id = '', Values: more = [] } of page.MetricDataResults ?? []) {
        values.set(id, [...(values.get(id) ?? []), ...more]);
      }
      token = page.NextToken || undefined;
    } while (token !== undefined);
    return values;
  }

  async function countFailures(version: string, since: Date): Promise<number> {
    let failures = 0;
    for await (const _event of log.read(since, `{ $.functionVersion = "${version}" && $.status >= 500 }`)) {
      failures++;
      if (failures >= failuresRead) break;
    }
    return failures;
  }

  return {
    async read(version, since, now) {
      const [metrics, failures] = await Promise.all([readMetrics(version, since, now), countFailures(version, since)]);
      const sum = (id: string) => (metrics.get(id) ?? []).reduce((total, value) => total + value, 0);
      const slowest = metrics.get('duration') ?? [];
      return {
        requests: sum('invocations'),
        errors: sum('errors'),
        failures,
        slowestInMilliseconds: slowest.length === 0 ? undefined : Math.max(...slowest),
      };
    },
  };
}

function toQueries(functionName: string, version: string): readonly object[] {
  const dimensions = [
    { Name: 'FunctionName', Value: functionName },
    { Name: 'Resource', Value: `${functionName}:${liveAlias}` },
    { Name: 'ExecutedVersion', Value: version },
  ];
  return [
    ['invocations', 'Invocations', 'Sum'],
    ['errors', 'Errors', 'Sum'],
    ['duration', 'Duration', 'p99'],
  ].map(([Id, MetricName, Stat]) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: dimensions },
      Period: periodInSeconds,
      Stat,
    },
  }));
}

/** As CloudWatch's JSON has times, and from the beginning of their minute. */
function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000 / periodInSeconds) * periodInSeconds;
}
