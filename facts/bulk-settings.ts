import { batchSettings } from './batch-settings.ts';
import { distributedMap, mostMessagesInBatch, queueConcurrency } from './bulk-limits.ts';
import { keepSettings } from './keep-settings.ts';
import { leastMemoryInMb, mostMemoryInMb } from './lambda.ts';
import type { SettingTable } from './setting.ts';
import { isPlaceInS3, listOf, oneOf, onOrOff, placeInS3, wholeNumber } from './setting-kinds.ts';

const { batchTop } = batchSettings;
const { keepUnsureShare, keepRandomShare } = keepSettings;

/** What of the stack's configuration is for photos by the million: the stream, the backlog, and the function of both. */
export const bulkSettings = {
  uploads: {
    ...onOrOff(),
    default: false,
    sentence:
      'whether photos of up to 20 MB can be uploaded: into a private bucket of its own, where they are kept for a day',
  },
  stream: {
    ...onOrOff(),
    default: false,
    sentence: 'photos that arrive in a bucket are classified by a second function, by way of a queue that loses none',
  },
  inboxBucket: {
    ...placeInS3(),
    default: undefined,
    defaultInWords: 'one is made',
    sentence: 'where they arrive; your own bucket must send its events to EventBridge',
  },
  streamConcurrency: {
    ...wholeNumber(queueConcurrency.least, queueConcurrency.most, 'instances'),
    default: 10,
    sentence: 'most instances at a time that work on the queue, so that the doors keep theirs',
  },
  streamBatchSize: {
    ...wholeNumber(1, mostMessagesInBatch, 'photos'),
    default: 100,
    sentence: 'photos that an instance gets at once, if so many are waiting',
  },
  streamWindowInSeconds: {
    ...wholeNumber(0, 300, 's'),
    default: 5,
    sentence: 'how long the queue waits for a batch to fill; at least 1 for batches of more than 10',
  },
  alarmQueueAgeInSeconds: {
    ...wholeNumber(60, 1_209_600, 's'),
    default: 900,
    sentence: 'alarm when a photo has been waiting in the queue for longer',
  },
  bulk: {
    ...onOrOff(),
    default: false,
    sentence: 'a Distributed Map of Step Functions, to be started over a bucket that is full already',
  },
  bulkBuckets: {
    ...batchPlaces(),
    default: [],
    defaultInWords: 'the inbox alone',
    sentence: 'where photos of the backlog may be read from; same account, same region',
  },
  bulkConcurrency: {
    ...wholeNumber(1, distributedMap.mostChildren, 'instances'),
    default: 100,
    sentence: 'most instances at a time that work on the backlog',
  },
  bulkBatchSize: {
    ...wholeNumber(1, 500, 'photos'),
    default: 100,
    sentence: 'photos that an instance gets at once, as far as their keys fit into 256 KiB',
  },
  resultsBucket: {
    ...placeInS3(),
    default: undefined,
    defaultInWords: 'one is made',
    sentence: 'where results of stream and backlog are written, in your own bucket',
  },
  resultEvents: {
    ...onOrOff(),
    default: false,
    sentence:
      'S3 tells EventBridge of each result file; for the bucket that the stack makes, in your own you switch that on',
  },
  batchMemoryInMb: {
    ...wholeNumber(Math.max(leastMemoryInMb, 512), mostMemoryInMb, 'MB'),
    default: undefined,
    defaultInWords: 'as `memoryInMb`',
    sentence: 'the memory of the function of stream and backlog; from 3538 MB it uses both processors',
  },
  batchTimeoutInSeconds: {
    // A child of the map ends after five minutes, and has to come to a second call.
    ...wholeNumber(10, 240, 's'),
    default: 60,
    sentence: 'when Lambda ends a call of that function; what is not done by then is handed out again',
  },
  batchTop,
  keepUnsure: {
    ...oneOf('off', 'batches', 'on'),
    default: 'off',
    sentence:
      'copies photos that it was unsure of, with their answers, into a bucket of their own, for labelling: of stream and ' +
      'backlog (`batches`), or those that callers send as well (`on`); people may be on them',
  },
  keepForDays: { ...wholeNumber(1, 3_650, 'days'), default: 30, sentence: 'how long such copies are kept' },
  keepUnsureShare: {
    ...keepUnsureShare,
    sentence: 'with `keepUnsure`, what share of the photos answered `unsure` or `unfamiliar` is copied',
  },
  keepRandomShare: {
    ...keepRandomShare,
    sentence: 'with `keepUnsure`, what share of all answered photos is copied, whatever the verdict',
  },
} as const satisfies SettingTable;

function batchPlaces() {
  return listOf('S3 buckets or bucket/prefix (without *, ? or $)', (places) => places.every(isPlaceInS3));
}
