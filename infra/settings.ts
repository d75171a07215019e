import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { mostMessagesWithoutWindow } from '../facts/bulk-limits.ts';
import type { Setting, SettingValues } from '../facts/setting.ts';
import { modelFiles, stackSettings } from '../facts/stack-settings.ts';

export type SettingName = keyof typeof stackSettings;
/** `modelDirectory` is an absolute path. */
export type StackSettings = SettingValues<typeof stackSettings>;

/** These decide which resources there are, so they must be known while the program runs. */
export const plainSettings = [
  'functionUrl',
  'httpApi',
  'monitoring',
  'retainImages',
  'subnetIds',
  'extraPolicies',
  'tracing',
  'snapStart',
  'photoBuckets',
  'uploads',
  'stream',
  'inboxBucket',
  'bulk',
  'bulkBuckets',
  'resultsBucket',
  'resultEvents',
  'keepUnsure',
  'modelDirectory',
] as const satisfies SettingName[];
type PlainSetting = (typeof plainSettings)[number];

/** Settings as a program gives them, some by what another resource puts out. Whether there is an `imageUri` must be plain. */
export type SettingInputs = {
  readonly [Name in SettingName]: Name extends PlainSetting
    ? StackSettings[Name]
    : undefined extends StackSettings[Name]
      ? pulumi.Input<NonNullable<StackSettings[Name]>> | undefined
      : pulumi.Input<StackSettings[Name]>;
};

const projectDirectory = join(import.meta.dirname, '..');
export const settingNames = Object.keys(stackSettings) as SettingName[];

/**
 * The settings that texts stand for, as a stack's configuration has them; undefined and '' stand for the default.
 * @throws RunError with a sentence for each bad value: the key, the value, what is allowed.
 */
export function parseSettings(texts: Readonly<Partial<Record<SettingName, string | undefined>>>): StackSettings {
  const parse = (row: Setting, text: unknown) => (typeof text === 'string' ? row.parse(text) : undefined);
  return gather(texts, parse) as StackSettings;
}

/**
 * Settings that may lack some, or have them undefined, with the defaults of those. One that another resource puts out is
 * checked once it is known, and fails then.
 * @throws RunError as {@link parseSettings} does
 */
export function completeSettings(
  values: {
    readonly [Name in SettingName]?: SettingInputs[Name] | undefined;
  },
): SettingInputs {
  const accept = (row: Setting, value: unknown) => (row.accepts(value) ? value : undefined);
  return gather(values, accept) as SettingInputs;
}

function gather(
  given: Readonly<Partial<Record<SettingName, unknown>>>,
  read: (row: Setting, given: unknown) => unknown,
): Readonly<Record<SettingName, unknown>> {
  const problems: string[] = [];
  const complain = (name: SettingName, value: unknown) => {
    const { isSecret, allowed }: Setting = stackSettings[name];
    const shown = isSecret ? 'not usable' : JSON.stringify(value);
    return `${name} is ${shown}; it must be ${allowed}.`;
  };
  const checkLater = (name: SettingName, later: unknown) =>
    (pulumi.output(later) as pulumi.Output<unknown>).apply((value) => {
      const row: Setting = stackSettings[name];
      if (value === undefined) return row.default;
      if (!row.accepts(value)) throw new pulumi.RunError(complain(name, value));
      return value;
    });
  const entries = settingNames.map((name) => {
    const row: Setting = stackSettings[name];
    const value = given[name];
    if (value === undefined || value === '') return [name, row.default];
    if (isLater(value) && !plainSettings.some((plain) => plain === name)) return [name, checkLater(name, value)];
    const found = read(row, value);
    if (found === undefined) problems.push(complain(name, value));
    return [name, found];
  });
  const settings: StackSettings = Object.fromEntries(entries);
  const modelDirectory = given.modelDirectory
    ? resolve(settings.modelDirectory ?? '')
    : join(projectDirectory, stackSettings.modelDirectory.default);
  // A prebuilt image brings its own model.
  if (settings.imageUri === undefined && !isModelDirectory(modelDirectory)) {
    problems.push(complain('modelDirectory', modelDirectory));
  }
  const { photoUrlAllowedHosts: hosts } = settings;
  if (Array.isArray(hosts) && hosts.some(isAddressWithoutPort)) {
    problems.push(complain('photoUrlAllowedHosts', hosts.join()));
  }
  // A value that is wrong by itself is not held against others.
  if (problems.length === 0) problems.push(...contradictions(settings));
  if (problems.length > 0) throw new pulumi.RunError(problems.join('\n'));
  return { ...settings, modelDirectory };
}

