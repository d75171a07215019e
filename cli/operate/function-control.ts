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

/** Where the alias sends requests: to one version, but for a share of them, between 0 and 1, that goes to another. */
export interface Routing {
  readonly version: string;
  readonly canary?: { readonly version: string; readonly share: number };
}

/** What a version of the function is, as far as a rollout asks. */
export interface VersionFacts {
  /** `Pending`, `Active`, `Inactive` or `Failed`. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly role: string;
  /** Where events go that failed for good; '' for nowhere. */
  readonly deadLetterTarget: string;
  readonly timeoutInSeconds: number;
  /** Undefined where these credentials may not read it. */
  readonly variables: Readonly<Record<string, string>> | undefined;
}

/** All that off, on, rollback, rollout and status ask of Lambda about one function. Each call rejects with the SDK's error. */
export interface FunctionControl {
  /** Instances at a time that are reserved: 0 is off, undefined is without a limit of its own. */
  getReservedConcurrency(): Promise<number | undefined>;
  /** undefined takes the reservation away. */
  setReservedConcurrency(instances: number | undefined): Promise<void>;
  listEventSources(): Promise<readonly EventSource[]>;
  setEventSource(id: string, isEnabled: boolean): Promise<void>;
  getLiveVersion(): Promise<string>;
  /** For every request: a share that went to another version ends. */
  setLiveVersion(version: string): Promise<void>;
  getRouting(): Promise<Routing>;
  setRouting(routing: Routing): Promise<void>;
  describeVersion(version: string): Promise<VersionFacts>;
  /** By its number, whatever is live. */
  invokeVersion(version: string, event: object): Promise<{ readonly isError: boolean; readonly payload: string }>;
  /** The newest first. */
  listVersions(): Promise<readonly PublishedVersion[]>;
}

/** The alias that every door names. */
export const liveAlias = 'live';

/** @param helper another function of the service, whose event sources count as its own */
export async function connectFunction(
  connection: AwsConnection,
  functionName: string,
  helper?: string,
): Promise<FunctionControl> {
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
    listEventSources: () =>
      listEventSources(lambda, [
        functionName,
        `${functionName}:${liveAlias}`,
        ...(helper === undefined ? [] : [helper]),
      ]),
    setEventSource: async (id, isEnabled) =>
      void (await lambda.updateEventSourceMapping({ UUID: id, Enabled: isEnabled })),
    getLiveVersion: async () => (await lambda.getAlias(live)).FunctionVersion ?? '',
    setLiveVersion: (version) => setRouting(lambda, functionName, { version }),
    getRouting: () => getRouting(lambda, functionName),
    setRouting: (routing) => setRouting(lambda, functionName, routing),
    describeVersion: (version) => describeVersion(lambda, functionName, version),
    async invokeVersion(version, event) {
      const { FunctionError: functionError, Payload: payload } = await lambda.invoke({
        ...name,
        Qualifier: version,
        Payload: Buffer.from(JSON.stringify(event)),
      });
      return { isError: functionError !== undefined, payload: Buffer.from(payload ?? []).toString() };
    },
    listVersions: () => listVersions(lambda, functionName),
  };
}

async function getRouting(lambda: LambdaClient, functionName: string): Promise<Routing> {
  const { FunctionVersion: version = '', RoutingConfig: routing } = await lambda.getAlias({
    FunctionName: functionName,
    Name: liveAlias,
  });
  const [other] = Object.entries(routing?.AdditionalVersionWeights ?? {});
  return other === undefined ? { version } : { version, canary: { version: other[0], share: other[1] } };
}

/** Weights are always sent along: those that are left out stay as they were. */
async function setRouting(lambda: LambdaClient, functionName: string, { version, canary }: Routing): Promise<void> {
  await lambda.updateAlias({
    FunctionName: functionName,
    Name: liveAlias,
    FunctionVersion: version,
    RoutingConfig: { AdditionalVersionWeights: canary === undefined ? {} : { [canary.version]: canary.share } },
  });
}

async function describeVersion(lambda: LambdaClient, functionName: string, version: string): Promise<VersionFacts> {
  const facts = await lambda.getFunctionConfiguration({ FunctionName: functionName, Qualifier: version });
  return {
    state: facts.State ?? '',
    reason: facts.StateReason,
    role: facts.Role ?? '',
    deadLetterTarget: facts.DeadLetterConfig?.TargetArn ?? '',
    timeoutInSeconds: facts.Timeout ?? 0,
    variables: facts.Environment?.Error === undefined ? (facts.Environment?.Variables ?? {}) : undefined,
  };
}

/** @param targets functions and aliases */
async function listEventSources(lambda: LambdaClient, targets: readonly string[]): Promise<readonly EventSource[]> {
  const found = new Map<string, EventSource>();
  for (const target of targets) {
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
