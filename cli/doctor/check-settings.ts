import { statSync } from 'node:fs';
import { join } from 'node:path';
import { functionSettings } from '../../facts/function-settings.ts';
import { leastUnreservedConcurrency, oneProcessorInMb } from '../../facts/lambda.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { decoderMegabytesPerMegapixel, restOfFunctionInMegabytes } from '../../function/settings/limits.ts';
import type { StackSettings } from '../../infra/settings.ts';
import type { AccountConcurrency } from './aws-account.ts';
import { failed, type Outcome, ok, skipped } from './outcome.ts';

/** What phones take. */
const usualPhotoInMegapixels = 12;
/** A cold start and a prediction, with room to spare. */
const leastWorkInSeconds = 3;
/** Weights of this size, once they are float32, are in what the limits count as the rest of the function. */
const weightsCountedInMegabytes = 60;

/** Whether a request has the time that the function's own limits promise to a photo given by URL. */
export function checkTimeout({
  timeoutInSeconds,
  photoUrl,
}: Pick<StackSettings, 'timeoutInSeconds' | 'photoUrl'>): Outcome {
  const margin = functionSettings.deadlineMarginInMilliseconds.default / 1000;
  const fetching = photoUrl ? functionSettings.fetchTimeoutInMilliseconds.default / 1000 : 0;
  const least = margin + fetching + leastWorkInSeconds;
  if (timeoutInSeconds >= least) return ok(`${timeoutInSeconds} s, of which ${margin} s are kept for the answer`);
  return failed(
    `${timeoutInSeconds} s are too few: ${fetching} s for fetching a photo, ${leastWorkInSeconds} s for work after a cold start, ${margin} s for the answer.`,
    `Give it ${Math.ceil(least)} s or more: pulumi config set timeoutInSeconds ${stackSettings.timeoutInSeconds.default}.`,
  );
}

/** Whether a phone's photo fits beside the model when it must be decoded at full size, as WebP must. */
export function checkMemory(settings: Pick<StackSettings, 'memoryInMb' | 'modelDirectory' | 'imageUri'>): Outcome {
  const { memoryInMb, modelDirectory, imageUri } = settings;
  if (imageUri !== undefined) return skipped('the model is in a prebuilt image');
  // Stored as float16 by default and held as float32.
  const weights = (statSync(join(modelDirectory, 'weights.bin')).size * 2) / 1e6;
  const model = Math.max(0, weights - weightsCountedInMegabytes);
  const megapixels = Math.floor((memoryInMb - restOfFunctionInMegabytes - model) / decoderMegabytesPerMegapixel);
  if (megapixels >= usualPhotoInMegapixels) {
    return ok(`${memoryInMb} MB, enough for ${Math.min(megapixels, 50)} megapixels decoded whole`);
  }
  const needed = Math.ceil(restOfFunctionInMegabytes + model + usualPhotoInMegapixels * decoderMegabytesPerMegapixel);
  return failed(
    `${memoryInMb} MB are too few for this model and a photo of ${usualPhotoInMegapixels} megapixels, about ${needed} MB.`,
    `Give it more: pulumi config set memoryInMb ${Math.max(needed, oneProcessorInMb)}.`,
  );
}

/**
 * Whether the account's quota lets `maximumConcurrency` be reserved, beside what is reserved for other functions.
 * @param own what is reserved for this function already
 */
export function checkQuota(
  { quota, unreserved }: AccountConcurrency,
  maximumConcurrency: number | undefined,
  own = 0,
): Outcome {
  if (maximumConcurrency === undefined) {
    return ok(`${unreserved} of ${quota} instances at a time are not reserved in this account and region`);
  }
  if (maximumConcurrency === 0) return ok('0 reserved, which is off: every call is turned away');
  const reservable = Math.max(0, unreserved + own - leastUnreservedConcurrency);
  if (maximumConcurrency <= reservable) {
    return ok(`${maximumConcurrency} of ${quota} instances at a time, ${reservable} could be reserved`);
  }
  return failed(
    `maximumConcurrency is ${maximumConcurrency}, but ${reservable} can be reserved: of a quota of ${quota}, others have reserved ` +
      `${quota - unreserved - own}, and AWS keeps ${leastUnreservedConcurrency} unreserved.`,
    'Leave it out (pulumi config rm maximumConcurrency), or ask AWS for a larger quota under Service Quotas, Lambda.',
  );
}
