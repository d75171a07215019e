import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { bundle } from '../function/bundling/bundle.ts';
import { findEmulator } from '../test/e2e/find-tools.ts';
import { findFreePort, untilAnswers } from '../test/e2e/started-server.ts';
import { startS3StandIn } from '../test/helpers/s3-stand-in.ts';
import { writeTinyModel } from '../test/helpers/tiny-model.ts';
import { createDraw } from './random-draw.ts';
import { runStreamTrial } from './stream/run-stream-trial.ts';

const program = new Command('trial:stream')
  .description(
    'Sends photos through a queue and the bundled function, whose instances are killed at random; exits with 1 unless each ' +
      "photo has exactly one result. Needs AWS's runtime interface emulator and moto's server.",
  )
  .option('--photos <count>', 'photos, of which 3 % are bad', '10000')
  .option('--seed <number>', 'of all that is left to chance', '1')
  .option('--instances <count>', 'instances at a time', '2')
  .option('--batch <count>', 'messages in a batch', '100')
  .option('--killed <share>', 'of the invocations whose instance is killed', '0.08')
  .option('--moto <file>', 'the program that is started for SQS and S3', 'moto_server')
  .option('--memory', 'a queue and an S3 in memory instead, for more photos than moto gets through')
  .option('--shipped', 'the shipped model instead of a tiny one')
  .parse();
const options = program.opts();

const emulator = findEmulator();
if (emulator === undefined) program.error("AWS's runtime interface emulator was not found: set AWS_LAMBDA_RIE.");
const folder = await mkdtemp(join(tmpdir(), 'trial-stream-'));
const port = await findFreePort();
const moto: ChildProcess | undefined = options.memory
  ? undefined
  : spawn(options.moto, ['-p', String(port)], { stdio: 'ignore' });
moto?.once('error', ({ message }) => program.error(message));
const standIn = options.memory ? await startS3StandIn() : undefined;
try {
  const directory = join(folder, 'dist');
  await bundle({ outDirectory: directory, ...(!options.shipped && { modelDirectory: writeTinyModel() }) });
  const endpoint = `http://127.0.0.1:${port}`;
  if (moto !== undefined) await untilAnswers(endpoint);
  const report = await runStreamTrial({
    photos: Number(options.photos),
    endpoints: standIn === undefined ? { sqs: endpoint, s3: endpoint } : { s3: standIn.url },
    function: { emulator: emulator as string, directory, environment: { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769' } },
    instances: Number(options.instances),
    batchSize: Number(options.batch),
    visibilityInSeconds: 5,
    draw: createDraw(Number(options.seed)),
    chances: { killed: Number(options.killed), stalled: 0.02, throttled: 0.05 },
    tell: (words) => console.error(words),
  });
  await standIn?.close();
  console.log(JSON.stringify(report, null, 2));
  const { lost, twice, wrong, results, photos, contradictions, poison, poisonInDeadLetters } = report;
  const isRight = lost + twice + wrong + contradictions === 0 && results === photos && poisonInDeadLetters === poison;
  process.exitCode = isRight ? 0 : 1;
} finally {
  moto?.kill();
  await rm(folder, { recursive: true, force: true });
}
