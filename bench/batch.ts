// What the batch function gets through on one processor, against its model and decoder alone, and on two; and whether its
// memory stays flat.
//   node bench/batch.ts [--delay 30] [--photos 100] [--rounds 5] [--long 0]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MapBatch } from '../facts/batch-records.ts';
import { classifyPhoto } from '../function/prediction/classify-photo.ts';
import { createSerialQueue } from '../function/prediction/serial-queue.ts';
import { readSettings } from '../function/settings/settings.ts';
import { wireBatch } from '../function/wire-batch.ts';
import { wirePhotos } from '../function/wire-photos.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { etagOf } from '../test/helpers/s3-stand-in.ts';
import { summarise } from './summarise.ts';

const { values } = parseArgs({
  options: {
    delay: { type: 'string', default: '30' },
    photos: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    long: { type: 'string', default: '0' },
    threads: { type: 'boolean', default: false },
  },
});
const [photoCount, rounds, long] = [values.photos, values.rounds, values.long].map(Number) as [number, number, number];

const photos = [drawnJpeg(400, 534), drawnJpeg(534, 400), drawnJpeg(462, 462)];
const s3 = fork(fileURLToPath(new URL('batch/slow-s3.ts', import.meta.url)), [values.delay, String(photoCount)]);
const [environment] = (await once(s3, 'message')) as [Record<string, string>];

const batch: MapBatch = {
  BatchInput: { bucket: 'photos', date: '2026-01-01' },
  Items: Array.from({ length: photoCount }, (_, index) => {
    const bytes = photos[index % photos.length] as Uint8Array;
    return { Key: `${index}.jpg`, Etag: etagOf(bytes), Size: bytes.length };
  }),
};

interface Taken {
  readonly wallMs: number;
  readonly processorMs: number;
}

/** A photo's share of what the work took. */
async function measure(work: () => Promise<unknown>): Promise<Taken> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: (performance.now() - startedAt) / photoCount, processorMs: (user + system) / 1_000 / photoCount };
}

const start = (memory: string) =>
  wireBatch(
    { ...environment, BATCH_RESULTS: 'results', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory },
    { log: () => undefined },
  );
const runBatch = async (handler: Awaited<ReturnType<typeof start>>) => {
  const answer = (await handler(batch, { requestId: 'bench', deadlineAt: Date.now() + 600_000 })) as MapBatch;
  if (answer.Items.length > 0) throw new Error(`${answer.Items.length} photos are not done.`);
};

const parts = wirePhotos(readSettings({}));
const classifier = await parts.classifier();
const inTurn = createSerialQueue();
const { signal } = new AbortController();
// From memory, one after another as requests come: between two the event loop runs, and with it the garbage collector.
const alone = async () => {
  for (let index = 0; index < photoCount; index++) {
    const bytes = photos[index % photos.length] as Uint8Array;
    const options = { explain: false, throwIfOver: () => undefined };
    await inTurn(() => classifyPhoto(parts, classifier, bytes, options), signal);
  }
};

const one = await start('1769');
const two = values.threads ? await start('3538') : undefined;
const taken = { alone: [] as Taken[], one: [] as Taken[], two: [] as Taken[] };
await alone();
await runBatch(one);
if (two !== undefined) await runBatch(two);
const load = loadavg()[0]?.toFixed(1);
for (let round = 0; round < rounds; round++) {
  taken.alone.push(await measure(alone));
  taken.one.push(await measure(() => runBatch(one)));
  if (two !== undefined) taken.two.push(await measure(() => runBatch(two)));
}

const of = (list: readonly Taken[], what: keyof Taken) => list.map((each) => each[what]);
const ratios = (what: keyof Taken, from: readonly Taken[], to: readonly Taken[]) =>
  from.map((each, round) => each[what] / (to[round] as Taken)[what]);
const show = (numbers: readonly number[], digits: number) => {
  const { median, lowest, highest } = summarise(numbers);
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`;
};
console.log(`S3 at ${values.delay} ms, ${photoCount} photos of 0.2 megapixels a batch, ${rounds} rounds, load ${load}`);
// Without a round only the long run is of interest.
for (const what of rounds === 0 ? [] : (['wallMs', 'processorMs'] as const)) {
  console.log(
    `${what} a photo: model and decoder alone ${show(of(taken.alone, what), 2)}, batch ${show(of(taken.one, what), 2)}`,
  );
  console.log(`  share of the possible: ${show(ratios(what, taken.alone, taken.one), 3)}`);
  if (two !== undefined) {
    console.log(
      `  two threads ${show(of(taken.two, what), 2)}: ${show(ratios(what, taken.one, taken.two), 2)} times one`,
    );
  }
}
for (let done = 0; done < long; done += photoCount) {
  if (done % 500 === 0) {
    globalThis.gc?.();
    const { rss, external, arrayBuffers, heapUsed } = process.memoryUsage();
    const shown = { rss, heapUsed, external, arrayBuffers };
    console.log(
      done,
      JSON.stringify(shown, (_key, value) => (typeof value === 'number' ? Math.round(value / 1e6) : value)),
    );
  }
  await runBatch(one);
}
s3.kill();
process.exit();
