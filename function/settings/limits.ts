import { SettingError } from './setting-error.ts';

interface LimitDefinition {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** What it bounds, for the documentation. */
  readonly bounds: string;
}

/**
 * Every limit of the service. Each can be set by the environment variable of the same name in capitals:
 * `maximumBodySizeInBytes` by `MAXIMUM_BODY_SIZE_IN_BYTES`.
 */
export const limitDefinitions = {
  maximumBodySizeInBytes: {
    // An event of Lambda is at most 6 MB (6,291,456 bytes) and holds the body as base64, beside the headers.
    default: 4_500_000,
    minimum: 1_000,
    maximum: 100_000_000,
    bounds: 'the body of a request, after base64 where a gateway has put it',
  },
  maximumPhotoSizeInBytes: {
    default: 20_000_000,
    minimum: 1_000,
    maximum: 500_000_000,
    bounds: 'a photo fetched from a URL or from S3',
  },
  maximumPixels: {
    default: 50_000_000,
    minimum: 1,
    maximum: 500_000_000,
    bounds: 'width × height as the header of a photo says, before anything is decoded',
  },
  maximumFullSizePixels: {
    default: 50_000_000,
    minimum: 1,
    maximum: 500_000_000,
    bounds:
      'the same for a photo that must be decoded at full size (WebP, or a card without antialiased resize); ' +
      'less by default where the memory is small',
  },
  maximumItems: { default: 16, minimum: 1, maximum: 1_000, bounds: 'photos in one request' },
  maximumRedirects: { default: 3, minimum: 0, maximum: 20, bounds: 'redirects on the way to a photo' },
  fetchTimeoutInMilliseconds: {
    default: 8_000,
    minimum: 1,
    maximum: 900_000,
    bounds: 'fetching one photo, from the first look-up to the last byte',
  },
  deadlineMarginInMilliseconds: {
    default: 2_000,
    minimum: 0,
    maximum: 900_000,
    bounds: "how long before Lambda's deadline all work ends",
  },
  maximumQueuedRequests: {
    default: 64,
    minimum: 1,
    maximum: 100_000,
    bounds: 'requests that the local server holds at a time; one more is busy',
  },
  uploadTimeoutInMilliseconds: {
    default: 30_000,
    minimum: 100,
    maximum: 900_000,
    bounds: 'sending a request to the local server',
  },
  answerTimeoutInMilliseconds: {
    default: 28_000,
    minimum: 100,
    maximum: 900_000,
    bounds: "answering a request in the local server, which stands for Lambda's timeout",
  },
} as const satisfies Readonly<Record<string, LimitDefinition>>;

export type LimitName = keyof typeof limitDefinitions;
export type Limits = Readonly<Record<LimitName, number>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Measured: a WebP of 50 megapixels, decoded whole, at its peak; and the function with the model loaded, with room to spare. */
export const decoderMegabytesPerMegapixel = 13;
export const restOfFunctionInMegabytes = 300;

/** The environment variable that sets a limit, such as `MAXIMUM_PIXELS`. */
export function variableOf(name: LimitName): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/**
 * The limits as the environment sets them.
 * @throws SettingError naming the variable and its value where that is not a whole number in the limit's range
 */
export function readLimits(environment: Environment): Limits {
  const names = Object.keys(limitDefinitions) as LimitName[];
  return Object.fromEntries(names.map((name) => [name, readLimit(name, environment)])) as Record<LimitName, number>;
}

function readLimit(name: LimitName, environment: Environment): number {
  const definition: LimitDefinition = limitDefinitions[name];
  const text = environment[variableOf(name)];
  if (text === undefined || text === '') {
    return name === 'maximumFullSizePixels' ? defaultFullSizePixels(environment) : definition.default;
  }
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= definition.minimum && value <= definition.maximum)) {
    const { minimum, maximum } = definition;
    throw new SettingError(variableOf(name), text, `a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

/** Lambda says how much memory the function has; anywhere else the default is that of a function with enough. */
function defaultFullSizePixels({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory }: Environment): number {
  const most = limitDefinitions.maximumFullSizePixels.default;
  if (memory === undefined) return most;
  const megapixels = Math.floor((Number(memory) - restOfFunctionInMegabytes) / decoderMegabytesPerMegapixel);
  return Math.min(Math.max(megapixels, 1) * 1_000_000, most);
}
