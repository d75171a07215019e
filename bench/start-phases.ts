// What a start of the service is made of: `node bench/start-phases.ts [--rounds 15] [--processors 0]` prints a table and
// writes it to its section of bench/results/start.md.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { keepPlaces } from '../cli/prebuilt/prebuild.ts';
import { assets } from '../function/bundling/assets.ts';
import { copyModel } from '../function/bundling/stage-directory.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { writeSection } from './start/write-section.ts';
import { summarise } from './summarise.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, processors: { type: 'string', default: '0' } },
});
const run = promisify(execFile);
const scratch = await mkdtemp(join(tmpdir(), 'lambda-lens-start-'));
try {
  // As the command is prebuilt: from its sources Node.js would spend more on their types than on all the rest.
  await build({
    entryPoints: [fileURLToPath(new URL('./start/run-phases.ts', import.meta.url))],
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    plugins: [keepPlaces],
  });
  const script = join(scratch, 'run-phases.mjs');
  const model = join(scratch, 'model');
  await copyModel(assets.modelDirectory, model);
  const photo = join(scratch, 'photo.jpg');
  await writeFile(photo, drawnJpeg(400, 534));
  const times = new Map<string, number[]>();
  for (let round = -1; round < Number(options.rounds); round++) {
    const found = new Map<string, number>();
    for (const photos of [[], [photo]]) {
      const { stdout } = await run('taskset', ['-c', options.processors, process.execPath, script, model, ...photos]);
      for (const [name, milliseconds] of JSON.parse(stdout) as [string, number][]) found.set(name, milliseconds);
    }
    // The first fills the caches of files and of compiled code.
    if (round < 0) continue;
    for (const [name, milliseconds] of found) times.set(name, [...(times.get(name) ?? []), milliseconds]);
  }
  const report = [
    '## By phase',
    '',
    `Medians of ${options.rounds} starts from a bundle, with Node.js's cache of compiled code, pinned to one ${cpus()[0]?.model ?? 'processor'};`,
    'a drawn photo of 400 × 534 pixels. The model is staged as in the image, which hashes its weights beforehand. Nothing warms',
    'up here: later photos show what is left once the code is compiled.',
    '',
    '| phase | ms |',
    '| --- | ---: |',
    ...[...times].map(([name, values]) => `| ${name} | ${summarise(values).median.toFixed(1)} |`),
    '',
    'Repeat it by `node bench/start-phases.ts`.',
  ].join('\n');
  await writeSection(report);
  process.stdout.write(report);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
