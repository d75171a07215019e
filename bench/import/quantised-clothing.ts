import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assets } from '../../function/bundling/assets.ts';
import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import { parseCard } from '../../model/card/parse-card.ts';
import { drawMarkdown } from './draw-markdown.ts';
import { accuracyOf, agreementOf, probabilityChanges, type Scores } from './judge-scores.ts';
import { readFloats, readIntegers, splitRows } from './read-numbers.ts';
import type { ScoredPhotos } from './score-photos.ts';

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;
const kinds = ['float32', 'float16', 'dynamic', 'integer'];
const leastAgreement = 0.99;

export interface ClothingReport {
  readonly markdown: string;
  /** What is not as it should be. */
  readonly faults: readonly string[];
}

/**
 * The shipped model on real photos: quantised by TensorFlow and imported, next to what LiteRT answers with the same file;
 * and imported with each kind of weights.
 */
export async function measureClothing(python: string, data: string, folder: string): Promise<ClothingReport> {
  const script = join(import.meta.dirname, 'quantise_clothing.py');
  await run(python, [script, folder, assets.modelDirectory, data], { maxBuffer });
  const labels = await readIntegers(join(folder, 'labels.bin'));
  const card = parseCard(await readFile(join(assets.modelDirectory, 'card.json'), 'utf8'));
  const temperature = card.calibration?.temperature ?? 1;

  const faults: string[] = [];
  const quantised: string[][] = [];
  for (const kind of kinds) {
    const { scores } = await score(folder, `${kind}.tflite`, 'float16');
    const theirs = splitRows(await readFloats(join(folder, `${kind}.litert.bin`)), labels.length);
    const agreement = agreementOf(scores, theirs);
    if (agreement < leastAgreement) faults.push(`${kind}: ${asPercent(agreement)} first labels as LiteRT`);
    const { most, mean } = probabilityChanges(theirs, scores, temperature);
    const figures = [agreement, accuracyOf(scores, labels), accuracyOf(theirs, labels), most, mean];
    quantised.push([kind, ...figures.map(asPercent)]);
  }

  const exact = await score(folder, 'model.keras', 'float32');
  const formats: string[][] = [];
  for (const weights of ['float32', 'float16', 'uint8'] as const) {
    const { scores, weightsInBytes } = weights === 'float32' ? exact : await score(folder, 'model.keras', weights);
    const { most, mean } = probabilityChanges(exact.scores, scores, temperature);
    const figures = [agreementOf(scores, exact.scores), accuracyOf(scores, labels), most, mean];
    formats.push([weights, (weightsInBytes / 1e6).toFixed(1), ...figures.map(asPercent)]);
  }
  return {
    markdown: [
      `The shipped model on ${labels.length} validation photos of clothes; probabilities as its card calibrates them. Its weights ` +
        'are half floats already, so that float32 and float16 are one.',
      drawMarkdown(
        ['.tflite', 'first label as LiteRT', 'accuracy', "LiteRT's accuracy", 'largest change', 'mean change'],
        quantised,
      ),
      drawMarkdown(['--weights', 'MB', 'first label as float32', 'accuracy', 'largest change', 'mean change'], formats),
    ].join('\n\n'),
    faults,
  };
}

async function score(folder: string, file: string, weights: WeightFormat) {
  const worker = join(import.meta.dirname, 'score-photos.ts');
  const words = [worker, join(folder, file), weights, join(folder, 'photos.bin')];
  const { stdout } = await run(process.execPath, words, { maxBuffer });
  const { weightsInBytes, scores } = JSON.parse(stdout) as ScoredPhotos;
  return { weightsInBytes, scores: scores.map((row) => Float32Array.from(row)) satisfies Scores };
}

function asPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
