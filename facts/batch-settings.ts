import type { SettingTable } from './setting.ts';
import { onOrOff, share, text, wholeNumber } from './setting-kinds.ts';

const placeInS3 = text('an S3 bucket or bucket/prefix (without *, ? or $)', isPlaceInS3);

/**
 * What makes a function of the same image one that classifies photos by the batch: read from its environment when it starts,
 * beside the settings of every function, under the name in capitals.
 */
export const batchSettings = {
  batchResults: {
    ...placeInS3,
    default: undefined,
    sentence:
      'where result files are written; set, the function takes batches of photos in S3 and nothing from outside',
  },
  batchTop: {
    ...wholeNumber(1, 1_000, 'labels'),
    default: 3,
    sentence: 'labels with their probabilities in each record, the most probable first',
  },
  batchAhead: {
    ...wholeNumber(1, 64, 'photos'),
    default: 16,
    sentence: 'photos on their way from S3 while the model runs, as far as the memory goes',
  },
  batchRunsThreads: {
    ...onOrOff(),
    default: true,
    sentence: 'whether a function of two whole processors and more (3,538 MB) has a thread with a model for each',
  },
  batchKeep: {
    ...placeInS3,
    default: undefined,
    defaultInWords: 'nowhere: nothing is kept',
    sentence: 'where some photos are copied to with their answers, for labelling and the next training',
  },
  batchKeepUnsure: {
    ...share(),
    default: 1,
    sentence: 'with `batchKeep`, what share of the photos answered `unsure` or `unfamiliar` is copied',
  },
  batchKeepRandom: {
    ...share(),
    default: 0.001,
    sentence: 'with `batchKeep`, what share of all answered photos is copied, whatever the verdict',
  },
} as const satisfies SettingTable;

/** No wildcard in a prefix: the policy of the function's role would read it as one. */
function isPlaceInS3(entry: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[^*?$]*)?$/.test(entry) && !entry.split('/', 1)[0]?.includes('..');
}
