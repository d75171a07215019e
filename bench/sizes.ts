// What the width of the network and the size of its input do to accuracy and time: `node bench/sizes.ts --photos DIR
// [MODEL…]` answers photos in class folders with the shipped model and those in the directories given, each at several sizes
// of input, its weights as they are, and writes bench/results/sizes.md.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findLabelledPhotos } from '../cli/photos/find-photos.ts';
import { assets } from '../function/bundling/assets.ts';
import type { Card } from '../model/card/card.ts';
import { countChannels, parseCard } from '../model/card/parse-card.ts';
import type { Classifier } from '../model/classification.ts';
import { load } from '../model/classifier.ts';
import { readGraphFile } from '../model/graph/read-graph-file.ts';
import { PlannedGraph } from '../model/plan/planned-graph.ts';
import { indexOfLargest } from '../model/verdict/probabilities.ts';
import { decodePhoto } from '../photo/decode-photo.ts';
import { PlanSizes } from './profile/plan-sizes.ts';
import { timedOperations } from './profile/time-steps.ts';
import { summarise } from './summarise.ts';

const { values: options, positionals: others } = parseArgs({
  options: { photos: { type: 'string' }, sizes: { type: 'string', default: '128,160,192,224,256' } },
  allowPositionals: true,
});
if (options.photos === undefined)
  throw new Error('Say where the photos are: --photos DIR, with a folder for each label.');
const sizes = options.sizes.split(',').map(Number);
const maximumPixels = 50_000_000;

interface Contender {
  readonly card: Card;
  readonly classifier: Classifier;
  readonly size: number;
  readonly weightsInBytes: number;
  readonly multiplications: number;
  right: number;
  loss: number;
  readonly milliseconds: number[];
}

/** A model with another size of input; a convolutional network takes any. The directory is for the copy that has it. */
async function loadAt(size: number, model: string, directory: string): Promise<Contender> {
  const read = async (name: string) => readFile(join(model, name), 'utf8');
  const [cardText, graph, weights] = await Promise.all([
    read('card.json'),
    read('model.json'),
    readFile(join(model, 'weights.bin')),
  ]);
  const card = parseCard(cardText);
  const atSize = { ...JSON.parse(cardText), input: { ...card.input, width: size, height: size } };
  await writeFile(join(directory, 'card.json'), JSON.stringify(atSize));
  await writeFile(
    join(directory, 'model.json'),
    graph.replaceAll(`{"size":"${card.input.width}"}`, `{"size":"${size}"}`),
  );
  await writeFile(join(directory, 'weights.bin'), weights);
  const multiplications = await countMultiplications(directory, [1, size, size, countChannels(card.input)]);
  const classifier = await load(directory, assets);
  const weightsInBytes = weights.length;
  return { card, classifier, size, weightsInBytes, multiplications, right: 0, loss: 0, milliseconds: [] };
}

/** Multiply-accumulates of a forward pass. Throws for a model that no plan covers: TF.js's times say nothing of ours. */
async function countMultiplications(directory: string, shape: [1, number, number, number]): Promise<number> {
  const file = readGraphFile(directory);
  const { table, steps } = timedOperations();
  const graph = PlannedGraph.open(file, shape, table);
  if (graph === undefined) throw new Error(`${directory} has an operation that no kernel covers.`);
  graph.dispose();
  return new PlanSizes(file, shape, steps).countAllMultiplications();
}

function drawRow({ card, size, right, loss, milliseconds, ...contender }: Contender, unit: number): string {
  const { median } = summarise(milliseconds);
  const cells = [
    card.name,
    size,
    `${((100 * right) / photos.length).toFixed(1)} %`,
    (loss / photos.length).toFixed(3),
    median.toFixed(1),
    `${(median / unit).toFixed(2)}×`,
    (contender.multiplications / 1e6).toFixed(0),
    (contender.weightsInBytes / 1e6).toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

interface Step {
  readonly model: string;
  readonly from: string;
  readonly targets?: string;
  /** None where the weights were made but not trained. */
  readonly epochs?: number;
  readonly size?: number;
}

/** What the card tells of how the model was made. */
function describe({ name, input, trained }: Card): string {
  const { architecture, recipe } = (trained ?? {}) as { architecture?: string; recipe?: { steps?: readonly Step[] } };
  const steps = (recipe?.steps ?? []).map(({ model, from, targets, epochs, size }) => {
    const learning = epochs === undefined ? 'not trained further' : `${epochs} epochs at ${size} pixels`;
    return `${model} from ${from}, ${learning}${targets === undefined ? '' : ` on targets of ${targets}`}`;
  });
  return `- **${name}** (${architecture ?? 'unknown'}): ${[...steps, `calibrated at ${input.width} pixels`].join('; ')}.`;
}

const { labels, input } = parseCard(await readFile(join(assets.modelDirectory, 'card.json'), 'utf8'));
const photos = await findLabelledPhotos(options.photos, labels);
const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-sizes-'));
try {
  const contenders: Contender[] = [];
  for (const model of [assets.modelDirectory, ...others])
    for (const size of sizes) contenders.push(await loadAt(size, model, folder));
  if (contenders.some(({ card }) => card.labels.join() !== labels.join()))
    throw new Error(`Every model must have the labels ${labels.join(', ')}.`);
  // In turn, photo by photo, so that all meet the same machine, and each time another first: reading the photo has emptied
  // its caches.
  for (const [number, { path, label }] of photos.entries()) {
    const bytes = await readFile(path);
    const first = number % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const minimumSize = { width: contender.size, height: contender.size };
      const { pixels } = await decodePhoto(bytes, { maximumPixels, minimumSize });
      const { probabilities, timing } = contender.classifier.classify(pixels);
      if (indexOfLargest(probabilities) === label) contender.right++;
      contender.loss -= Math.log(Math.max(probabilities[label] as number, 1e-9));
      contender.milliseconds.push(timing.modelMs);
    }
  }
  const shipped = contenders.find(({ size }) => size === input.width);
  const unit = summarise(shipped?.milliseconds ?? [Number.NaN]).median;
  const cards = new Map(contenders.map(({ card }) => [card.name, card]));
  const report = `${[
    '# The width of the network and the size of its input',
    '',
    `The shipped model${others.length > 0 ? ' and others' : ''} on the same ${photos.length} validation photos, each model's weights and calibration as they are, at`,
    `several sizes of input. A photo is ${(100 / photos.length).toFixed(1)} points. The forward pass is the median on one ${cpus()[0]?.model ?? 'processor'}, all in turn photo by photo.`,
    '',
    ...[...cards.values()].map(describe),
    '',
    '| model | pixels a side | right | loss (nats) | forward pass (ms) | of that shipped | million MACs | weights (MB) |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...contenders.map((contender) => drawRow(contender, unit)),
  ].join('\n')}\n`;
  await writeFile(new URL('./results/sizes.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}
