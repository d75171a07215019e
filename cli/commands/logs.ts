import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeLogEvent } from '../operate/describe-log-event.ts';
import { addServiceOptions, findService, type ServiceOptions } from '../operate/find-service.ts';
import { followLog } from '../operate/follow-log.ts';
import { errorFilter, openLogGroup } from '../operate/log-group.ts';
import { print } from '../terminal/print.ts';

interface LogsOptions extends ServiceOptions {
  readonly follow?: boolean;
  readonly since: number;
  readonly errors?: boolean;
  readonly json?: boolean;
}

const millisecondsByUnit: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Often enough to watch by, and far from the number of requests that CloudWatch takes. */
const pauseInMilliseconds = 3_000;

function parseSpan(text: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('It takes a time such as 10m, 2h or 1d.');
  return Number(count) * (millisecondsByUnit[unit] ?? 0);
}

/** `lambda-lens logs`: what the function wrote. */
export function registerLogs(program: Command): void {
  addServiceOptions(program.command('logs').description('what the function wrote'))
    .option('--follow', 'go on with what comes, until Ctrl+C')
    .addOption(
      new Option('--since <time>', 'how far back: 10m, 2h, 1d').argParser(parseSpan).default(parseSpan('1h'), '1h'),
    )
    .option('--errors', 'only what failed by the service’s own fault, and starts or invocations that ended badly')
    .option('--json', 'lines as they were written')
    .action(async (options: LogsOptions) => {
      const { connection, outputs, functionName } = await findService(options);
      const group = await openLogGroup(connection, outputs.logGroup ?? `/aws/lambda/${functionName}`);
      const since = new Date(Date.now() - options.since);
      const filter = options.errors ? errorFilter : undefined;
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      const events = options.follow
        ? followLog(group, { since, pauseInMilliseconds, signal: stop.signal, filter })
        : group.read(since, filter);
      for await (const event of events) print(options.json ? event.message : describeLogEvent(event));
    });
}
