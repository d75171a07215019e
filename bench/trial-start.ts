import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { bundle } from '../function/bundling/bundle.ts';
import { makeBaseImage } from '../test/e2e/container/base-image.ts';
import { docker } from '../test/e2e/container/docker.ts';
import { findDocker, findEmulator } from '../test/e2e/find-tools.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { payload2Event } from '../test/helpers/events.ts';
import { buildEmulatedImage, type EmulatedStart, measureEmulatedStart } from './start/emulated-start.ts';
import { reportEmulatedStarts } from './start/report-emulated-starts.ts';
import { writeSection } from './start/write-section.ts';

const program = new Command('trial:start')
  .description(
    "Starts the image under AWS's runtime interface emulator again and again, and writes what its first and later events " +
      'take to bench/results/start.md. Needs a Docker engine and the emulator.',
  )
  .option('--before <directory>', 'a bundle that another state of the project staged, started in turn with this one')
  .option('--of <words>', 'what that state is', 'another state')
  .option('--rounds <count>', 'starts of each', '11')
  .option('--processors <list>', 'that a container runs on', '0')
  .parse();
const { before, of: nameOfBefore, rounds, processors } = program.opts();

const emulator = findEmulator() ?? program.error("AWS's runtime interface emulator was not found: set AWS_LAMBDA_RIE.");
if (findDocker() === undefined) program.error('No Docker engine was found that builds images.');

const folder = await mkdtemp(join(tmpdir(), 'trial-start-'));
const tag = (name: string) => `lambda-lens-start-${name}:${process.pid}`;
const baseImage = tag('base');
const event = payload2Event({
  method: 'POST',
  path: '/predict',
  headers: { 'content-type': 'image/jpeg' },
  body: drawnJpeg(400, 534),
});
const directories = [...(before === undefined ? [] : [before]), join(folder, 'dist')];
try {
  await bundle({ outDirectory: join(folder, 'dist') });
  await makeBaseImage(baseImage);
  for (const [index, directory] of directories.entries()) {
    await buildEmulatedImage(tag(String(index)), directory, baseImage, emulator);
  }
  const starts = directories.map((): EmulatedStart[] => []);
  for (let round = -1; round < Number(rounds); round++) {
    for (const [index, found] of starts.entries()) {
      const start = await measureEmulatedStart(tag(String(index)), baseImage, event, processors);
      // The first fills the caches of files.
      if (round >= 0) found.push(start);
    }
  }
  const report = reportEmulatedStarts(starts, { nameOfBefore, rounds, processor: cpus()[0]?.model ?? 'processor' });
  await writeSection(report);
  process.stdout.write(report);
} finally {
  const images = directories.flatMap((_, index) => [tag(String(index)), `${tag(String(index))}-plain`]);
  await docker(['image', 'rm', '--force', ...images, baseImage]);
  await rm(folder, { recursive: true });
}
