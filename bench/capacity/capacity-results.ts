import { type BulkBill, billOfBulk } from '../../cli/bulk/bulk-bill.ts';
import { distributedMap, getsPerSecondAndPrefix } from '../../facts/bulk-limits.ts';
import { oneProcessorInMb, requestsPerSecondAndInstance } from '../../facts/lambda.ts';
import { type EngineLimits, engineLimits } from './engine-limits.ts';
import { type Load, type Run, type ServiceTimes, simulateRun } from './simulate-run.ts';

export interface CapacityParameters {
  readonly times: ServiceTimes;
  readonly photosInBatch: number;
  readonly concurrency: number;
  readonly prefixes: number;
}

/** One simulated run, as results and docs name it. */
export interface CapacityRow {
  readonly engine: string;
  readonly photos: number;
  readonly concurrency: number;
  readonly seconds: number;
  readonly photosAnHour: number;
  readonly mostInstances: number;
  readonly coldStarts: number;
  readonly longestWaitInSeconds: number;
  readonly dollarsAMillion: number;
  /** What bounds it once all instances run. */
  readonly bound: string;
}

/** What a million photos costs at full speed, by what is billed. */
export interface MillionBill extends BulkBill {
  readonly engine: string;
  readonly photosInBatch: number;
}

export interface CapacityResults {
  readonly parameters: CapacityParameters;
  readonly bills: readonly MillionBill[];
  /** The longest that a photo may take for a million by a queue to cost what is aimed at. */
  readonly longestPhotoInSeconds: number;
  readonly volumes: readonly CapacityRow[];
  readonly concurrencies: readonly CapacityRow[];
  readonly streams: readonly (CapacityRow & { readonly photosEachSecond: number })[];
  readonly firstMinutes: readonly { readonly engine: string; readonly seconds: number; readonly photos: number }[];
}

const volumes = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;
const concurrencies = [10, 100, 1_000, 10_000] as const;
/** Photos a second, for ten minutes. */
const streams = [1_000, 5_000, 20_000] as const;
const minutesOfStream = 10;
const [minutesShown, secondsApart] = [6, 10];
/** As many as a call of the function gets done before its deadline. */
const photosInLargeBatch = 1_000;
export const aimInDollarsAMillion = 1.6;

/** All runs that the docs show. */
export function measureCapacity(parameters: CapacityParameters): CapacityResults {
  const { photosInBatch, concurrency, prefixes } = parameters;
  const all = { photosEachSecond: Number.POSITIVE_INFINITY, prefixes };
  const engines = engineLimits(concurrency, photosInBatch);
  return {
    parameters,
    bills: [
      ...engines
        .filter(({ name }) => name !== 'SQS, provisioned')
        .map((limits) => millionBill(limits, parameters.times, limits.photosInBatch)),
      ...engines
        .filter(({ name }) => name === 'SQS')
        .map((limits) => millionBill(limits, parameters.times, photosInLargeBatch)),
    ],
    longestPhotoInSeconds: round(longestPhoto(parameters)),
    volumes: engines.flatMap((limits) =>
      volumes.map((photos) => capacityRow(limits, parameters, { ...all, photos }, concurrency)),
    ),
    // Long enough that the way up to full speed hardly counts.
    concurrencies: concurrencies.flatMap((instances) =>
      engineLimits(instances, photosInBatch).map((limits) =>
        capacityRow(limits, parameters, { ...all, photos: 1e8 }, instances),
      ),
    ),
    streams: engines
      .filter(({ engine }) => engine === 'queue')
      .flatMap((limits) =>
        streams.map((photosEachSecond) => {
          const photos = photosEachSecond * minutesOfStream * 60;
          return {
            ...capacityRow(limits, parameters, { photos, photosEachSecond, prefixes }, concurrency),
            photosEachSecond,
          };
        }),
      ),
    firstMinutes: engines.flatMap((limits) => {
      const { progress } = simulateRun(limits, parameters.times, { ...all, photos: 1e7 }, 2_000);
      return Array.from({ length: (minutesShown * 60) / secondsApart + 1 }, (_, index) => {
        const seconds = index * secondsApart;
        const done = progress.findLast((point) => point.seconds <= seconds);
        return { engine: limits.name, seconds, photos: done?.photos ?? 0 };
      });
    }),
  };
}

