// What the size of the input does to accuracy and time: `node bench/resolutions.ts --photos DIR` answers photos in class
// folders with the shipped model at several sizes of input, its weights as they are, and writes bench/results/resolutions.md.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findLabelledPhotos } from '../cli/photos/find-photos.ts';
import { assets } from '../function/assets.ts';
import { decodePhoto } from '../function/photo/decode-photo.ts';
import type { Classifier } from '../model/classification.ts';
import { load } from '../model/classifier.ts';
import { indexOfLargest } from '../model/probabilities.ts';
import { summarise } from './summarise.ts';

const { values: options } = parseArgs({
  options: { photos: { type: 'string' }, sizes: { type: 'string', default: '128,160,192,224,256' } },
});
if (options.photos === undefined)
  throw new Error('Say where the photos are: --photos DIR, with a folder for each label.');
const sizes = options.sizes.split(',').map(Number);
const shippedSize = 224;

/** The shipped model with another size of input; a convolutional network takes any. */
async function loadAt(size: number, directory: string): Promise<Classifier> {
  const read = async (name: string) => readFile(join(assets.modelDirectory, name), 'utf8');
  const [card, model] = await Promise.all([read('card.json'), read('model.json')]);
  const parsed = JSON.parse(card);
  const atSize = { ...parsed, input: { ...parsed.input, width: size, height: size } };
  await writeFile(join(directory, 'card.json'), JSON.stringify(atSize));
  await writeFile(join(directory, 'model.json'), model.replaceAll(`{"size":"${shippedSize}"}`, `{"size":"${size}"}`));
  await writeFile(join(directory, 'weights.bin'), await readFile(join(assets.modelDirectory, 'weights.bin')));
  return load(directory, assets);
}

const photos = await findLabelledPhotos(
  options.photos,
  JSON.parse(await readFile(join(assets.modelDirectory, 'card.json'), 'utf8')).labels,
);
const maximumPixels = 50_000_000;
const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-resolutions-'));
try {
  const classifiers: Classifier[] = [];
  for (const size of sizes) classifiers.push(await loadAt(size, folder));
  const found = sizes.map(() => ({ right: 0, loss: 0, milliseconds: [] as number[] }));
  for (const { path, label } of photos) {
    const bytes = await readFile(path);
    for (const [index, classifier] of classifiers.entries()) {
      const { width, height } = classifier.card.input;
      const { pixels } = await decodePhoto(bytes, { maximumPixels, minimumSize: { width, height } });
      const { probabilities, timing } = classifier.classify(pixels);
      const result = found[index] as (typeof found)[number];
      if (indexOfLargest(probabilities) === label) result.right++;
      result.loss -= Math.log(Math.max(probabilities[label] as number, 1e-9));
      result.milliseconds.push(timing.modelMs);
    }
  }
  const shipped = summarise(found[sizes.indexOf(shippedSize)]?.milliseconds ?? [Number.NaN]).median;
  const rows = sizes.map((size, index) => {
    const { right, loss, milliseconds } = found[index] as (typeof found)[number];
    const { median } = summarise(milliseconds);
    const share = ((100 * right) / photos.length).toFixed(1);
    return `| ${size} | ${share} % | ${(loss / photos.length).toFixed(3)} | ${median.toFixed(1)} | ${(median / shipped).toFixed(2)}× |`;
  });
  const report = `${[
    '# The size of the input',
    '',
    `The shipped model on ${photos.length} photos with labels, its weights as they are, at several sizes of input; the forward pass on one`,
    `${cpus()[0]?.model ?? 'processor'}, medians. It was trained at 192 pixels and calibrated at ${shippedSize}.`,
    '',
    '| pixels a side | right | loss (nats) | forward pass (ms) | of that at 224 |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')}\n`;
  await writeFile(new URL('./results/resolutions.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}
