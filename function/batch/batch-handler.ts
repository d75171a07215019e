import type { Handler } from '../invocation/invocation-context.ts';
import { type Log, openRecord, type ToMetrics } from '../invocation/request-log.ts';
import type { BatchDoor } from './batch-door.ts';
import type { FinishedBatch } from './run-batch.ts';
import { toFailure } from './to-failure.ts';

/** CloudWatch reads so many values of a metric in one line. */
const photosInLine = 100;

export interface BatchHandlerParts {
  readonly doors: readonly BatchDoor[];
  /** Takes what no door does. */
  readonly others: Handler;
  readonly log: Log;
  /** What a line counts; undefined counts nothing. */
  readonly toMetrics: ToMetrics | undefined;
}

/** Events about many photos, each a line in the log with what became of them. */
export function createBatchHandler({ doors, others, log, toMetrics }: BatchHandlerParts): Handler {
  let isCold = true;

  return async (event, context) => {
    const door = doors.find((candidate) => candidate.accepts(event));
    if (door === undefined) return others(event, context);
    const coldStart = isCold;
    isCold = false;
    const { requestId, deadlineAt } = context;
    const record = openRecord(log, requestId);
    record.note({ door: door.name, coldStart });
    const note = (batch: FinishedBatch) => {
      const { counts, file, failures } = batch;
      record.note({ ...counts, notDone: failures.length, ...(file !== undefined && { file }) });
      // Our own faults first: the others may pass.
      const failure = failures.find(({ code }) => code === 'internal_error') ?? failures[0];
      if (failure !== undefined) record.fail(failure);
      if (toMetrics !== undefined) logMetrics(batch, { coldStart, requestId, log, toMetrics });
    };
    try {
      return await door.answer(event, { deadlineAt, record, note });
    } catch (error) {
      const failure = toFailure(error);
      record.fail(failure);
      throw failure;
    } finally {
      record.write();
    }
  };
}

function logMetrics(
  { outcomes }: FinishedBatch,
  about: { readonly coldStart: boolean; readonly requestId: string; readonly log: Log; readonly toMetrics: ToMetrics },
): void {
  const { log, toMetrics, requestId } = about;
  const photos = outcomes.map((outcome) => {
    if (outcome.kind === 'not-done') return { code: outcome.failure.code };
    const { record, timing } = outcome;
    if ('error' in record) return { code: record.error.code };
    return { sizeInBytes: record.sizeInBytes, verdict: record.verdict, timing };
  });
  for (let from = 0; from < photos.length; from += photosInLine) {
    const noted = { photos: photos.slice(from, from + photosInLine), coldStart: about.coldStart && from === 0 };
    const time = new Date().toISOString();
    log({ time, level: 'info', message: 'photos', requestId, ...toMetrics(noted, undefined) });
  }
}
