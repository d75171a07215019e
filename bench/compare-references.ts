// Serves the photos of a folder by the project's own engine and decoders and by those that stand beside them, each in a process
// of its own, and prints how far they are apart, how long they took and how much memory they held.
//   node bench/compare-references.ts FOLDER [--photos 300]
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { AnsweredPhotos } from './references/answer-photos.ts';
import { compareAnswers } from './references/compare-answers.ts';

const largestOutputInBytes = 100_000_000;

const { values, positionals } = parseArgs({
  options: { photos: { type: 'string', default: '300' } },
  allowPositionals: true,
});
const [folder = '.'] = positionals;
const found = globSync('**/*.{jpg,jpeg,png,JPG,JPEG,PNG}', { cwd: folder }).sort();
const every = Math.max(1, Math.floor(found.length / Number(values.photos)));
const photos = found.filter((_, at) => at % every === 0).slice(0, Number(values.photos));

const own = await answerBy({ ENGINE: 'own', DECODER: 'own' });
const reference = await answerBy({ ENGINE: 'tensorflow', DECODER: 'reference' });
const { otherLabels, refusedByOne, ...figures } = compareAnswers(own, reference);
console.log({ ...figures, otherLabels: otherLabels.length, refusedByOne: refusedByOne.length });
console.table(otherLabels);
console.table({ own: summarise(own), reference: summarise(reference) });
for (const refused of refusedByOne) console.log(refused);

async function answerBy(settings: Readonly<Record<string, string>>): Promise<AnsweredPhotos> {
  const program = join(import.meta.dirname, 'references/answer-photos.ts');
  const paths = photos.map((photo) => join(folder, photo));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...paths], {
    env: { ...process.env, ...settings },
    maxBuffer: largestOutputInBytes,
  });
  return JSON.parse(stdout) as AnsweredPhotos;
}

function summarise({ photos: answered, peakInMegabytes }: AnsweredPhotos) {
  const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
  const rounded = (number: number) => Math.round(number * 10) / 10;
  return {
    'median decode ms': rounded(median(answered.map(({ decodeMs }) => decodeMs))),
    'median model ms': rounded(median(answered.map(({ modelMs }) => modelMs))),
    'peak MB': rounded(peakInMegabytes),
  };
}
