import { functionSettings } from './function-settings.ts';
import { leastMemoryInMb, mostMemoryInMb, oneProcessorInMb } from './lambda.ts';
import type { SettingTable } from './setting.ts';
import { oneOf, onOrOff, positiveNumber, text, wholeNumber } from './setting-kinds.ts';

const { corsOrigins, directAnswer, photoUrl, photoUrlAllowedHosts, photoBuckets } = functionSettings;

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
  maximumConcurrency: {
    ...wholeNumber(1, 100_000, 'instances'),
    default: undefined,
    sentence: "most instances at a time, which caps the bill; a new account's quota is too small to reserve from",
  },
  photoUrl,
  photoUrlAllowedHosts,
  photoBuckets,
  directAnswer,
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
} as const satisfies SettingTable;

function isImageInRegistry(uri: string): boolean {
  return /^\d{12}\.dkr\.ecr(-fips)?\.[a-z\d-]+\.amazonaws\.com(\.cn)?\/[\w./-]+(:[\w.-]+|@sha256:[\da-f]{64})$/.test(
    uri,
  );
}
