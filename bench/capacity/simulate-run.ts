import { getsPerSecondAndPrefix, prefixDivisionInMinutes } from '../../facts/bulk-limits.ts';
import { requestsPerSecondAndInstance } from '../../facts/lambda.ts';
import type { EngineLimits } from './engine-limits.ts';
import { TimeHeap } from './time-heap.ts';

/** What an instance takes for its work, in seconds. */
export interface ServiceTimes {
  readonly photo: number;
  /** What a batch takes besides: the first photo's way here and the results' way back, during which nothing else is done. */
  readonly batch: number;
  /** A cold start, which Lambda bills. */
  readonly start: number;
}

export interface Load {
  readonly photos: number;
  /** Photos that arrive in a second; Infinity where all are there from the beginning. */
  readonly photosEachSecond: number;
  /** Partitions of the bucket at first, each good for so many GETs a second; while they don't do, S3 doubles them. */
  readonly prefixes: number;
}

export interface Run {
  readonly seconds: number;
  readonly mostInstances: number;
  readonly coldStarts: number;
  readonly batches: number;
  readonly lambdaSeconds: number;
  /** The longest that a batch waited from its last photo's arrival to its start. */
  readonly longestWaitInSeconds: number;
  /** Photos done after so many seconds, at most `points` of them. */
  readonly progress: readonly { readonly seconds: number; readonly photos: number }[];
}

/** Batches beyond are simulated several at a time: an instance that is busy throughout does one after the other anyway. */
const mostUnits = 50_000;

/**
 * Discrete-event simulation: each batch goes to the instance that is free first, or to a new one where the engine may have
 * one more by then. S3 answers GETs at a bounded rate, one after the other.
 */
export function simulateRun(limits: EngineLimits, times: ServiceTimes, load: Load, points = 60): Run {
  const batches = Math.ceil(load.photos / limits.photosInBatch);
  const batchesInUnit = Math.ceil(batches / mostUnits);
  const photosInUnit = batchesInUnit * limits.photosInBatch;
  const units = Math.ceil(load.photos / photosInUnit);
  const work = (photos: number) => photos * times.photo + times.batch;
  // An instance takes no more than so many calls a second, however short they are.
  const call = (photos: number) => Math.max(1 / requestsPerSecondAndInstance, work(photos));

  const free = new TimeHeap();
  const ends = new Float64Array(units);
  let [instances, lambdaSeconds, longestWait, readUntil] = [0, 0, 0, 0];
  for (let unit = 0; unit < units; unit++) {
    const photos = Math.min(photosInUnit, load.photos - unit * photosInUnit);
    const arrival = Math.min((unit + 1) * photosInUnit, load.photos) / load.photosEachSecond;
    const ready = Math.max(arrival, (unit * batchesInUnit) / limits.batchesEachSecond);
    const opening = openingOf(limits, instances);
    const isNew = Math.max(opening, ready) < Math.max(free.earliest, ready);
    const begin = isNew ? Math.max(opening, ready) : Math.max(free.take(), ready);
    if (isNew) instances++;
    const start = isNew ? times.start : 0;
    const taken = start + inUnit(photos, limits.photosInBatch, call);
    readUntil = readPhotos(Math.max(readUntil, begin), photos, load.prefixes);
    const end = Math.max(begin + taken, readUntil);
    free.add(end);
    ends[unit] = end;
    // Waiting for S3 is billed, waiting for the next call is not.
    lambdaSeconds += end - begin - taken + start + inUnit(photos, limits.photosInBatch, work);
    longestWait = Math.max(longestWait, begin - arrival);
  }
  ends.sort();
  const step = Math.max(1, Math.floor(units / points));
  const progress = [...ends.keys()]
    .filter((index) => (index + 1) % step === 0 || index === units - 1)
    .map((index) => ({
      seconds: ends[index] as number,
      photos: Math.min(load.photos, (index + 1) * photosInUnit),
    }));
  return {
    seconds: ends.at(-1) ?? 0,
    mostInstances: instances,
    coldStarts: instances,
    batches,
    lambdaSeconds,
    longestWaitInSeconds: longestWait,
    progress,
  };
}

/** When the instance after so many others may begin; Infinity beyond the most. */
function openingOf({ atFirst, moreEachSecond, most }: EngineLimits, others: number): number {
  if (others >= most) return Number.POSITIVE_INFINITY;
  return others < atFirst ? 0 : (others + 1 - atFirst) / moreEachSecond;
}

/** What the batches of a unit take one after the other. */
function inUnit(photos: number, photosInBatch: number, secondsOfBatch: (photos: number) => number): number {
  const whole = Math.floor(photos / photosInBatch);
  const rest = photos % photosInBatch;
  return whole * secondsOfBatch(photosInBatch) + (rest > 0 ? secondsOfBatch(rest) : 0);
}

/** When S3 has answered so many GETs from a time on; its partitions double each time that a division is through. */
function readPhotos(from: number, photos: number, prefixes: number): number {
  const division = prefixDivisionInMinutes * 60;
  const rate = getsPerSecondAndPrefix * prefixes * 2 ** Math.floor(from / division);
  return from + photos / rate;
}
