import type { Step, StepRecord } from './verification.ts';

export interface RunStepsOptions {
  /** Told of each step once it has ended. */
  readonly onRecord: (record: StepRecord) => void;
  /** Set off by whoever wants no more of it: what is left of the first steps is left out. */
  readonly stopped: AbortSignal;
}

/**
 * Runs steps one after the other, and after the first that fails none but the last ones, which put things away and run
 * whatever has happened, each of them.
 */
export async function runSteps(
  steps: readonly Step[],
  last: readonly Step[],
  { onRecord, stopped }: RunStepsOptions,
): Promise<readonly StepRecord[]> {
  const records: StepRecord[] = [];
  const keep = (record: StepRecord) => {
    records.push(record);
    onRecord(record);
  };
  let goesOn = true;
  for (const step of steps) {
    if (!goesOn || stopped.aborted) {
      const why = stopped.aborted ? 'It was stopped.' : 'A step before it failed.';
      keep({ name: step[0], status: 'left out', seconds: 0, seen: [why] });
      continue;
    }
    const record = await runStep(step);
    keep(record);
    goesOn = record.status === 'ok';
  }
  for (const step of last) keep(await runStep(step));
  return records;
}

async function runStep([name, run]: Step): Promise<StepRecord> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const seen = await run();
    return { name, status: 'ok', seconds: seconds(), seen };
  } catch (error) {
    const seen = [error instanceof Error ? error.message : String(error)];
    return { name, status: 'failed', seconds: seconds(), seen };
  }
}
