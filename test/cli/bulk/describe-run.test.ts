import { describe, expect, it } from 'vitest';
import { describeRun } from '../../../cli/bulk/describe-run.ts';
import { findMissing } from '../../../cli/bulk/find-missing.ts';
import type { Execution } from '../../../cli/bulk/step-functions.ts';
import { writeMarker } from '../../../cli/bulk/write-marker.ts';
import { northVirginia } from '../../../facts/prices.ts';
import { runOfShop, shapeOfRun } from './run-of-shop.ts';
import { date, storeInMemory } from './store-in-memory.ts';

describe('the status', () => {
  const execution: Execution = {
    status: 'RUNNING',
    startedAt: new Date(`${date}T06:00:00Z`),
    stoppedAt: undefined,
    output: undefined,
    cause: undefined,
  };
  const progress = { total: 40_000, succeeded: 10_000, failed: 100, running: 5_000, pending: 24_900 };

  it('of one that runs tells rate, time left and cost so far', () => {
    const now = new Date(`${date}T06:01:40Z`);

    const lines = describeRun(
      { record: runOfShop, execution, progress, marker: undefined, now },
      shapeOfRun,
      northVirginia,
    );

    expect(lines).toEqual([
      'first  s3://shop/new/',
      '  running, begun 2026-11-27 06:00 UTC',
      '  10,000 of 40,000 photos done (25 %), 100 a second; 100 in batches that failed or were stopped',
      '  5,000 under way; about 5 min left',
      '  so far about $0.01',
    ]);
  });

  it('of one that is over tells what failed, by code', () => {
    const output = JSON.stringify({
      complete: false,
      batchesMissing: 2,
      counts: {
        photos: 100,
        answered: 90,
        failed: 10,
        verdicts: { confident: 90 },
        codes: { corrupt_photo: 10 },
        durationMs: 0,
      },
    });
    const over = { ...execution, status: 'SUCCEEDED', stoppedAt: new Date(`${date}T06:02:00Z`), output } as const;

    const lines = describeRun(
      { record: runOfShop, execution: over, progress: undefined, marker: undefined, now: new Date() },
      shapeOfRun,
      northVirginia,
    );

    expect(lines.slice(1)).toEqual([
      '  succeeded, begun 2026-11-27 06:00 UTC, ended 2026-11-27 06:02 UTC',
      '  not complete, 2 batches are missing: "lambda-lens bulk resume first" does them',
      '  90 answered: 90 confident',
      '  10 failed: 10 corrupt_photo',
    ]);
  });

  it('of one that was stopped says how it goes on', () => {
    const over = {
      ...execution,
      status: 'ABORTED',
      stoppedAt: new Date(`${date}T06:02:00Z`),
      cause: 'stopped',
    } as const;

    const lines = describeRun(
      { record: runOfShop, execution: over, progress: undefined, marker: undefined, now: new Date() },
      shapeOfRun,
      northVirginia,
    );

    expect(lines.at(-1)).toBe('  not complete: "lambda-lens bulk resume first" does what is missing');
  });

  it('of one that was stopped and is complete says nothing of how far it had come by itself', async () => {
    const store = storeInMemory(new Map());
    const counter = await findMissing(store, runOfShop, 1);
    const marker = await writeMarker(store, runOfShop, counter.totals, new Date('2026-11-27T07:00:00Z'));
    const over = { ...execution, status: 'ABORTED', stoppedAt: new Date(`${date}T06:02:00Z`) } as const;
    const progress = { total: 3, succeeded: 1, failed: 2, running: 0, pending: 0 };

    const lines = describeRun(
      { record: runOfShop, execution: over, progress, marker, now: new Date() },
      shapeOfRun,
      northVirginia,
    );

    expect(lines.join('\n')).not.toContain('photos done');
    expect(lines).toContain('  complete: each of 0 photos has its record');
  });
});