/** Starts are left out: of many photos they are nothing. */
export function millionBill({ engine, name }: EngineLimits, times: ServiceTimes, photosInBatch: number): MillionBill {
  const photos = 1e6;
  const batches = photos / photosInBatch;
  const lambdaSeconds = photos * times.photo + batches * times.batch;
  const run = { engine, photos, batches, lambdaSeconds, memoryInMb: oneProcessorInMb, architecture: 'arm64' } as const;
  return { engine: name, photosInBatch, ...billOfBulk(run) };
}

/** A bill is a straight line over the time of a photo. */
function longestPhoto({ times, photosInBatch, concurrency }: CapacityParameters): number {
  const [queue] = engineLimits(concurrency, photosInBatch) as [EngineLimits, ...EngineLimits[]];
  const dollars = (photo: number) => millionBill(queue, { ...times, photo }, photosInBatch).dollars;
  return (aimInDollarsAMillion - dollars(0)) / (dollars(1) - dollars(0));
}

/** A run, its bill and what bounds it. */
export function capacityRow(
  limits: EngineLimits,
  { times, photosInBatch }: CapacityParameters,
  load: Load,
  concurrency: number,
): CapacityRow {
  const run = simulateRun(limits, times, load, 1);
  return {
    engine: limits.name,
    photos: load.photos,
    concurrency,
    seconds: round(run.seconds),
    photosAnHour: Math.round((load.photos / run.seconds) * 3_600),
    mostInstances: run.mostInstances,
    coldStarts: run.coldStarts,
    longestWaitInSeconds: round(run.longestWaitInSeconds),
    dollarsAMillion: round(dollarsOf(limits, run, load) / (load.photos / 1e6)),
    bound: firstBound(limits, times, load, photosInBatch),
  };
}

function dollarsOf({ engine }: EngineLimits, run: Run, { photos }: Load): number {
  const { batches, lambdaSeconds } = run;
  return billOfBulk({ engine, photos, batches, lambdaSeconds, memoryInMb: oneProcessorInMb, architecture: 'arm64' })
    .dollars;
}

/** Photos a second that each bound lets through, all instances running; the lowest is met first. */
export function boundsOf(limits: EngineLimits, times: ServiceTimes, load: Pick<Load, 'prefixes'>) {
  const secondsOfBatch = limits.photosInBatch * times.photo + times.batch;
  const isFrequent = secondsOfBatch < 1 / requestsPerSecondAndInstance;
  const each = limits.photosInBatch / Math.max(secondsOfBatch, 1 / requestsPerSecondAndInstance);
  return [
    {
      bound: isFrequent ? `${requestsPerSecondAndInstance} calls a second of each instance` : limits.bound,
      photosEachSecond: limits.most * each,
    },
    { bound: "S3's prefixes, at first", photosEachSecond: load.prefixes * getsPerSecondAndPrefix },
    { bound: "the map's starts", photosEachSecond: limits.batchesEachSecond * limits.photosInBatch },
  ];
}

function firstBound(limits: EngineLimits, times: ServiceTimes, load: Load, photosInBatch: number): string {
  const lowest = boundsOf(limits, times, load).reduce((least, next) =>
    next.photosEachSecond < least.photosEachSecond ? next : least,
  );
  if (limits.engine === 'map' && load.photos > distributedMap.mostItems) {
    return `${lowest.bound}; ${Math.ceil(load.photos / distributedMap.mostItems)} runs`;
  }
  return load.photos < limits.most * photosInBatch ? 'too few photos' : lowest.bound;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
