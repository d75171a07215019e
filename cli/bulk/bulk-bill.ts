import { keysInList, messagesInCall } from '../../facts/bulk-limits.ts';
import { bulkPrices, expressMemoryInMb } from '../../facts/bulk-prices.ts';
import { megabytesInGigabyte } from '../../facts/lambda.ts';
import { type Architecture, northVirginia, type Prices } from '../../facts/prices.ts';

/** Who hands the photos to the function. */
export type Engine = 'queue' | 'map' | 'batch-operations';

/** A run over many photos, as far as its bill goes. */
export interface BulkRun {
  readonly engine: Engine;
  readonly photos: number;
  /** Calls of the function. */
  readonly batches: number;
  /** All that Lambda bills, of all instances: photos, waiting within a batch, starts. */
  readonly lambdaSeconds: number;
  readonly memoryInMb: number;
  readonly architecture: Architecture;
}

export interface BulkBill {
  readonly lines: readonly { readonly title: string; readonly dollars: number }[];
  readonly dollars: number;
}

const million = 1e6;

/** The bill of a run, without free tier, storage and logs: a batch writes one line of a log. */
export function billOfBulk(run: BulkRun, prices: Prices = northVirginia): BulkBill {
  const { engine, photos, batches, lambdaSeconds, memoryInMb, architecture } = run;
  const gbSeconds = (lambdaSeconds * memoryInMb) / megabytesInGigabyte;
  const lines = [
    { title: 'Lambda, time', dollars: gbSeconds * prices.gbSecond[architecture] },
    { title: 'Lambda, calls', dollars: (batches / million) * prices.millionInvocations },
    { title: 'S3, photos read', dollars: (photos / million) * bulkPrices.millionGets },
    ...linesOf(engine, photos, batches, lambdaSeconds),
  ];
  return { lines, dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0) };
}

function linesOf(engine: Engine, photos: number, batches: number, seconds: number): BulkBill['lines'] {
  const results = { title: 'S3, result files', dollars: (batches / million) * bulkPrices.millionPuts };
  if (engine === 'queue') {
    // S3 sends one message a photo; they are received and deleted by ten.
    const requests = photos * (1 + 2 / messagesInCall);
    return [results, { title: 'SQS', dollars: (requests / million) * bulkPrices.millionQueueRequests }];
  }
  // One object a call, so one file each.
  if (engine === 'batch-operations') {
    const dollars = bulkPrices.batchOperationsJob + (photos / million) * bulkPrices.millionBatchOperations;
    return [results, { title: 'S3 Batch Operations', dollars }];
  }
  const expressGbSeconds = (seconds * expressMemoryInMb) / megabytesInGigabyte;
  const runs = (batches / million) * bulkPrices.millionExpressRuns;
  return [
    results,
    { title: 'S3, list', dollars: (photos / keysInList / million) * bulkPrices.millionPuts },
    { title: 'Step Functions', dollars: runs + expressGbSeconds * bulkPrices.expressGbSecond },
  ];
}
