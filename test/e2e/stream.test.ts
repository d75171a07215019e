import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraw } from '../../bench/random-draw.ts';
import { runStreamTrial } from '../../bench/stream/run-stream-trial.ts';
import { bundle } from '../../function/bundling/bundle.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { findEmulator, findPython } from './find-tools.ts';
import { type StartedMoto, startMoto } from './started-moto.ts';

const [python, emulator] = [findPython(), findEmulator()];

describe.skipIf(python === undefined || emulator === undefined)(
  'a stream of photos through SQS and S3 that moto simulates, to the bundle under AWS’s emulator',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'stream-'));
    let moto: StartedMoto;

    beforeAll(async () => {
      moto = await startMoto(python ?? '', join(folder, 'python'));
      await bundle({ outDirectory: join(folder, 'dist'), modelDirectory: writeTinyModel() });
    });

    afterAll(() => {
      // Undefined where it never answered.
      (moto as StartedMoto | undefined)?.stop();
      rmSync(folder, { recursive: true });
    });

    it('gives each photo exactly one result, though instances are killed and stalled, and messages come twice', async () => {
      const report = await runStreamTrial({
        photos: 300,
        endpoints: { s3: moto.endpoint, sqs: moto.endpoint },
        function: { emulator: emulator ?? '', directory: join(folder, 'dist'), environment: {} },
        instances: 2,
        batchSize: 40,
        visibilityInSeconds: 3,
        draw: createDraw(23),
        chances: { killed: 0.15, stalled: 0.05, throttled: 0.05 },
      });

      expect(report).toMatchObject({ results: 300, lost: 0, twice: 0, wrong: 0, contradictions: 0 });
      expect(report.poisonInDeadLetters).toBe(report.poison);
      expect(report.killed).toBeGreaterThan(0);
    }, 240_000);
  },
);
