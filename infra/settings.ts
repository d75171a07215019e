import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';

export interface Settings {
  readonly architecture: 'arm64' | 'x86_64';
  readonly memoryInMb: number;
  readonly timeoutInSeconds: number;
  readonly functionUrl: 'iam' | 'public' | 'off';
  readonly httpApi: boolean;
  /** Origins as a browser sends them, or `*` alone. */
  readonly corsOrigins: readonly string[];
  /** Requests in a second that the HTTP API lets through, in the long run and at once. */
  readonly throttleRate: number;
  readonly throttleBurst: number;
  readonly maximumConcurrency: number | undefined;
  readonly photoUrl: boolean;
  /** host or host:port. */
  readonly photoUrlAllowedHosts: readonly string[];
  /** bucket or bucket/prefix. */
  readonly photoBuckets: readonly string[];
  readonly logRetentionInDays: number;
  /** An absolute path. */
  readonly modelDirectory: string;
  readonly imageUri: string | undefined;
}

interface Definition<Value> {
  readonly default: Value;
  /** Completes the sentence "it must be …". */
  readonly allowed: string;
  /** The value that a config text, or a typed argument, stands for; undefined where it stands for none. */
  readonly read: (raw: unknown) => Value | undefined;
}

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentionsInDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const modelFiles = ['model.json', 'weights.bin', 'card.json'];

/** Every setting of the stack, each with its default and what it may be. */
export const definitions: { readonly [Key in keyof Settings]: Definition<Settings[Key]> } = {
  architecture: { default: 'arm64', ...oneOf('arm64', 'x86_64') },
  memoryInMb: { default: 1769, ...wholeNumber(512, 10_240) },
  // Work ends two seconds before the deadline; API Gateway gives up a second after the longest.
  timeoutInSeconds: { default: 28, ...wholeNumber(3, 28) },
  functionUrl: { default: 'iam', ...oneOf('iam', 'public', 'off') },
  httpApi: { default: true, ...onOrOff() },
  corsOrigins: {
    default: ['*'],
    ...list('* alone, or origins such as https://example.com, separated by commas', (entries) =>
      entries.every((entry) => isOrigin(entry) || (entry === '*' && entries.length === 1)),
    ),
  },
  throttleRate: { default: 10, ...positiveNumber(10_000) },
  throttleBurst: { default: 20, ...wholeNumber(1, 5_000) },
  maximumConcurrency: { default: undefined, ...wholeNumber(1, 100_000) },
  photoUrl: { default: true, ...onOrOff() },
  photoUrlAllowedHosts: {
    default: [],
    ...list('hosts or host:port (localhost and addresses with their port), separated by commas', (entries) =>
      entries.every(isHost),
    ),
  },
  photoBuckets: {
    default: [],
    // No wildcard in a prefix: the role's policy would read it as one.
    ...list('names of S3 buckets, or bucket/prefix, separated by commas', (entries) =>
      entries.every((entry) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w!.()'/-]*)?$/.test(entry)),
    ),
  },
  logRetentionInDays: {
    default: 14,
    allowed: `one of ${retentionsInDays.join(', ')}`,
    read: (raw) => retentionsInDays.find((days) => String(days) === String(raw)),
  },
  modelDirectory: {
    default: join(import.meta.dirname, '..', 'model', 'clothing'),
    allowed: `a directory with ${modelFiles.join(', ')} ("lambda-lens import" makes one)`,
    read: (raw) => (typeof raw === 'string' && isModelDirectory(raw) ? resolve(raw) : undefined),
  },
  imageUri: {
    default: undefined,
    allowed: 'an image in Amazon ECR, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/name@sha256:…',
    read: (raw) =>
      /^\d{12}\.dkr\.ecr(-fips)?\.[a-z\d-]+\.amazonaws\.com(\.cn)?\/[\w./-]+(:[\w.-]+|@sha256:[\da-f]{64})$/.test(
        String(raw),
      )
        ? String(raw)
        : undefined,
  },
};

/**
 * Completes and checks settings, given as config texts or as typed values; undefined and '' stand for the default.
 * @throws RunError with a sentence for each bad value: the key, the value, what is allowed.
 */
export function readSettings(raw: { readonly [Key in keyof Settings]?: unknown }): Settings {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''));
  const problems: string[] = [];
  const entries = Object.entries(definitions).map(([key, definition]: [string, Definition<unknown>]) => {
    const value = given[key] ?? definition.default;
    // Defaults are good as they are, but for the model's directory, which may be missing; a prebuilt image needs none.
    const isChecked = key === 'modelDirectory' ? given.imageUri === undefined : key in given;
    if (!isChecked) return [key, value];
    const result = definition.read(value);
    if (result === undefined) problems.push(`${key} is ${JSON.stringify(value)}; it must be ${definition.allowed}.`);
    return [key, result];
  });
  if (problems.length > 0) throw new pulumi.RunError(problems.join('\n'));
  return Object.fromEntries(entries) as Settings;
}

function oneOf<Value extends string>(...values: readonly Value[]) {
  return {
    allowed: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    // YAML reads a bare off as false.
    read: (raw: unknown) => values.find((value) => value === raw || (value === 'off' && String(raw) === 'false')),
  };
}

function onOrOff() {
  const meanings: Readonly<Record<string, boolean>> = { on: true, true: true, off: false, false: false };
  return { allowed: 'on or off', read: (raw: unknown) => meanings[String(raw)] };
}

function wholeNumber(minimum: number, maximum: number) {
  return {
    allowed: `a whole number from ${minimum} to ${maximum}`,
    read: (raw: unknown) => {
      const value = /^\d{1,9}$/.test(String(raw)) ? Number(raw) : Number.NaN;
      return value >= minimum && value <= maximum ? value : undefined;
    },
  };
}

function positiveNumber(maximum: number) {
  return {
    allowed: `a number above 0, at most ${maximum}`,
    read: (raw: unknown) => {
      const value = /^\d{1,9}(\.\d{1,9})?$/.test(String(raw)) ? Number(raw) : Number.NaN;
      return value > 0 && value <= maximum ? value : undefined;
    },
  };
}

/** A list as comma-separated text, as a JSON array (how Pulumi hands over a YAML list), or as an array. */
function list(allowed: string, isGood: (entries: readonly string[]) => boolean) {
  return {
    allowed,
    read: (raw: unknown) => {
      const entries = toEntries(raw);
      return entries !== undefined && isGood(entries) ? entries : undefined;
    },
  };
}

function toEntries(raw: unknown): readonly string[] | undefined {
  const value = typeof raw === 'string' ? parseList(raw) : raw;
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined;
}

function parseList(text: string): unknown {
  if (text.trim() === '') return [];
  if (!text.trimStart().startsWith('[')) return text.split(',').map((entry) => entry.trim());
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.parse(text)?.origin === text;
}

// Stricter than the function in one point, which refuses only private addresses without a port.
function isHost(text: string): boolean {
  const [, host = '', port] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === '' || !URL.canParse(`http://${text}/`) || Number(port) === 0) return false;
  return port !== undefined || (host !== 'localhost' && isIP(host) === 0 && !host.startsWith('['));
}

function isModelDirectory(path: string): boolean {
  return modelFiles.every((file) => existsSync(join(path, file)));
}
