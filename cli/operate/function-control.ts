import type { Lambda as LambdaClient } from '@aws-sdk/client-lambda';
import { type AwsConnection, connectionOptions } from './aws-connection.ts';

/** A version of the function, as it was published. */
export interface PublishedVersion {
  readonly version: string;
  /** When it was published. */
  readonly modified: Date | undefined;
  /** What the stack wrote of its model; '' for a version from before it did. */
  readonly description: string;
  /** By digest; undefined where AWS does not tell. */
  readonly imageUri: string | undefined;
}

/** What feeds the function without being asked, such as a queue. */
export interface EventSource {
  readonly id: string;
  readonly source: string;
  readonly isEnabled: boolean;
}

/** All that off, on, rollback and status ask of Lambda about one function. Each call rejects with the SDK's error. */
export interface FunctionControl {
  /** Instances at a time that are reserved: 0 is off, undefined is without a limit of its own. */
  getReservedConcurrency(): Promise<number | undefined>;
  /** undefined takes the reservation away. */
  setReservedConcurrency(instances: number | undefined): Promise<void>;
  listEventSources(): Promise<readonly EventSource[]>;
  setEventSource(id: string, isEnabled: boolean): Promise<void>;
  getLiveVersion(): Promise<string>;
  setLiveVersion(version: string): Promise<void>;
  /** The newest first. */
  listVersions(): Promise<readonly PublishedVersion[]>;
}

/** The alias that every door names. */
export const liveAlias = 'live';

export async function connectFunction(connection: AwsConnection, functionName: string): Promise<FunctionControl> {
  const { Lambda } = await import('@aws-sdk/client-lambda');
  const lambda = new Lambda(connectionOptions(connection));
  const name = { FunctionName: functionName };
  const live = { ...name, Name: liveAlias };
  return {
    // GetFunction tells the same, but not everywhere when it is 0.
    getReservedConcurrency: async () => (await lambda.getFunctionConcurrency(name)).ReservedConcurrentExecutions,
    async setReservedConcurrency(instances) {
      if (instances === undefined) await lambda.deleteFunctionConcurrency(name);
      else await lambda.putFunctionConcurrency({ ...name, ReservedConcurrentExecutions: instances });
    },
    listEventSources: () => listEventSources(lambda, functionName),
    setEventSource: async (id, isEnabled) =>
      void (await lambda.updateEventSourceMapping({ UUID: id, Enabled: isEnabled })),
    getLiveVersion: async () => (await lambda.getAlias(live)).FunctionVersion ?? '',
    setLiveVersion: async (version) => void (await lambda.updateAlias({ ...live, FunctionVersion: version })),
    listVersions: () => listVersions(lambda, functionName),
  };
}

/** Those of the function itself and those of its alias. */
async function listEventSources(lambda: LambdaClient, functionName: string): Promise<readonly EventSource[]> {
  const found = new Map<string, EventSource>();
  for (const target of [functionName, `${functionName}:${liveAlias}`]) {
    let marker: string | undefined;
    do {
      const page = await lambda.listEventSourceMappings({ FunctionName: target, ...(marker && { Marker: marker }) });
      for (const { UUID: id = '', EventSourceArn: source = '', State: state = '' } of page.EventSourceMappings ?? []) {
        found.set(id, { id, source, isEnabled: /^(Enabled|Enabling|Creating|Updating)$/i.test(state) });
      }
      marker = page.NextMarker;
    } while (marker);
  }
  return [...found.values()];
}

async function listVersions(lambda: LambdaClient, functionName: string): Promise<readonly PublishedVersion[]> {
  const numbers: string[] = [];
  let marker: string | undefined;
  do {
    const page = await lambda.listVersionsByFunction({ FunctionName: functionName, ...(marker && { Marker: marker }) });
    numbers.push(
      ...(page.Versions ?? []).map(({ Version: version = '' }) => version).filter((text) => /^\d+$/.test(text)),
    );
    marker = page.NextMarker;
  } while (marker);
  const newest = numbers.sort((a, b) => Number(b) - Number(a)).slice(0, mostVersions);
  return Promise.all(
    newest.map(async (version) => {
      const found = await lambda.getFunction({ FunctionName: functionName, Qualifier: version });
      const { LastModified: modified, Description: description = '' } = found.Configuration ?? {};
      return {
        version,
        modified: modified === undefined ? undefined : new Date(modified),
        description,
        imageUri: found.Code?.ResolvedImageUri ?? found.Code?.ImageUri,
      };
    }),
  );
}

/** As many as a person reads; the repository keeps fewer images. */
const mostVersions = 20;
