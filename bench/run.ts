import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { arch, cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { type Contender, RunningContender } from './contender.ts';
import { ours, pythonContenders } from './contenders.ts';
import { drawResults } from './draw-results.ts';
import { type Peers, setUpPeers } from './peers/set-up-peers.ts';
import { type Summary, summarise } from './summarise.ts';

export interface Results {
  readonly date: string;
  readonly machine: { readonly processor: string; readonly architecture: string; readonly pinnedTo: string };
  readonly rounds: number;
  readonly contenders: readonly { readonly name: string; readonly note: string }[];
  /** Milliseconds by photo, then by contender: one photo posted to the warm service, the contenders in turn. */
  readonly warm: Readonly<Record<string, Readonly<Record<string, Summary>>>>;
  /** Milliseconds from the start of the process to its first answer, by contender. */
  readonly cold: Readonly<Record<string, Summary>>;
  /** Megabytes after the warm rounds, by contender. */
  readonly memory: Readonly<Record<string, { readonly residentMb: number; readonly peakMb: number }>>;
}

const warmUpRounds = 3;

async function measureCold(contenders: readonly Contender[], photo: Uint8Array, rounds: number, processors?: string) {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // The first round only fills the page cache, alike for all.
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const running = new RunningContender(contender, processors);
      const time = await running.firstAnswer(photo);
      await running.stop();
      if (round > 0) times.get(contender.name)?.push(time);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, summarise(values)]));
}

async function measureWarm(
  contenders: readonly Contender[],
  photos: ReadonlyMap<string, Uint8Array>,
  rounds: number,
  processors?: string,
) {
  const running = contenders.map((contender) => new RunningContender(contender, processors));
  try {
    const warm: Record<string, Record<string, Summary>> = {};
    for (const [photoName, photo] of photos) {
      const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
      for (const one of running) await one.firstAnswer(photo);
      for (let round = -warmUpRounds; round < rounds; round++) {
        for (const one of running) {
          const time = await one.post(photo);
          if (round >= 0) times.get(one.contender.name)?.push(time);
        }
      }
      warm[photoName] = Object.fromEntries([...times].map(([name, values]) => [name, summarise(values)]));
      console.error(`measured ${photoName}`);
    }
    const memory: Record<string, { residentMb: number; peakMb: number }> = {};
    for (const one of running) memory[one.contender.name] = await one.memory();
    return { warm, memory };
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

async function choosePhotos(peers: Peers | undefined, pattern: RegExp): Promise<Map<string, Uint8Array>> {
  if (peers === undefined) return new Map([['drawn-400x534.jpg', drawnJpeg(400, 534)]]);
  const names = (await readdir(peers.photoDirectory)).filter((name) => pattern.test(name)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(peers.photoDirectory, name))] as const)),
  );
}

const program = new Command('bench')
  .description('Compares the service with Python handlers, all in one run on one processor.')
  .option('--photo <file...>', 'photos of your own instead of the drawn ones')
  .option('--photos <pattern>', 'which of the drawn photos, as a regular expression', '^(0.2|2|12)mp')
  .option('--rounds <count>', 'requests a photo and contender', '21')
  .option('--cold-rounds <count>', 'process starts a contender', '7')
  .option('--processors <list>', 'processors to pin every contender to (taskset); "all" pins none', '0')
  .option('--shipped-keras <file>', 'the shipped model as .keras, to run it on the peers too')
  .option('--peers <directory>', 'where the peers are set up', fileURLToPath(new URL('./.peers', import.meta.url)))
  .option('--out <directory>', 'where the results go', fileURLToPath(new URL('./results', import.meta.url)))
  .parse();
const options = program.opts();

let peers: Peers | undefined;
try {
  peers = await setUpPeers(resolve(options.peers), options.shippedKeras && resolve(options.shippedKeras));
} catch (error) {
  console.error(`The Python side is left out, since it could not be set up: ${(error as Error).message}`);
}
const contenders = [ours, ...(peers === undefined ? [] : pythonContenders(peers))];
const photos =
  options.photo === undefined
    ? await choosePhotos(peers, new RegExp(options.photos))
    : new Map<string, Uint8Array>(
        await Promise.all(options.photo.map(async (name: string) => [basename(name), await readFile(name)] as const)),
      );
const [firstPhoto] = photos.values();
if (firstPhoto === undefined) throw new Error('No photo fits the pattern.');
const processors = options.processors === 'all' ? undefined : options.processors;

const cold = await measureCold(contenders, firstPhoto, Number(options.coldRounds), processors);
console.error('measured cold starts');
const { warm, memory } = await measureWarm(contenders, photos, Number(options.rounds), processors);
const results: Results = {
  date: new Date().toISOString().slice(0, 10),
  machine: {
    processor: cpus()[0]?.model ?? 'unknown',
    architecture: arch(),
    pinnedTo: processors === undefined ? 'all processors' : `processor ${processors}`,
  },
  rounds: Number(options.rounds),
  contenders: contenders.map(({ name, note }) => ({ name, note })),
  warm,
  cold,
  memory,
};
await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
const markdown = drawResults(results);
await writeFile(join(options.out, 'results.md'), markdown);
console.log(markdown);