/** What is well said alone and not together. */
function contradictions(settings: StackSettings): readonly string[] {
  const { jwtIssuer, jwtAudience, httpApi, functionUrl, alarmEmail, monthlyBudget } = settings;
  const { subnetIds, securityGroupIds, domainName, certificateArn, snapStart, provisionedConcurrency } = settings;
  const hasAudience = isLater(jwtAudience) || jwtAudience.length > 0;
  return [
    ...((jwtIssuer !== undefined) === hasAudience
      ? []
      : ['jwtIssuer and jwtAudience go together: set both, or neither.']),
    ...(jwtIssuer === undefined || httpApi ? [] : ['jwtIssuer is asked at the HTTP API alone: set httpApi to on.']),
    ...(jwtIssuer === undefined || functionUrl !== 'public'
      ? []
      : ['functionUrl is public, which lets everyone past jwtIssuer; set it to iam or off.']),
    ...(monthlyBudget === undefined || alarmEmail !== undefined
      ? []
      : ['monthlyBudget tells alarmEmail, which is not set.']),
    ...(subnetIds.length > 0 === (isLater(securityGroupIds) || securityGroupIds.length > 0)
      ? []
      : ['subnetIds and securityGroupIds go together: set both, or neither.']),
    ...((domainName === undefined) === (certificateArn === undefined)
      ? []
      : ['domainName and certificateArn go together: set both, or neither.']),
    ...(snapStart && provisionedConcurrency !== undefined
      ? ['snapStart and provisionedConcurrency exclude each other: choose one.']
      : []),
    ...(domainName === undefined || httpApi ? [] : ["domainName is the HTTP API's: set httpApi to on."]),
    ...bulkContradictions(settings),
  ];
}

function bulkContradictions(settings: StackSettings): readonly string[] {
  const { stream, bulk, inboxBucket, bulkBuckets, resultsBucket, resultEvents, keepUnsure } = settings;
  const { streamBatchSize, streamWindowInSeconds: window } = settings;
  const idle =
    stream || bulk
      ? []
      : [
          ...(resultsBucket ? ['resultsBucket'] : []),
          ...(resultEvents ? ['resultEvents'] : []),
          ...(keepUnsure === 'batches' ? ['keepUnsure batches'] : []),
        ];
  return [
    ...(inboxBucket === undefined || stream ? [] : ["inboxBucket is the stream's: set stream to on."]),
    ...(bulkBuckets.length === 0 || bulk ? [] : ["bulkBuckets are the backlog's: set bulk to on."]),
    ...(bulk && bulkBuckets.length === 0 && !stream ? ['bulk needs bulkBuckets: whose photos it may read.'] : []),
    ...(resultEvents && resultsBucket !== undefined
      ? ['resultEvents is for the bucket that the stack makes: switch EventBridge on in resultsBucket yourself.']
      : []),
    ...idle.map((name) => `${name} goes with stream or bulk: set one of them to on.`),
    ...(!isLater(streamBatchSize) && !isLater(window) && streamBatchSize > mostMessagesWithoutWindow && window < 1
      ? [`streamWindowInSeconds is 0; a streamBatchSize above ${mostMessagesWithoutWindow} needs at least 1.`]
      : []),
  ];
}

/** Whether a value is known only once other resources are there. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function isModelDirectory(path: string): boolean {
  return modelFiles.every((file) => existsSync(join(path, file)));
}

/** Stricter than the function, which refuses only private ones when it starts. */
function isAddressWithoutPort(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}
