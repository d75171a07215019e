import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { limitDefinitions } from '../function/settings/limits.ts';
import { encodeWebp } from '../test/helpers/webp-file.ts';
import { baselineOfNothing, baselineOfScans, floodOf, progressiveOfNothing } from './costly/costly-jpegs.ts';
import { pngFlood, pngOfBlocks, pngOfNothing } from './costly/costly-pngs.ts';

const run = promisify(execFile);
const decodeOnce = fileURLToPath(new URL('./costly/decode-once.ts', import.meta.url));

const largestFileInBytes = limitDefinitions.maximumPhotoSizeInBytes.default;
const limits = {
  maximumPixels: limitDefinitions.maximumPixels.default,
  maximumFullSizePixels: limitDefinitions.maximumFullSizePixels.default,
  maximumMegabytes: limitDefinitions.maximumDecodingMegabytes.default,
};

interface Figures {
  readonly outcome: string;
  readonly seconds: number;
  readonly megabytes: number;
}

/** A picture so narrow that no smaller scale will do for an input of 192 pixels. */
const narrow = (megapixels: number, components: number) => ({
  width: 575,
  height: Math.min(65_500, Math.floor((megapixels * 1e6) / 575)),
  components,
});
const square = { width: 7071, height: 7071 };
const deepPng = { ...square, depth: 16, colourType: 6, interlaced: true, bits: 64 };
const twoBands = [
  [1, 31],
  [32, 63],
] as const;
const table = Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]);

/** Shapes, kinds, scans and floods that cost much, each at the largest size that is taken and above; chosen by hand. */
const photos: readonly (readonly [name: string, make: () => Buffer | Promise<Buffer>])[] = [
  ['JPEG, baseline, 50 MP', () => baselineOfNothing({ ...square, components: 3 })],
  ['JPEG, baseline, four components, narrow, 37 MP', () => baselineOfNothing(narrow(50, 4))],
  ['JPEG, baseline, four scans, narrow, 37 MP', () => baselineOfScans(narrow(50, 4))],
  ['JPEG, progressive, three components, narrow, 35 MP', () => progressiveOfNothing(narrow(35, 3), 0, [[1, 63]], 5)],
  ['JPEG, progressive, three components, narrow, 37 MP', () => progressiveOfNothing(narrow(50, 3), 0, [[1, 63]], 5)],
  [
    'JPEG, progressive, four components, 100 scans, 27 MP',
    () => progressiveOfNothing(narrow(27, 4), 11, twoBands, 100),
  ],
  ['JPEG, progressive, four components, narrow, 37 MP', () => progressiveOfNothing(narrow(50, 4), 0, [[1, 63]], 5)],
  [
    'JPEG, progressive, four components, 100 scans, 50 MP',
    () => progressiveOfNothing({ ...square, components: 4 }, 11, twoBands, 100),
  ],
  ['JPEG, 19.9 MB of comments', () => floodOf(0xfe, Buffer.alloc(0), largestFileInBytes)],
  ['JPEG, 19.9 MB of quantisation tables', () => floodOf(0xdb, Buffer.alloc(65 * 1000, table), largestFileInBytes)],
  ['JPEG, 19.9 MB of Huffman tables', () => floodOf(0xc4, Buffer.alloc(17 * 3800), largestFileInBytes)],
  ['PNG, 16 bits, alpha, interlaced, 50 MP', () => pngOfNothing(deepPng)],
  ['PNG, 16 bits, alpha, narrow, 37 MP', () => pngOfNothing({ ...deepPng, ...narrow(50, 4), interlaced: false })],
  [
    'PNG, 1 bit, interlaced, 50 MP',
    () => pngOfNothing({ ...square, depth: 1, colourType: 0, interlaced: true, bits: 1 }),
  ],
  ['PNG, 19.9 MB of empty pieces', () => pngFlood('IDAT', largestFileInBytes)],
  ['PNG, 19.9 MB of empty chunks', () => pngFlood('teSt', largestFileInBytes)],
  ['PNG, 19.9 MB of empty blocks', () => pngOfBlocks('fixed', largestFileInBytes)],
  ['PNG, 19.9 MB of empty blocks with codes', () => pngOfBlocks('own', largestFileInBytes)],
  ['WebP, lossless, 25 MP', () => encodeWebp(webpPicture(25), { lossless: true })],
  ['WebP, lossy with alpha, 25 MP', () => encodeWebp(webpPicture(25), { lossless: false })],
  ['WebP, lossless, 30 MP', () => encodeWebp(webpPicture(30), { lossless: true })],
];

function webpPicture(megapixels: number): { width: number; height: number; data: Buffer } {
  const width = 16_383;
  const height = Math.floor((megapixels * 1e6) / width);
  const data = Buffer.alloc(4 * width * height);
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 4) {
    const place = (pixel % width) * 7 + Math.floor(pixel / width) * 13;
    data[at] = place >> 3;
    data[at + 1] = place >> 4;
    data[at + 2] = place >> 5;
    data[at + 3] = 255 - ((place >> 6) & 15);
  }
  return { width, height, data };
}

async function measure(path: string, size: 'reduced' | 'whole'): Promise<Figures> {
  const { stdout } = await run(process.execPath, [decodeOnce, path, size, JSON.stringify(limits)]);
  return JSON.parse(stdout) as Figures;
}

function cells({ outcome, seconds, megabytes }: Figures): string {
  return `${outcome} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)}`;
}

const program = new Command('bench-costly-photos')
  .description(
    'Decodes the photos that cost most within the limits and prints seconds of processor time and megabytes.',
  )
  .option('--pattern <expression>', 'which of them', '')
  .option('--out <file>', 'where to write the table, too')
  .parse();
const { pattern, out } = program.opts();
const directory = await mkdtemp(join(tmpdir(), 'costly-photos-'));
const lines = [
  '# What the costliest photos take',
  '',
  '`node bench/costly-photos.ts`: each photo decoded once in a process of its own, for an input of 192 × 192 pixels and whole,',
  'under the default limits. Seconds are of the processor; megabytes are the highest resident memory above that before.',
  `${cpus()[0]?.model}, Node ${process.version}.`,
  '',
  '| photo | file in kB | for 192 × 192 | s | MB | whole | s | MB |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];
try {
  for (const [name, make] of photos) {
    if (!new RegExp(pattern, 'i').test(name)) continue;
    const path = join(directory, 'photo');
    const file = await make();
    await writeFile(path, file);
    const [reduced, whole] = [await measure(path, 'reduced'), await measure(path, 'whole')];
    lines.push(`| ${name} | ${Math.round(file.length / 1000)} | ${cells(reduced)} | ${cells(whole)} |`);
  }
} finally {
  await rm(directory, { recursive: true });
}
console.log(lines.join('\n'));
if (out !== undefined) await writeFile(out, `${lines.join('\n')}\n`);
