import type { DeployedService } from './find-service.ts';
import type { FunctionControl, Routing } from './function-control.ts';
import type { LogGroup } from './log-group.ts';
import { errorFilter } from './log-group.ts';

export interface Status {
  readonly functionName: string;
  readonly region: string;
  readonly stack: string | undefined;
  readonly live: {
    readonly version: string;
    readonly model: string;
    readonly published: string | undefined;
    readonly imageUri: string | undefined;
  };
  /** A version that has a share of the requests. */
  readonly canary: Routing['canary'];
  readonly newestVersion: string;
  /** The version that the stack's file holds live; undefined where deploys go live. */
  readonly heldVersion: string | undefined;
  /** Instances at a time that are reserved: 0 is off, undefined is without a limit of its own. */
  readonly reservedConcurrency: number | undefined;
  readonly doors: Readonly<Record<string, string>>;
  /** Of the last day; undefined where the log may not be read. */
  readonly errors: { readonly count: number; readonly last: readonly string[] } | undefined;
}

export interface StatusParts {
  readonly service: DeployedService;
  readonly control: FunctionControl;
  readonly log: LogGroup;
  readonly now: Date;
}

const watchedInMilliseconds = 24 * 3_600_000;
const errorsShown = 3;

export async function readStatus({ service, control, log, now }: StatusParts): Promise<Status> {
  const [{ version, canary }, versions, reservedConcurrency] = await Promise.all([
    control.getRouting(),
    control.listVersions(),
    control.getReservedConcurrency(),
  ]);
  const live = versions.find((candidate) => candidate.version === version);
  const { functionUrl, apiUrl } = service.outputs;
  return {
    functionName: service.functionName,
    region: service.connection.region,
    stack: service.stack,
    live: {
      version,
      model: live?.description ?? '',
      published: live?.modified?.toISOString(),
      imageUri: live?.imageUri,
    },
    canary,
    newestVersion: versions[0]?.version ?? version,
    heldVersion: service.file?.get('liveVersion'),
    reservedConcurrency,
    doors: { ...(functionUrl && { 'function URL': functionUrl }), ...(apiUrl && { API: apiUrl }) },
    errors: await readErrors(log, new Date(now.getTime() - watchedInMilliseconds)),
  };
}

async function readErrors(log: LogGroup, since: Date): Promise<Status['errors']> {
  const messages: string[] = [];
  try {
    for await (const { time, message } of log.read(since, errorFilter))
      messages.push(`${time.toISOString()} ${message}`);
  } catch {
    return undefined;
  }
  return { count: messages.length, last: messages.slice(-errorsShown) };
}
