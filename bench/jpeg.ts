import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { decodeJpeg } from '../photo/jpeg/decode-jpeg.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { decodeWith } from './jpeg/decoders.ts';
import { Pillow } from './jpeg/pillow.ts';
import { summarise } from './summarise.ts';

const run = promisify(execFile);
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Draws photos where none are given: with Python baseline and progressive ones, without only what jpeg-js can encode. */
async function drawPhotos(directory: string, python: string | undefined): Promise<void> {
  if (python !== undefined) await run(python, [pathOf('./peers/make_photos.py'), directory]);
  else await writeFile(join(directory, '12mp-baseline.jpg'), drawnJpeg(4032, 3024));
}

async function memoryOf(decoder: string, minimum: number, path: string): Promise<string> {
  const { stdout } = await run(process.execPath, [pathOf('./jpeg/decode-once.ts'), decoder, `${minimum}`, path]);
  return Number(stdout).toFixed(0);
}

/** One row: each decoder's best time for one photo at one scale, the decoders in turn so that all meet the same machine. */
async function measure(path: string, minimum: number, rounds: number, pillow: Pillow | undefined): Promise<string> {
  const file = await readFile(path);
  const { storedWidth, storedHeight, scale } = decodeJpeg(
    file,
    minimum === 0 ? {} : { minimumSize: { width: minimum, height: minimum } },
  );
  const times = { ours: [] as number[], 'jpeg-js': [] as number[], pillow: [] as number[] };
  const timed = (decoder: 'ours' | 'jpeg-js'): void => {
    const decode = decodeWith(decoder, minimum);
    const start = performance.now();
    decode(file);
    times[decoder].push(performance.now() - start);
  };
  for (let round = -1; round < rounds; round++) {
    timed('ours');
    timed('jpeg-js');
    if (pillow) times.pillow.push(await pillow.decode(path, minimum));
    // The first round compiles.
    if (round < 0) for (const list of Object.values(times)) list.length = 0;
  }
  const ours = summarise(times.ours).lowest;
  const jpegJs = summarise(times['jpeg-js']).lowest;
  const libjpeg = pillow ? summarise(times.pillow).lowest : Number.NaN;
  return [
    path.split('/').at(-1),
    `${storedWidth} × ${storedHeight}`,
    `1/${scale}`,
    ours.toFixed(1),
    jpegJs.toFixed(0),
    `${(jpegJs / ours).toFixed(1)}×`,
    ...(pillow ? [libjpeg.toFixed(1), `${(ours / libjpeg).toFixed(2)}×`] : []),
    await memoryOf('ours', minimum, path),
    await memoryOf('jpeg-js', 0, path),
  ].join(' | ');
}

const program = new Command('bench-jpeg')
  .description('Compares the JPEG decoder with jpeg-js and, through Pillow, with libjpeg-turbo, in one run.')
  .option('--photos <directory>', 'JPEG files of your own instead of drawn ones')
  .option('--python <interpreter>', 'a Python that has Pillow and NumPy')
  .option('--minimum <pixels...>', 'sizes that no side may fall below; 0 for the whole picture', ['224', '0'])
  .option('--pattern <expression>', 'which of the photos', 'jpe?g$')
  .option('--rounds <count>', 'decodes a photo and decoder', '5')
  .parse();
const options = program.opts();
const rounds = Number(options.rounds);
const directory = options.photos ? resolve(options.photos) : await mkdtemp(join(tmpdir(), 'jpeg-bench-'));
const pillow = options.python ? await Pillow.start(options.python) : undefined;
try {
  await mkdir(directory, { recursive: true });
  if (options.photos === undefined) await drawPhotos(directory, options.python);
  const pattern = new RegExp(options.pattern, 'i');
  const names = (await readdir(directory)).filter((name) => pattern.test(name)).sort();
  const columns = [
    'photo',
    'size',
    'scale',
    'ours ms',
    'jpeg-js ms',
    'faster',
    ...(pillow ? ['libjpeg-turbo ms', 'of it'] : []),
  ];
  columns.push('ours MB above idle', 'jpeg-js MB');
  console.log(`${cpus()[0]?.model}, Node ${process.version}${pillow ? `, ${pillow.name}` : ''}; best of ${rounds}\n`);
  console.log(`| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`);
  for (const name of names) {
    for (const minimum of options.minimum) {
      console.log(`| ${await measure(join(directory, name), Number(minimum), rounds, pillow)} |`);
    }
  }
} finally {
  pillow?.stop();
  if (options.photos === undefined) await rm(directory, { recursive: true });
}
