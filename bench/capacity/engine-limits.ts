import type { Engine } from '../../cli/bulk/bulk-bill.ts';
import {
  distributedMap,
  mostMessagesInFlight,
  newInstancesEachSecond,
  provisionedPollers,
  queueConcurrency,
  queueScaling,
} from '../../facts/bulk-limits.ts';

/** How an engine brings instances into being. */
export interface EngineLimits {
  readonly engine: Engine;
  readonly name: string;
  /** Instances that may run at first, how many more each second, and at most. */
  readonly atFirst: number;
  readonly moreEachSecond: number;
  readonly most: number;
  /** Batches handed out in a second at most. */
  readonly batchesEachSecond: number;
  readonly photosInBatch: number;
  /** What bounds `most`, in words. */
  readonly bound: string;
}

/** Where `concurrency` instances are all that the account or the owner allows. */
export function engineLimits(concurrency: number, photosInBatch: number): readonly EngineLimits[] {
  const inFlight = Math.floor(mostMessagesInFlight / photosInBatch);
  const queueBounds = [
    { most: concurrency, bound: 'instances allowed' },
    { most: inFlight, bound: 'messages in flight' },
  ];
  const least = (bounds: readonly { readonly most: number; readonly bound: string }[]) =>
    bounds.reduce((lowest, bound) => (bound.most < lowest.most ? bound : lowest));
  return [
    {
      engine: 'queue',
      name: 'SQS',
      photosInBatch,
      atFirst: queueScaling.atFirst,
      moreEachSecond: queueScaling.moreEachMinute / 60,
      batchesEachSecond: Number.POSITIVE_INFINITY,
      ...least([
        ...queueBounds,
        { most: queueScaling.most, bound: "the queue's pollers" },
        { most: queueConcurrency.most, bound: 'MaximumConcurrency' },
      ]),
    },
    {
      engine: 'queue',
      name: 'SQS, provisioned',
      photosInBatch,
      atFirst: provisionedPollers.least * provisionedPollers.instancesEach,
      moreEachSecond: provisionedPollers.moreInstancesEachMinute / 60,
      batchesEachSecond: Number.POSITIVE_INFINITY,
      ...least([
        ...queueBounds,
        { most: provisionedPollers.most * provisionedPollers.instancesEach, bound: "the queue's pollers" },
      ]),
    },
    {
      engine: 'map',
      name: 'Distributed Map',
      photosInBatch,
      atFirst: newInstancesEachSecond,
      moreEachSecond: newInstancesEachSecond,
      batchesEachSecond: distributedMap.startsEachSecond,
      ...least([
        { most: concurrency, bound: 'instances allowed' },
        { most: distributedMap.mostChildren, bound: "the map's children" },
      ]),
    },
    {
      engine: 'batch-operations',
      name: 'S3 Batch Operations',
      photosInBatch: 1,
      atFirst: newInstancesEachSecond,
      moreEachSecond: newInstancesEachSecond,
      batchesEachSecond: Number.POSITIVE_INFINITY,
      most: concurrency,
      bound: 'instances allowed',
    },
  ];
}
