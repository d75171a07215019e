import { bulkSettings } from './bulk-settings.ts';
import { functionSettings } from './function-settings.ts';
import { leastMemoryInMb, mostMemoryInMb, oneProcessorInMb } from './lambda.ts';
import { placeSettings } from './place-settings.ts';
import { rolloutSettings } from './rollout-settings.ts';
import { type Setting, type SettingTable, variableOf } from './setting.ts';
import { listOf, mapOf, oneOf, onOrOff, positiveNumber, text, wholeNumber } from './setting-kinds.ts';
import { watchSettings } from './watch-settings.ts';

const { apiSecret, corsOrigins, directAnswer, photoUrl, photoUrlAllowedHosts, photoBuckets } = functionSettings;

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentionsInDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const modelFiles = ['model.json', 'weights.bin', 'card.json'] as const;

/**
 * The stack's configuration. Rows that are the function's own are handed on to it; the order is that of Pulumi.yaml and of
 * the documentation.
 */
export const stackSettings = {
  architecture: {
    ...oneOf('arm64', 'x86_64'),
    default: 'arm64',
    sentence: 'the processor of function and image; `arm64` is a fifth cheaper',
  },
  memoryInMb: {
    ...wholeNumber(Math.max(leastMemoryInMb, 512), mostMemoryInMb, 'MB'),
    default: oneProcessorInMb,
    sentence: `the function's memory; ${oneProcessorInMb} is one whole processor`,
  },
  timeoutInSeconds: {
    // Work ends two seconds before the deadline; API Gateway gives up a second after the longest.
    ...wholeNumber(3, 28, 's'),
    default: 28,
    sentence: 'when Lambda ends a request; API Gateway gives up soon after',
  },
  functionUrl: {
    ...oneOf('iam', 'public', 'off'),
    default: 'iam',
    sentence: "the function's own URL: `iam` takes signed requests only, `public` anyone's and without a throttle",
  },
  httpApi: { ...onOrOff(), default: true, sentence: 'the API Gateway HTTP API, public and throttled' },
  corsOrigins,
  throttleRate: {
    ...positiveNumber(10_000, 'requests a second'),
    default: 10,
    sentence: 'what the HTTP API lets through in the long run',
  },
  throttleBurst: {
    ...wholeNumber(1, 5_000, 'requests'),
    default: 20,
    sentence: 'what it lets through at once',
  },
  jwtIssuer: {
    ...text('an https:// address', (value) => /^https:\/\/[^\s?#]+$/.test(value)),
    default: undefined,
    sentence: 'whose tokens the HTTP API asks for on every route, the page included; goes with `jwtAudience`',
  },
  jwtAudience: {
    ...listOf('audiences or client ids', (audiences) => audiences.every((audience) => !/\s/.test(audience))),
    default: [],
    defaultInWords: 'none',
    sentence: 'for whom such a token must be made out: one of these as its `aud`, or its `client_id`',
  },
  maximumConcurrency: {
    ...wholeNumber(0, 100_000, 'instances'),
    default: undefined,
    sentence:
      "most instances at a time, which caps the bill; 0 turns every call away; a new account's quota is too small to reserve from",
  },
  photoUrl,
  photoUrlAllowedHosts,
  photoBuckets,
  directAnswer,
  apiSecret,
  photoUrlUserAgent: asTheFunction(functionSettings.photoUrlUserAgent),
  maximumBodySizeInBytes: asTheFunction(functionSettings.maximumBodySizeInBytes),
  maximumPhotoSizeInBytes: asTheFunction(functionSettings.maximumPhotoSizeInBytes),
  maximumPixels: asTheFunction(functionSettings.maximumPixels),
  maximumFullSizePixels: asTheFunction(functionSettings.maximumFullSizePixels),
  maximumDecodingMegabytes: asTheFunction(functionSettings.maximumDecodingMegabytes),
  maximumItems: asTheFunction(functionSettings.maximumItems),
  maximumRedirects: asTheFunction(functionSettings.maximumRedirects),
  fetchTimeoutInMilliseconds: asTheFunction(functionSettings.fetchTimeoutInMilliseconds),
  deadlineMarginInMilliseconds: asTheFunction(functionSettings.deadlineMarginInMilliseconds),
  engine: asTheFunction(functionSettings.engine),
  decoder: asTheFunction(functionSettings.decoder),
  logLevel: asTheFunction(functionSettings.logLevel),
  ...watchSettings,
  ...bulkSettings,
  environment: {
    ...mapOf('JSON of variables and texts, none of which Lambda reserves or another key sets', (entries) =>
      entries.every(([name]) => isFreeVariable(name)),
    ),
    default: {},
    defaultInWords: 'none',
    sentence: 'more environment variables of the function, kept as secrets',
    isSecret: true,
  },
  accessLogAddress: {
    ...onOrOff(),
    default: true,
    sentence: "whether the HTTP API's access log holds the caller's address",
  },
  logRetentionInDays: { ...oneOf(...retentionsInDays), unit: 'days', default: 14, sentence: 'how long logs are kept' },
  modelDirectory: {
    ...text(`a directory with ${modelFiles.join(', ')}`),
    default: 'model/clothing',
    sentence: 'the model to serve, as `lambda-lens import` makes it',
  },
  imageUri: {
    ...text(
      'an image in Amazon ECR, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/name@sha256:…',
      isImageInRegistry,
    ),
    default: undefined,
    sentence: 'deployed as it is, with no Docker on this machine',
  },
  liveVersion: {
    ...wholeNumber(1, 1_000_000_000),
    default: undefined,
    sentence: 'the version of the function that stays live whatever is deployed; `lambda-lens rollback` sets it',
  },
  ...rolloutSettings,
  beforeOff: {
    ...text('what the command wrote'),
    default: undefined,
    sentence: 'what `lambda-lens off` remembers for `lambda-lens on`',
  },
  ...placeSettings,
  provisionedConcurrency: {
    ...wholeNumber(1, 100_000, 'instances'),
    default: undefined,
    sentence:
      'instances that are kept ready, and paid for, day and night; less than `maximumConcurrency` where that is set',
  },
  snapStart: {
    ...onOrOff(),
    default: false,
    sentence:
      'whether new instances are restored from a snapshot of a prepared one, which AWS bills; not together with `provisionedConcurrency`',
  },
  domainName: {
    ...text('a name such as photos.shop.example', (value) => /^([a-z\d-]+\.)+[a-z]{2,}$/.test(value)),
    default: undefined,
    sentence: 'a name of your own for the HTTP API; the output `domainTarget` is what its CNAME points to',
  },
  certificateArn: {
    ...text('the ARN of a certificate in ACM, in the same region', (value) =>
      /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/\S+$/.test(value),
    ),
    default: undefined,
    sentence: 'the certificate of `domainName`',
  },
  tags: {
    ...mapOf('JSON of at most 40 names and texts', areTags),
    default: {},
    defaultInWords: 'project, stack and service',
    sentence: "on everything, beside these three; the AWS provider's `defaultTags` go before both",
  },
} as const satisfies SettingTable;

function isImageInRegistry(uri: string): boolean {
  return /^\d{12}\.dkr\.ecr(-fips)?\.[a-z\d-]+\.amazonaws\.com(\.cn)?\/[\w./-]+(:[\w.-]+|@sha256:[\da-f]{64})$/.test(
    uri,
  );
}

/** A setting of the function that is handed on where it is set; elsewhere the function has its own default. */
function asTheFunction<Row extends Setting>(
  row: Row,
): Omit<Row, 'default' | 'defaultInWords'> & { readonly default: undefined; readonly defaultInWords: string } {
  const byDefault = typeof row.default === 'number' ? row.default.toLocaleString('en-US') : `\`${row.default}\``;
  return {
    ...row,
    default: undefined,
    defaultInWords: row.unit === undefined ? byDefault : `${byDefault} ${row.unit}`,
  };
}

/** The settings that the stack hands on to the function, under the same name; the directory of the model is packed. */
export const handedOnSettings = (Object.keys(stackSettings) as (keyof typeof stackSettings)[]).filter(
  (name) => name in functionSettings && name !== 'modelDirectory',
);

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
function isFreeVariable(name: string): boolean {
  const isReserved = /^(AWS_|LAMBDA_|_|MODEL_DIRECTORY$)/.test(name);
  return /^[A-Za-z]\w+$/.test(name) && !isReserved && !handedOnSettings.some((setting) => variableOf(setting) === name);
}

// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html, ten short of the most
function areTags(entries: readonly (readonly [string, string])[]): boolean {
  const isText = (text: string, most: number) => text.length <= most && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
  return (
    entries.length <= 40 &&
    entries.every(([name, text]) => name !== '' && !/^aws:/i.test(name) && isText(name, 128) && isText(text, 256))
  );
}
