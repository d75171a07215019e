import type { SettingTable } from './setting.ts';
import { onOrOff, placeInS3, wholeNumber } from './setting-kinds.ts';

/**
 * What makes a function of the same image one that classifies photos by the batch: read from its environment when it starts,
 * beside the settings of every function, under the name in capitals.
 */
export const batchSettings = {
  batchResults: {
    ...placeInS3(),
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
} as const satisfies SettingTable;
