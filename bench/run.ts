import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { bundle } from '../function/bundling/bundle.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { BundleStarts, bundleName } from './bundle-start.ts';
import { otherContenders, ours, pythonContenders } from './contenders.ts';
import { drawCharts } from './draw-charts.ts';
import { drawResults, mediansOf } from './draw-results.ts';
import { measureForward } from './measure-forward.ts';
import { coldStartOf, measureCold, measureWarm } from './measure-services.ts';
import { addedByPython, packedSizeOf } from './measure-sizes.ts';
import { type Peers, setUpPeers } from './peers/set-up-peers.ts';
import { priceMillion } from './price-million.ts';
import type { Results } from './results.ts';

async function choosePhotos(peers: Peers | undefined, pattern: RegExp): Promise<Map<string, Uint8Array>> {
  if (peers === undefined) return new Map([['drawn-400x534.jpg', drawnJpeg(400, 534)]]);
  const names = (await readdir(peers.photoDirectory)).filter((name) => pattern.test(name));
  names.sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other) || one.localeCompare(other));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(peers.photoDirectory, name))] as const)),
  );
}

const program = new Command('bench')
  .description('Compares the service with Python handlers, all in one run on one processor.')
  .option('--photo <file...>', 'photos of your own instead of the drawn ones')
  .option('--photos <pattern>', 'which of the drawn photos, as a regular expression', '.')
  .option('--rounds <count>', 'requests a photo and contender', '21')
  .option('--cold-rounds <count>', 'process starts a contender', '7')
  .option('--processors <list>', 'processors to pin every contender to (taskset); "all" pins none', '0')
  .option('--peers <directory>', 'where the peers are set up', fileURLToPath(new URL('./.peers', import.meta.url)))
  .option('--out <directory>', 'where the results go', fileURLToPath(new URL('./results', import.meta.url)))
  .parse();
const options = program.opts();

let peers: Peers | undefined;
try {
  peers = await setUpPeers(resolve(options.peers));
} catch (error) {
  console.error(`The Python side is left out, since it could not be set up: ${(error as Error).message}`);
}
const python = peers === undefined ? [] : pythonContenders(peers);
const contenders = [ours, ...python];
const photos =
  options.photo === undefined
    ? await choosePhotos(peers, new RegExp(options.photos))
    : new Map<string, Uint8Array>(
        await Promise.all(options.photo.map(async (name: string) => [basename(name), await readFile(name)] as const)),
      );
const [loadBefore = 0] = loadavg();
const [firstPhoto] = photos.values();
if (firstPhoto === undefined) throw new Error('No photo fits the pattern.');
const processors = options.processors === 'all' ? undefined : options.processors;

const rounds = Number(options.rounds);

const scratch = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
const bundleDirectory = join(scratch, 'dist');
try {
  await bundle({ outDirectory: bundleDirectory });
  const addedBytes = {
    [ours.name]: await packedSizeOf(bundleDirectory),
    ...(peers && (await addedByPython(peers, python))),
  };
  console.error('measured sizes');

  const bundleStarts = new BundleStarts(bundleDirectory, firstPhoto, processors);
  const [first, ...rest] = contenders.map((contender) => coldStartOf(contender, firstPhoto, processors));
  const starts = [...(first === undefined ? [] : [first]), bundleStarts, ...rest];
  const cold = await measureCold(starts, Number(options.coldRounds));
  console.error('measured cold starts');
  const forward = await measureForward(peers, rounds, processors);
  console.error('measured the forward pass');
  const { warm, memory } = await measureWarm(contenders, photos, rounds, processors);

  const besides =
    peers === undefined
      ? []
      : [
          ours,
          ...otherContenders(
            peers,
            python.filter(({ modelFile }) => basename(modelFile).startsWith('shipped')),
          ),
        ];
  const others = peers && {
    contenders: besides.slice(1).map(({ name, note }) => ({ name, note })),
    ...(await measureWarm(besides, photos, rounds, processors)),
  };

  const [warmFirst = {}] = Object.values(warm);
  const { [bundleName]: coldOnLambda = 0, ...coldOfServices } = mediansOf(cold);
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      architecture: arch(),
      pinnedTo: processors === undefined ? 'all processors' : `processor ${processors}`,
      loadAverage: [loadBefore, loadavg()[0] ?? 0],
    },
    rounds,
    contenders: contenders.map(({ name, note }) => ({ name, note })),
    warm,
    cold,
    bundle: bundleStarts.summary,
    forward,
    memory,
    ...(others && { others }),
    addedBytes,
    bills: priceMillion(
      mediansOf(warmFirst),
      { ...coldOfServices, [ours.name]: coldOnLambda },
      addedBytes,
      firstPhoto.length / 1000,
    ),
  };
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  for (const [name, chart] of await drawCharts(results)) await writeFile(join(options.out, name), chart);
  const markdown = drawResults(results);
  await writeFile(join(options.out, 'results.md'), markdown);
  console.log(markdown);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
