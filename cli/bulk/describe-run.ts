import type { FinishedRun } from '../../facts/batch-records.ts';
import type { Prices } from '../../facts/prices.ts';
import { billOfBulk } from './bulk-bill.ts';
import { estimateRun, type RunShape } from './estimate-run.ts';
import type { RunRecord } from './run-record.ts';
import type { Execution, MapProgress } from './step-functions.ts';

export interface RunStatus {
  readonly record: RunRecord;
  readonly execution: Execution | undefined;
  readonly progress: MapProgress | undefined;
  readonly marker: FinishedRun | undefined;
  readonly now: Date;
}

/** What a run has come to, as lines: rate, done, failed by code, time left, what it has cost so far. */
export function describeRun(status: RunStatus, shape: RunShape, prices: Prices): readonly string[] {
  const { record, execution, progress, marker } = status;
  const ended = execution?.stoppedAt;
  return [
    `${record.run}  ${record.source}`,
    `  ${(execution?.status ?? 'not started').toLowerCase().replace('_', ' ')}, begun ${minute(record.startedAt)}` +
      `${ended === undefined ? '' : `, ended ${minute(ended.toISOString())}`}`,
    ...(execution?.cause === undefined ? [] : [`  ${execution.cause}`]),
    // Of a run that was resumed, others have done the rest.
    ...(progress === undefined || (marker?.complete && execution?.status !== 'SUCCEEDED')
      ? []
      : describeProgress(status, progress, shape, prices)),
    ...describeMarker(marker, execution, shape, prices, record),
  ];
}

function describeProgress({ execution, now }: RunStatus, progress: MapProgress, shape: RunShape, prices: Prices) {
  const { total, succeeded, failed, running } = progress;
  const end = execution?.stoppedAt ?? now;
  const seconds = Math.max(1, (end.getTime() - (execution?.startedAt ?? end).getTime()) / 1_000);
  const rate = succeeded / seconds;
  const left = total - succeeded - failed;
  const share = total === 0 ? 0 : (succeeded / total) * 100;
  const { bill } = estimateRun(Math.max(1, succeeded), shape, prices);
  return [
    `  ${count(succeeded)} of ${count(total)} photos done (${share.toFixed(0)} %), ${count(rate)} a second` +
      `${failed === 0 ? '' : `; ${count(failed)} in batches that failed or were stopped`}`,
    ...(execution?.status === 'RUNNING' && rate > 0
      ? [`  ${count(running)} under way; about ${duration(left / rate)} left`, `  so far ${dollars(bill.dollars)}`]
      : []),
  ];
}

function describeMarker(
  marker: FinishedRun | undefined,
  execution: Execution | undefined,
  shape: RunShape,
  prices: Prices,
  { run }: RunRecord,
): readonly string[] {
  const finished = marker ?? readOutput(execution);
  if (finished === undefined) {
    const isOver = execution !== undefined && execution.status !== 'RUNNING';
    return isOver ? [`  not complete: "lambda-lens bulk resume ${run}" does what is missing`] : [];
  }
  const { counts, complete, batchesMissing } = finished;
  const codes = Object.entries(counts.codes).map(([code, photos]) => `${photos} ${code}`);
  const verdicts = Object.entries(counts.verdicts).map(([verdict, photos]) => `${photos} ${verdict}`);
  return [
    complete
      ? `  complete: each of ${count(counts.photos)} photos has its record`
      : `  not complete, ${batchesMissing} batches are missing: "lambda-lens bulk resume ${run}" does them`,
    `  ${count(counts.answered)} answered${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}`,
    `  ${count(counts.failed)} failed${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`,
    ...(counts.durationMs === 0 ? [] : [`  it cost ${dollars(costOf(finished, shape, prices))}`]),
  ];
}

/** From what Lambda's calls took, as they said themselves. */
function costOf(
  { counts }: FinishedRun,
  { photosInBatch, memoryInMb, architecture }: RunShape,
  prices: Prices,
): number {
  const { photos, durationMs } = counts;
  const batches = Math.ceil(photos / photosInBatch);
  const run = { engine: 'map', photos, batches, lambdaSeconds: durationMs / 1_000, memoryInMb, architecture } as const;
  return billOfBulk(run, prices).dollars;
}

function readOutput(execution: Execution | undefined): FinishedRun | undefined {
  if (execution?.status !== 'SUCCEEDED' || execution.output === undefined) return undefined;
  const output = JSON.parse(execution.output);
  return typeof output === 'object' && output !== null && 'counts' in output ? output : undefined;
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

export function count(value: number): string {
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}

export function dollars(amount: number): string {
  return amount < 0.01 ? 'less than a cent' : `about $${amount.toFixed(2)}`;
}

export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6_000 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
