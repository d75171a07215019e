import { type AwsConnection, connectionOptions } from './aws-connection.ts';

export interface LogEvent {
  readonly id: string;
  readonly time: Date;
  readonly message: string;
}

export interface LogGroup {
  /** Events in the order of their times, from one time on, as far as a filter lets them through. */
  read(since: Date, filter?: string): AsyncIterable<LogEvent>;
}

/** Requests that failed by our own fault or ran out of time, starts and invocations that ended badly; in our words and in Lambda's. */
export const errorFilter =
  '{ $.level = "error" || $.level = "ERROR" || $.code = "too_slow" || $.record.status = "error" || $.record.status = "failure" || $.record.status = "timeout" }';

export async function openLogGroup(connection: AwsConnection, name: string): Promise<LogGroup> {
  const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
  const logs = new CloudWatchLogs(connectionOptions(connection));
  return {
    async *read(since, filter) {
      let nextToken: string | undefined;
      do {
        const page = await logs.filterLogEvents({
          logGroupName: name,
          startTime: since.getTime(),
          ...(filter !== undefined && { filterPattern: filter }),
          ...(nextToken !== undefined && { nextToken }),
        });
        for (const { eventId: id = '', timestamp = 0, message = '' } of page.events ?? []) {
          yield { id, time: new Date(timestamp), message: message.trimEnd() };
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    },
  };
}
