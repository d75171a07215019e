import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import { calibrate, type MeasuredPhoto, requireEnoughPhotos } from '../../model/calibration/calibrate.ts';
import { drawEmptyPhoto, emptyPhotoKinds } from '../../model/calibration/draw-empty-photo.ts';
import type { Card, CardCalibration } from '../../model/card/card.ts';
import type { Classifier } from '../../model/classification.ts';
import { load } from '../../model/classifier.ts';
import { readModelFile } from '../../model/model-file.ts';
import { describeCalibration } from '../calibration/describe-calibration.ts';
import { refuseNonsense } from '../calibration/refuse-nonsense.ts';
import { writeUnmeasured } from '../calibration/write-unmeasured.ts';
import { CliError } from '../cli-error.ts';
import { findLabelledPhotos, findPhotos, type LabelledPhoto } from '../photos/find-photos.ts';
import { measurePhotos, type PhotoResults } from '../photos/measure-photos.ts';
import { print, printError, printJson } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';

interface CalibrateOptions {
  readonly photos: string;
  readonly others?: string;
  readonly trainedOn?: readonly string[];
  readonly json?: boolean;
}

const emptyPhotosPerKind = 40;
// Far from the first, so that no photo of nothing is both fitted and measured on.
const firstSeedForMeasuring = 10_001;

/** `lambda-lens calibrate model/mine --photos DIR`: makes probabilities and verdicts mean what they say. */
export function registerCalibrate(program: Command): void {
  program
    .command('calibrate')
    .description("fit a model's probabilities, and when it is unsure or a photo unfamiliar, on photos of its kinds")
    .argument('<model>', 'the model directory; its card.json is rewritten, and a README.md of earlier figures')
    .requiredOption('--photos <directory>', 'class folders of photos that the model was not trained on')
    .option('--others <directory>', 'photos of other things')
    .option('--trained-on <directory...>', 'class folders of photos that it was trained on')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
A class folder bears the name of a label: photos/hat/1.jpg, photos/shoes/2.jpg. A few hundred photos do; those of
--trained-on and --others tell better what is unfamiliar. Photos that can't be read are left out; the exit code is then 1.

Examples:
  lambda-lens calibrate model/mine --photos held-out/
  lambda-lens calibrate model/mine --photos held-out/ --trained-on train/ --others holiday/ --json`,
    )
    .action(runCalibrate);
}

async function runCalibrate(model: string, options: CalibrateOptions): Promise<void> {
  const directory = resolve(model);
  const classifier = await load(directory, assets);
  try {
    const { photos, calibration } = await fitCalibration(classifier, options);
    const card = await writeCalibration(directory, calibration);
    const readme = await writeUnmeasured(directory, card);
    if (options.json) printJson(calibration);
    else {
      const named = { model, photos: options.photos, hasReadme: readme !== undefined };
      for (const line of describeCalibration(named, photos, calibration, card)) print(showName(line));
    }
  } finally {
    classifier.dispose();
  }
}

async function fitCalibration(
  classifier: Classifier,
  options: CalibrateOptions,
): Promise<{ readonly photos: readonly MeasuredPhoto[]; readonly calibration: CardCalibration }> {
  const { labels } = classifier.card;
  const held = await measure(classifier, await findLabelledPhotos(options.photos, labels), 'Measuring photos');
  requireEnoughPhotos(held.measured.length);
  const photos = toMeasuredPhotos(held);
  refuseNonsense(photos, labels);
  const trained: LabelledPhoto[] = [];
  for (const directory of options.trainedOn ?? []) trained.push(...(await findLabelledPhotos(directory, labels)));
  const trainedOn = await measure(classifier, trained, 'Measuring training photos');
  const otherPaths = options.others === undefined ? [] : await findPhotos(options.others);
  if (options.others !== undefined && otherPaths.length === 0) {
    throw new CliError(`There are no photos in ${options.others}.`, 'Give a folder of JPEG, PNG or WebP files.');
  }
  const others = await measure(
    classifier,
    otherPaths.map((path) => ({ path })),
    'Measuring other photos',
  );
  const calibration = calibrate({
    photos,
    output: classifier.card.output,
    trainedOn: toMeasuredPhotos(trainedOn),
    others: others.measured.flatMap(({ measurement }) => measurement.features ?? []),
    empty: measureEmptyPhotos(classifier, 1),
    emptyForMeasuring: measureEmptyPhotos(classifier, firstSeedForMeasuring),
  });
  return { photos, calibration };
}

async function measure<Photo extends { readonly path: string }>(
  classifier: Classifier,
  photos: readonly Photo[],
  title: string,
): Promise<PhotoResults<Photo>> {
  const results = await measurePhotos(classifier, photos, title);
  for (const { path, reason } of results.unreadable) {
    process.exitCode = 1;
    printError(`${showName(path)}: ${reason}`);
  }
  return results;
}

function toMeasuredPhotos({ measured }: PhotoResults<LabelledPhoto>): MeasuredPhoto[] {
  return measured.map(({ photo, measurement }) => ({ ...measurement, label: photo.label }));
}

/** None for a graph that names no features. */
function measureEmptyPhotos(classifier: Classifier, firstSeed: number): Float32Array[] {
  return emptyPhotoKinds.flatMap((kind) =>
    Array.from({ length: emptyPhotosPerKind }, (_, index) => drawEmptyPhoto(kind, firstSeed + index)).flatMap(
      (photo) => classifier.measure(photo).features ?? [],
    ),
  );
}

/**
 * What `evaluate` wrote into the card was measured with the calibration before this one, so it goes; of what `train` wrote, the
 * verdicts. Writes beside the card first, so that a model directory never has half a card.
 */
async function writeCalibration(directory: string, calibration: CardCalibration): Promise<Card> {
  const { metrics, ...card } = JSON.parse(readModelFile(directory, 'card.json').toString('utf8')) as Card;
  const { evaluation: _, crossValidation, ...others } = metrics ?? {};
  const { confidentCoverage, confidentRight, ...accuracy } = (crossValidation ?? {}) as Record<string, unknown>;
  const kept = { ...others, ...(crossValidation !== undefined && { crossValidation: accuracy }) };
  const path = join(directory, 'card.json');
  const unfinished = `${path}.unfinished`;
  const calibrated: Card = { ...card, calibration, ...(Object.keys(kept).length > 0 && { metrics: kept }) };
  await writeFile(unfinished, `${JSON.stringify(calibrated, undefined, 2)}\n`);
  await rename(unfinished, path);
  return calibrated;
}
