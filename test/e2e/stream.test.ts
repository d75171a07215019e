import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraw } from '../../bench/random-draw.ts';
import { runStreamTrial } from '../../bench/stream/run-stream-trial.ts';
import { bundle } from '../../function/bundling/bundle.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { findEmulator, findPython } from './find-tools.ts';
import { findFreePort, untilAnswers } from './started-server.ts';

const [python, emulator] = [findPython(), findEmulator()];
const requirements = fileURLToPath(new URL('stream.requirements.txt', import.meta.url));

describe.skipIf(python === undefined || emulator === undefined)(
  'a stream of photos through SQS and S3 that moto simulates, to the bundle under AWS’s emulator',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'stream-'));
    let moto: ChildProcess | undefined;
    let endpoint = '';

    beforeAll(async () => {
      execFileSync(python ?? '', ['-m', 'venv', folder]);
      execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
      const port = await findFreePort();
      moto = spawn(join(folder, 'bin', 'moto_server'), ['-p', String(port)], { stdio: 'ignore' });
      endpoint = `http://127.0.0.1:${port}`;
      await untilAnswers(endpoint);
      await bundle({ outDirectory: join(folder, 'dist'), modelDirectory: writeTinyModel() });
    });

    afterAll(() => {
      moto?.kill();
      rmSync(folder, { recursive: true });
    });

    it('gives each photo exactly one result, though instances are killed and stalled, and messages come twice', async () => {
      const report = await runStreamTrial({
        photos: 300,
        endpoints: { s3: endpoint, sqs: endpoint },
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
